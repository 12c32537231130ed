import { Mesh, MeshBasicMaterial } from 'three';
import type { WorldPose } from '../road/road.ts';
import type { RoadPart } from './asphalt.ts';
import { createGrowingGeometry } from './growingGeometry.ts';
import { layMarkings } from './markingLayout.ts';
import { PALETTE } from './palette.ts';

/** Paint on the road. */
export function createMarkings(): RoadPart {
  const paint = createGrowingGeometry(12_000);
  const material = new MeshBasicMaterial({ vertexColors: true });
  const mesh = new Mesh(paint.geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = -4;
  const pose: WorldPose = { x: 0, y: 0, heading: 0 };
  const { r, g, b } = PALETTE.paint;

  return {
    mesh,
    rebuild(profile, rows) {
      paint.clear();
      const { road } = profile;
      const corner = (s: number, d: number) => {
        road.toWorld(s, d, pose);
        return paint.vertex(pose.x - rows.originX, 0.004, rows.originY - pose.y, 0, 1, 0, r, g, b);
      };
      layMarkings(profile, rows.s[0]!, rows.s[rows.count - 1]!, (s0, d0, s1, d1, width) => {
        // A line across the road keeps its width along s, one along the road across it.
        const across = Math.abs(d1 - d0) > 0.5 * (s1 - s0);
        const h = width / 2;
        if (across) {
          const slope = d1 < d0;
          const [a, c, e, f] = slope
            ? [corner(s0 - h, d0), corner(s1 - h, d1), corner(s1 + h, d1), corner(s0 + h, d0)]
            : [corner(s0 - h, d0), corner(s0 + h, d0), corner(s1 + h, d1), corner(s1 - h, d1)];
          paint.quad(a, c, e, f);
        } else paint.quad(corner(s0, d0 - h), corner(s1, d1 - h), corner(s1, d1 + h), corner(s0, d0 + h));
      });
      paint.commit();
    },
    dispose() {
      paint.geometry.dispose();
      material.dispose();
    },
  };
}
