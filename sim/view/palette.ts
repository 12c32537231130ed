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
  asphalt: new Color('#77787a'),
  wheelTrack: new Color('#6c6d6f'),
  shoulder: new Color('#7f7f7e'),
  paint: new Color('#f4f4ef'),
  steel: new Color('#b4babf'),
  steelDark: new Color('#80868b'),
  grass: new Color('#7f9c4e'),
  grassDry: new Color('#a9a561'),
  grassDark: new Color('#5f8240'),
  wheat: new Color('#cdbb74'),
  soil: new Color('#94795a'),
  leaf: new Color('#567b34'),
  leafDark: new Color('#36572a'),
  needle: new Color('#35563a'),
  bark: new Color('#5b4a3a'),
  hillNear: new Color('#8ba795'),
  hillFar: new Color('#a6bccb'),
} as const;

/** Direction towards the sun in scene axes: behind and to the left of a road that runs east, so that rears are lit. */
export const SUN_DIRECTION = [-0.55, 0.62, -0.56] as const;
