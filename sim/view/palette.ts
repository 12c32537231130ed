import { Color } from 'three';

/** Colours of the scene under a clear late-morning sky. three keeps them linear; the literals are sRGB. */
export const PALETTE = {
  haze: new Color('#cddde8'),
  zenith: new Color('#3d78bd'),
  midSky: new Color('#86b4dd'),
  sunGlow: new Color('#fff3d6'),
  sunLight: new Color('#fff1dc'),
  skyLight: new Color('#c4dcf4'),
  groundLight: new Color('#7d8a5c'),
  asphalt: new Color('#828385'),
  wheelTrack: new Color('#76777a'),
  shoulder: new Color('#8a8a88'),
  paint: new Color('#f4f4ef'),
  steel: new Color('#b4babf'),
  steelDark: new Color('#80868b'),
  grass: new Color('#87a05a'),
  grassDry: new Color('#b0aa6e'),
  grassDark: new Color('#6b8a4c'),
  wheat: new Color('#cdbb74'),
  soil: new Color('#94795a'),
  leaf: new Color('#64833f'),
  leafDark: new Color('#3d5c30'),
  needle: new Color('#35563a'),
  bark: new Color('#5b4a3a'),
  hillNear: new Color('#86a294'),
  hillFar: new Color('#9db5c8'),
} as const;

/** Direction towards the sun in scene axes: behind and to the left of a road that runs east, so that rears are lit. */
export const SUN_DIRECTION = [-0.55, 0.62, -0.56] as const;
