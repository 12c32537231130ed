import { Color, InstancedMesh, Matrix4, MeshLambertMaterial } from 'three';
import type { LateralSpan, RoadProfile } from './roadProfile.ts';
import { placeOnRoad, type RoadRows, type ScenePlace } from './roadRows.ts';
import { createSolidBuilder } from './solidBuilder.ts';

/** Distance between delineator posts [m], as on German motorways. */
const SPACING_M = 50;
const REACH_M = 900;

/** White reflector posts beside the road, which give a sense of speed. */
export function createDelineators() {
  const model = createSolidBuilder()
    .style(new Color('#f2f2f0'))
    .taperedBox([-0.06, 0, -0.06], [0.06, 1.05, 0.06], [0.01, 0.01, 0.01])
    .style(new Color('#222428'))
    .box([-0.064, 0.72, -0.064], [0.064, 0.9, 0.064])
    .style(new Color('#ff9b2e'))
    .box([-0.067, 0.76, -0.03], [0.067, 0.86, 0.03])
    .build();
  const material = new MeshLambertMaterial({ vertexColors: true });
  const posts = new InstancedMesh(model, material, Math.ceil((2.4 * REACH_M) / SPACING_M) * 2);
  posts.frustumCulled = false;
  const span: LateralSpan = { left: 0, right: 0 };
  const place: ScenePlace = { x: 0, z: 0, heading: 0 };
  const matrix = new Matrix4();
  return {
    posts,
    rebuild(profile: RoadProfile, rows: RoadRows, centre: number): void {
      posts.count = 0;
      for (let s = Math.ceil((centre - 200) / SPACING_M) * SPACING_M; s < centre + REACH_M; s += SPACING_M) {
        profile.outerPavement(s, span);
        for (const d of [span.right - 0.7, profile.opposite ? profile.opposite.left + 0.7 : span.left + 0.7]) {
          placeOnRoad(profile.road, rows, s, d, place);
          matrix.makeRotationY(place.heading).setPosition(place.x, -0.05, place.z);
          posts.setMatrixAt(posts.count++, matrix);
        }
      }
      posts.instanceMatrix.needsUpdate = true;
    },
    dispose(): void {
      model.dispose();
      material.dispose();
      posts.dispose();
    },
  };
}
