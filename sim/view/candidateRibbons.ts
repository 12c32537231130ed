import { BufferAttribute, BufferGeometry, Color, DoubleSide, DynamicDrawUsage, Mesh, MeshBasicMaterial } from 'three';
import type { Road, WorldPose } from '../road/road.ts';
import { rewardColour } from './rewardColours.ts';
import { uploadFirst } from './uploadRange.ts';
import type { CandidateOverlay } from './viewFrame.ts';

/** Widths of the ribbons [m]: refused, allowed, chosen. */
const REFUSED_M = 0.05;
const ALLOWED_M = 0.14;
const CHOSEN_M = 0.6;
/** Heights over the road [m]. */
const HEIGHT_M = 0.05;
const CHOSEN_HEIGHT_M = 0.09;
const REFUSED_COLOUR = new Color('#8d949b');
const CHOSEN_COLOUR = new Color('#fffbe0');

/** The agent's candidates as flat ribbons on the road, in one draw call. */
export interface CandidateRibbons {
  readonly mesh: Mesh;
  /** @throws RangeError when merit or refused is shorter than motions, or chosen names none of them. */
  show(road: Road, overlay: CandidateOverlay | null): void;
  dispose(): void;
}

export function createCandidateRibbons(): CandidateRibbons {
  const geometry = new BufferGeometry();
  const material = new MeshBasicMaterial({
    vertexColors: true,
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
    fog: false,
  });
  material.polygonOffset = true;
  material.polygonOffsetFactor = -2;
  material.polygonOffsetUnits = -8;
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 3;
  mesh.visible = false;
  let position = new Float32Array(0);
  let colour = new Float32Array(0);
  let index = new Uint32Array(0);
  const pose: WorldPose = { x: 0, y: 0, heading: 0 };
  const tone = new Color();

  const reserve = (vertices: number, indices: number) => {
    if (vertices * 3 <= position.length && indices <= index.length) return;
    position = new Float32Array(vertices * 3);
    colour = new Float32Array(vertices * 4);
    index = new Uint32Array(indices);
    geometry.dispose();
    geometry.setAttribute('position', new BufferAttribute(position, 3).setUsage(DynamicDrawUsage));
    geometry.setAttribute('color', new BufferAttribute(colour, 4).setUsage(DynamicDrawUsage));
    geometry.setIndex(new BufferAttribute(index, 1).setUsage(DynamicDrawUsage));
  };

  return {
    mesh,
    show(road, overlay) {
      mesh.visible = overlay !== null && overlay.motions.length > 0;
      if (!overlay || overlay.motions.length === 0) return;
      checkOverlay(overlay);
      const { motions, merit, refused, chosen } = overlay;
      const samples = motions.reduce((sum, motion) => sum + motion.s.length, 0);
      reserve(samples * 2, samples * 6);
      // One draw call paints in order: refused first, then by merit, so that the best lie on top.
      const order = motions.map((_, i) => i);
      const rank = (i: number) => (i === chosen ? 3 : refused[i] ? -1 : merit[i]!);
      order.sort((i, j) => rank(i) - rank(j));
      road.toWorld(motions[order[0]!]!.s[0]!, 0, pose);
      const [originX, originY] = [pose.x, pose.y];
      mesh.position.set(originX, 0, -originY);
      let vertex = 0;
      let corner = 0;
      for (const i of order) {
        const { s, d } = motions[i]!;
        const best = i === chosen;
        const half = (best ? CHOSEN_M : refused[i] ? REFUSED_M : ALLOWED_M) / 2;
        if (best) tone.copy(CHOSEN_COLOUR);
        else if (refused[i]) tone.copy(REFUSED_COLOUR);
        else rewardColour(merit[i]!, tone);
        const alpha = best ? 0.92 : refused[i] ? 0.3 : 0.35 + 0.5 * merit[i]!;
        for (let k = 0; k < s.length; k++) {
          // The tail fades, since the far end of a plan is the least certain part of it.
          const fade = alpha * (1 - 0.55 * (k / Math.max(1, s.length - 1)) ** 2);
          for (const side of [half, -half]) {
            road.toWorld(s[k]!, d[k]! + side, pose);
            position[vertex * 3] = pose.x - originX;
            position[vertex * 3 + 1] = best ? CHOSEN_HEIGHT_M : HEIGHT_M;
            position[vertex * 3 + 2] = originY - pose.y;
            colour[vertex * 4] = tone.r;
            colour[vertex * 4 + 1] = tone.g;
            colour[vertex * 4 + 2] = tone.b;
            colour[vertex * 4 + 3] = fade;
            vertex++;
          }
          if (k === 0) continue;
          for (const step of [-4, -3, -1, -4, -1, -2]) index[corner++] = vertex + step;
        }
      }
      geometry.setDrawRange(0, corner);
      uploadFirst(geometry.getAttribute('position') as BufferAttribute, vertex);
      uploadFirst(geometry.getAttribute('color') as BufferAttribute, vertex);
      uploadFirst(geometry.index!, corner);
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}

function checkOverlay({ motions, merit, refused, chosen }: CandidateOverlay): void {
  if (merit.length < motions.length || refused.length < motions.length) {
    throw new RangeError(
      `Candidate overlay: ${motions.length} motions, but ${merit.length} merits and ${refused.length} refusals; expected one of each per motion.`,
    );
  }
  if (!Number.isInteger(chosen) || chosen < -1 || chosen >= motions.length) {
    throw new RangeError(`Candidate overlay: chosen is ${chosen}; expected -1 or an index below ${motions.length}.`);
  }
}
