import { describe, expect, it } from 'vitest';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { evaluateFeatures } from '../../../../irl/features/evaluateFeatures.ts';
import type { Motion } from '../../../../irl/features/motion.ts';
import { FEATURE_COUNT, FEATURES } from '../../../../irl/features/registry.ts';
import type { Scene } from '../../../../irl/features/scene.ts';
import { laneChange, steadyMotion } from '../../../fixtures/irl/motions.ts';
import { centreOf, LANE_WIDTH, LIMIT, mainRoad, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

function features(scene: Scene, motion: Motion): Record<string, number> {
  const out = new Float64Array(FEATURE_COUNT);
  evaluateFeatures(motion, createPrediction(scene), out);
  return Object.fromEntries(FEATURES.map((feature, i) => [feature.name, out[i]!]));
}

describe('evaluateFeatures', () => {
  it('gives only speed for steady driving alone in the middle of a lane', () => {
    const scene = trafficScene([], { sDot: 24 });
    const values = features(scene, steadyMotion(scene.ego));
    expect(values['speed']).toBeCloseTo(0.8, 12);
    expect(values['speedSquared']).toBeCloseTo(0.64, 12);
    for (const [name, value] of Object.entries(values)) if (!name.startsWith('speed')) expect(value, name).toBe(0);
  });

  it('measures speed above the limit of the lane', () => {
    const scene = trafficScene([], { sDot: 1.2 * LIMIT });
    expect(features(scene, steadyMotion(scene.ego))['overLimitSquared']).toBeCloseTo(0.04, 12);
  });

  it('measures time headway from bumper to bumper', () => {
    const scene = trafficScene([{ s: 500 + 20 + 4.5, d: centreOf(1), sDot: 20 }]);
    const values = features(scene, steadyMotion(scene.ego));
    expect(values['headwayRisk']).toBeCloseTo(Math.exp(-1), 9);
    expect(values['closingRisk']).toBe(0);
  });

  it('measures closing risk from time to collision', () => {
    const scene = trafficScene([{ s: 500 + 60 + 4.5, d: centreOf(1), sDot: 15 }]);
    const values = features(scene, steadyMotion(scene.ego));
    let expected = 0;
    for (let k = 1; k <= 50; k++) expected += Math.exp(-(60 - 5 * k * 0.1) / 5 / 3) / 50;
    expect(values['closingRisk']).toBeCloseTo(expected, 9);
  });

  it('does not take a vehicle in the next lane for a leader', () => {
    const scene = trafficScene([{ s: 520, d: centreOf(0), sDot: 15 }]);
    const values = features(scene, steadyMotion(scene.ego));
    expect(values['headwayRisk']).toBe(0);
    expect(values['closingRisk']).toBe(0);
  });

  it('takes accelerations from speeds over a tick', () => {
    const scene = trafficScene();
    const values = features(scene, steadyMotion(scene.ego, -2));
    expect(values['longitudinalAccelerationSquared']).toBeCloseTo(4, 9);
    expect(values['longitudinalJerkSquared']).toBeCloseTo(0, 9);
  });

  it('adds the curvature of the road to lateral acceleration', () => {
    const road = mainRoad({ pieces: [{ kind: 'arc', length: 2000, curvature: 1 / 400 }] });
    const scene = trafficScene([], {}, road);
    const values = features(scene, steadyMotion(scene.ego));
    expect(values['lateralAccelerationSquared']).toBeCloseTo((20 * 20 * (1 / 400)) ** 2, 9);
    expect(values['lateralJerkSquared']).toBeCloseTo(0, 9);
  });

  it('measures offset and shares of lanes by the centre of the box', () => {
    const scene = trafficScene([], { d: centreOf(0) + 0.5 });
    const values = features(scene, steadyMotion(scene.ego));
    expect(values['laneOffsetSquared']).toBeCloseTo(0.25, 12);
    expect(values['leftmostLane']).toBe(1);
    const right = trafficScene([], { d: centreOf(2) });
    expect(features(right, steadyMotion(right.ego))['rightmostLane']).toBe(1);
  });

  it('counts an auxiliary lane as such, and the main lane beside it as rightmost', () => {
    const auxiliary = {
      kind: 'auxiliary',
      width: LANE_WIDTH,
      speedLimit: LIMIT,
      from: 0,
      to: 2000,
      openFrom: 0,
      openTo: 2000,
    } as const;
    const road = mainRoad({ more: [auxiliary] });
    const outside = trafficScene([], { d: centreOf(3) }, road);
    const inside = trafficScene([], { d: centreOf(2) }, road);
    expect(features(outside, steadyMotion(outside.ego))).toMatchObject({ auxiliaryLane: 1, rightmostLane: 0 });
    expect(features(inside, steadyMotion(inside.ego))).toMatchObject({ auxiliaryLane: 0, rightmostLane: 1 });
  });

  it('sees the gap beside only while the body is in two lanes', () => {
    const beside = { s: 503, d: centreOf(0), sDot: 20 };
    const scene = trafficScene([beside]);
    expect(features(scene, steadyMotion(scene.ego))['sideGapRisk']).toBe(0);
    const moving = features(scene, laneChange(scene.ego, centreOf(0), 0, 5));
    // In two lanes from |d - centre| = 1.15 m (body half 0.9 m, intrusion 0.3 m) to 2.35 m: about a fifth of the move.
    expect(moving['sideGapRisk']).toBeGreaterThan(0.15);
    expect(moving['sideGapRisk']).toBeLessThan(0.4);
  });

  it('sees the follower only after entering another lane', () => {
    const follower = { s: 500 - 30, d: centreOf(0), sDot: 20 };
    const scene = trafficScene([follower]);
    expect(features(scene, steadyMotion(scene.ego))['rearGapRisk']).toBe(0);
    const changed = features(scene, laneChange(scene.ego, centreOf(0), 0, 4));
    // Headway 25.5 m / 20 m/s over the last 30 ticks; the follower hardly brakes at this gap.
    expect(changed['rearGapRisk']).toBeGreaterThan(0.5 * 0.6 * Math.exp(-25.5 / 20));
    expect(changed['rearGapRisk']).toBeLessThan(0.6 * Math.exp(-25.5 / 20) * 1.1);
  });

  it('charges for the braking that a cut-in imposes, and for none when the follower is slower', () => {
    const fast = trafficScene([{ s: 500 - 14, d: centreOf(0), sDot: 26 }]);
    const slow = trafficScene([{ s: 500 - 60, d: centreOf(0), sDot: 14 }]);
    expect(features(fast, laneChange(fast.ego, centreOf(0), 0, 2))['imposedBraking']).toBeGreaterThan(0.3);
    expect(features(slow, laneChange(slow.ego, centreOf(0), 0, 2))['imposedBraking']).toBe(0);
  });

  it("charges nothing for keeping one's pace before a follower that keeps its headway", () => {
    const scene = trafficScene([{ s: 500 - 4.5 - 15, d: centreOf(1), sDot: 20 }]);
    expect(features(scene, steadyMotion(scene.ego))['imposedBraking']).toBe(0);
    expect(features(scene, steadyMotion(scene.ego, -3))['imposedBraking']).toBeGreaterThan(0.5);
  });

  it('does not depend on what was evaluated before with the same prediction', () => {
    const scene = trafficScene([
      { s: 480, d: centreOf(0), sDot: 27 },
      { s: 470, d: centreOf(1), sDot: 22 },
      { s: 455, d: centreOf(1), sDot: 22 },
      { s: 540, d: centreOf(1), sDot: 17 },
    ]);
    const prediction = createPrediction(scene);
    const first = new Float64Array(FEATURE_COUNT);
    const other = new Float64Array(FEATURE_COUNT);
    const again = new Float64Array(FEATURE_COUNT);
    evaluateFeatures(steadyMotion(scene.ego, -3), prediction, first);
    evaluateFeatures(laneChange(scene.ego, centreOf(0), 0, 3), prediction, other);
    evaluateFeatures(steadyMotion(scene.ego, -3), prediction, again);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});
