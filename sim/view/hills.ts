import { BufferAttribute, BufferGeometry, Color, DoubleSide, Mesh, MeshBasicMaterial } from 'three';
import { noise2 } from './groundNoise.ts';
import { PALETTE } from './palette.ts';

/** Layers of hills, the farthest first: distance [m], greatest height [m], features around the horizon, colour. */
const LAYERS = [
  { distance: 4600, height: 520, features: 13, colour: PALETTE.hillFar },
  { distance: 3700, height: 260, features: 21, colour: new Color().lerpColors(PALETTE.hillFar, PALETTE.hillNear, 0.5) },
  { distance: 2900, height: 120, features: 34, colour: PALETTE.hillNear },
] as const;
const STEPS = 240;

/** Silhouettes of distant hills, paler with distance. They follow the camera and keep to the compass. */
export function createHills(): { readonly mesh: Mesh; dispose(): void } {
  const position = new Float32Array(LAYERS.length * (STEPS + 1) * 3 * 3);
  const color = new Float32Array(position.length);
  const index: number[] = [];
  let vertex = 0;
  const put = (x: number, y: number, z: number, tone: Color) => {
    position.set([x, y, z], vertex * 3);
    color.set([tone.r, tone.g, tone.b], vertex * 3);
    return vertex++;
  };
  const foot = new Color();
  for (const [n, layer] of LAYERS.entries()) {
    for (let i = 0; i <= STEPS; i++) {
      const turn = (i % STEPS) / STEPS;
      const x = Math.cos(turn * Math.PI * 2);
      const z = Math.sin(turn * Math.PI * 2);
      const around = layer.features / (Math.PI * 2);
      const ridge = noise2(x * around + n * 50, z * around) * 0.7 + noise2(x * around * 4, z * around * 4 + n) * 0.2;
      const rough = noise2(x * around * 17 + n, z * around * 17) * 0.1;
      const top = layer.height * Math.max(0.05, ridge + rough - 0.12);
      foot.copy(layer.colour).lerp(PALETTE.haze, 0.85);
      const a = put(x * layer.distance, -120, z * layer.distance, PALETTE.haze);
      put(x * layer.distance, Math.min(top * 0.4, 26), z * layer.distance, foot);
      put(x * layer.distance, top, z * layer.distance, layer.colour);
      if (i < STEPS) for (const k of [0, 1]) index.push(a + k, a + k + 3, a + k + 1, a + k + 1, a + k + 3, a + k + 4);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(position, 3));
  geometry.setAttribute('color', new BufferAttribute(color, 3));
  geometry.setIndex(index);
  const material = new MeshBasicMaterial({ vertexColors: true, fog: false, side: DoubleSide });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 8;
  return {
    mesh,
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}
