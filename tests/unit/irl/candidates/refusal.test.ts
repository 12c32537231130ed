import { describe, expect, it } from 'vitest';
import { FILTER_REASONS, REFUSED, refusal } from '../../../../irl/candidates/refusal.ts';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import type { Motion } from '../../../../irl/features/motion.ts';
import { respond } from '../../../../irl/features/respond.ts';
import type { Scene } from '../../../../irl/features/scene.ts';
import { laneChange, steadyMotion } from '../../../fixtures/irl/motions.ts';
import { centreOf, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

function code(scene: Scene, motion: Motion): number {
  const prediction = createPrediction(scene);
  respond(prediction, motion);
  return refusal(motion, prediction);
}

describe('refusal', () => {
  it('allows ordinary driving', () => {
    const scene = trafficScene([{ s: 540, d: centreOf(1), sDot: 20 }]);
    expect(code(scene, steadyMotion(scene.ego))).toBe(REFUSED.no);
    expect(code(scene, laneChange(scene.ego, centreOf(0), 0, 4))).toBe(REFUSED.no);
  });

  it('refuses what tyres cannot do: too hard braking, too sudden a swerve, going sideways at a crawl', () => {
    const scene = trafficScene();
    expect(code(scene, steadyMotion(scene.ego, -9))).toBe(REFUSED.tyres);
    expect(code(scene, laneChange(scene.ego, centreOf(0), 0, 1))).toBe(REFUSED.tyres);
    const slow = trafficScene([], { sDot: 1 });
    expect(code(slow, steadyMotion(slow.ego, 0, 0.6))).toBe(REFUSED.tyres);
  });

  it('refuses leaving the road and colliding', () => {
    const scene = trafficScene([{ s: 530, d: centreOf(1), sDot: 8 }], {});
    expect(code(scene, steadyMotion(scene.ego))).toBe(REFUSED.collision);
    const edge = trafficScene([], { d: centreOf(0) });
    expect(code(edge, laneChange(edge.ego, 1, 0, 4))).toBe(REFUSED.offRoad);
  });

  it("has the codes of the agent's filter", () => {
    const { no, tyres, offRoad, collision } = REFUSED;
    const reasons = [no, tyres, offRoad, collision].map((code) => FILTER_REASONS[code]);
    expect(reasons).toEqual(['allowed', 'tyres', 'off-road', 'collision']);
  });
});
