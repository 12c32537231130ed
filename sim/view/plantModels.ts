import { type BufferGeometry, Color, IcosahedronGeometry } from 'three';
import { hash2 } from './groundNoise.ts';
import { PALETTE } from './palette.ts';
import { createSolidBuilder, type SolidBuilder } from './solidBuilder.ts';

/** Broadleaf tree, 1 m high (scaled by its instance). */
export function createBroadleafModel(): BufferGeometry {
  const solid = createSolidBuilder();
  addTrunk(solid, 0.035, 0.4);
  addCrown(solid, [0, 0.63, 0], [0.33, 0.36, 0.33], 1, 3);
  addCrown(solid, [0.16, 0.5, 0.1], [0.2, 0.2, 0.2], 0, 11);
  addCrown(solid, [-0.15, 0.52, -0.12], [0.21, 0.2, 0.2], 0, 23);
  return solid.build();
}

/** The same tree for the distance. */
export function createFarBroadleafModel(): BufferGeometry {
  const solid = createSolidBuilder();
  addTrunk(solid, 0.035, 0.35, 3);
  addCrown(solid, [0, 0.6, 0], [0.38, 0.4, 0.38], 0, 3);
  return solid.build();
}

/** Conifer, 1 m high. */
export function createConiferModel(): BufferGeometry {
  const solid = createSolidBuilder();
  addTrunk(solid, 0.025, 0.2);
  const sides = 8;
  for (const [tier, [bottom, top, radius]] of (
    [
      [0.12, 0.52, 0.22],
      [0.36, 0.76, 0.165],
      [0.6, 1, 0.11],
    ] as const
  ).entries()) {
    for (let i = 0; i < sides; i++) {
      const ring = (k: number) => {
        const turn = ((k % sides) / sides) * Math.PI * 2 + tier;
        const r = radius * (0.82 + 0.36 * hash2(k % sides, tier + 40));
        return [Math.cos(turn) * r, bottom, -Math.sin(turn) * r] as const;
      };
      solid.style(new Color().copy(PALETTE.needle).multiplyScalar(0.75 + 0.22 * tier + 0.25 * hash2(i, tier)));
      solid.face([ring(i), ring(i + 1), [0, top, 0]]);
    }
  }
  return solid.build();
}

/** Bush, 1 m high. */
export function createBushModel(): BufferGeometry {
  const solid = createSolidBuilder();
  addCrown(solid, [0, 0.38, 0], [0.8, 0.62, 0.75], 0, 31);
  addCrown(solid, [0.6, 0.25, 0.2], [0.55, 0.48, 0.55], 0, 37);
  return solid.build();
}

function addTrunk(solid: SolidBuilder, radius: number, height: number, sides = 5): void {
  solid.style(PALETTE.bark);
  for (let i = 0; i < sides; i++) {
    const [t0, t1] = [(i / sides) * Math.PI * 2, ((i + 1) / sides) * Math.PI * 2];
    const at = (t: number, y: number, r: number) => [Math.cos(t) * r, y, -Math.sin(t) * r] as const;
    solid.face([at(t0, 0, radius * 1.4), at(t1, 0, radius * 1.4), at(t1, height, radius), at(t0, height, radius)]);
  }
}

/** A lump of leaves: darker below, with normals between flat and round, which reads as foliage. */
function addCrown(
  solid: SolidBuilder,
  centre: readonly [number, number, number],
  radii: readonly [number, number, number],
  detail: number,
  seed: number,
): void {
  const ball = new IcosahedronGeometry(1, detail);
  const points = ball.getAttribute('position');
  const tone = new Color();
  for (let i = 0; i < points.count; i += 3) {
    const corners: [number, number, number][] = [];
    const normals: [number, number, number][] = [];
    let height = 0;
    for (let k = i; k < i + 3; k++) {
      const [x, y, z] = [points.getX(k), points.getY(k), points.getZ(k)];
      // The lump must depend on the place alone, or neighbouring faces would part.
      const lump = 0.84 + 0.32 * hash2(Math.round(x * 40) + seed * 97, Math.round(y * 40) * 131 + Math.round(z * 40));
      corners.push([centre[0] + x * radii[0] * lump, centre[1] + y * radii[1] * lump, centre[2] + z * radii[2] * lump]);
      normals.push([x, y * 0.8 + 0.25, z]);
      height += y / 3;
    }
    tone
      .lerpColors(PALETTE.leafDark, PALETTE.leaf, Math.min(1, Math.max(0, 0.55 + 0.6 * height)))
      .multiplyScalar(0.85 + 0.3 * hash2(i, seed));
    solid.style(tone).face(corners, normals);
  }
  ball.dispose();
}
