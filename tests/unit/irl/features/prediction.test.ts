import { describe, expect, it } from 'vitest';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { firstCollision } from '../../../../irl/features/firstCollision.ts';
import { oraclePrediction } from '../../../../irl/features/oraclePrediction.ts';
import { respond } from '../../../../irl/features/respond.ts';
import { sceneAt } from '../../../../irl/features/sceneFromRecording.ts';
import { laneChange, steadyMotion } from '../../../fixtures/irl/motions.ts';
import { steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';
import { centreOf, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

const LAST = 50;

describe('prediction', () => {
  it('keeps speed and lane of vehicles that nobody hinders', () => {
    const scene = trafficScene([
      { s: 520, d: centreOf(0) + 0.4, sDot: 23 },
      { s: 470, d: centreOf(2), sDot: 18 },
    ]);
    const prediction = createPrediction(scene);
    respond(prediction, steadyMotion(scene.ego));
    expect(prediction.s[LAST * 2]).toBeCloseTo(520 + 5 * 23, 9);
    expect(prediction.s[LAST * 2 + 1]).toBeCloseTo(470 + 5 * 18, 9);
    expect(prediction.d[LAST * 2]).toBe(centreOf(0) + 0.4);
    expect(prediction.touchedCount).toBe(0);
  });

  it('lets a vehicle follow a slower leader without passing through it', () => {
    const scene = trafficScene([
      { s: 500, d: centreOf(0), sDot: 25 },
      { s: 540, d: centreOf(0), sDot: 10 },
    ]);
    const { s } = createPrediction(scene);
    for (let k = 0; k <= LAST; k++) expect(s[k * 2 + 1]! - s[k * 2]!).toBeGreaterThan(4.5);
  });

  it('finishes a lane change that is under way and stays in the new lane', () => {
    const scene = trafficScene([{ s: 540, d: centreOf(1) + 1, sDot: 20, dDot: 1 }]);
    const { d } = createPrediction(scene);
    expect(d[LAST]).toBeCloseTo(centreOf(0), 9);
    expect(d[10]).toBeCloseTo(centreOf(1) + 2, 9);
  });

  it('lets the follower brake for the ego, and the one behind for the follower', () => {
    const scene = trafficScene([
      { s: 480, d: centreOf(1), sDot: 20 },
      { s: 468, d: centreOf(1), sDot: 20 },
      { s: 480, d: centreOf(2), sDot: 20 },
    ]);
    const prediction = createPrediction(scene);
    respond(prediction, steadyMotion(scene.ego, -3));
    const row = LAST * 3;
    expect(prediction.speed[row]).toBeLessThan(16);
    expect(prediction.speed[row + 1]).toBeLessThan(18);
    expect(prediction.speed[row + 2]).toBe(20);
    expect([...prediction.touched.subarray(0, prediction.touchedCount)].sort()).toEqual([0, 1]);
    expect(firstCollision(steadyMotion(scene.ego, -3), prediction)).toBe(-1);
  });

  it('leaves out what is too far away to matter', () => {
    const scene = trafficScene([
      { s: 900, d: centreOf(1), sDot: 20 },
      { s: 200, d: centreOf(1), sDot: 20 },
      { s: 530, d: centreOf(1), sDot: 20 },
    ]);
    expect([...createPrediction(scene).source]).toEqual([2]);
  });

  it('replays the recorded future as oracle, in which nobody reacts', () => {
    const recording = steadyRecording({ ticks: 60, others: [{ s: 480, d: centreOf(1), sDot: 20 }] });
    const scene = sceneAt(recording, 5);
    const prediction = oraclePrediction(scene, recording, 5);
    respond(prediction, steadyMotion(scene.ego, -4));
    expect(prediction.s[LAST]).toBeCloseTo(480 + 20 * 5.5, 9);
    expect(Math.max(...prediction.around.imposedBraking)).toBeGreaterThan(1);
    expect(() => oraclePrediction(scene, recording, 11)).toThrow(/tick 11 \+ 50 is beyond the recording's 60 ticks/);
  });
});

describe('firstCollision', () => {
  it('finds the sample at which boxes overlap', () => {
    const scene = trafficScene([{ s: 500 + 4.5 + 10, d: centreOf(1), sDot: 10 }]);
    // The gap of 10 m closes at 10 m/s: contact after 1 s, overlap from the next sample on.
    expect(firstCollision(steadyMotion(scene.ego), createPrediction(scene))).toBe(11);
  });

  it('finds a side swipe, and none beside a vehicle', () => {
    const scene = trafficScene([{ s: 501, d: centreOf(0), sDot: 20 }]);
    const prediction = createPrediction(scene);
    expect(firstCollision(steadyMotion(scene.ego), prediction)).toBe(-1);
    const hit = firstCollision(laneChange(scene.ego, centreOf(0), 0, 3), prediction);
    expect(hit).toBeGreaterThan(8);
    expect(hit).toBeLessThan(25);
  });

  it('forgives an overlap at the start until the boxes have come apart', () => {
    const scene = trafficScene([{ s: 504, d: centreOf(1), sDot: 25 }]);
    expect(firstCollision(steadyMotion(scene.ego), createPrediction(scene))).toBe(-1);
  });
});
