import { describe, expect, it } from 'vitest';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { lateralProposal } from '../../../../irl/candidates/lateralProposal.ts';
import { longitudinalProposal } from '../../../../irl/candidates/longitudinalProposal.ts';
import { FAMILY_PARAMETERS } from '../../../../irl/candidates/projection.ts';
import { laneTableOf } from '../../../../irl/features/createPrediction.ts';
import { steadyMotion } from '../../../fixtures/irl/motions.ts';
import { centreOf, LIMIT, randomScene, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

const copy = (set: { parameters: Float64Array; logWeight: Float64Array; columns: { s: Float64Array } }) => [
  set.parameters.slice(),
  set.logWeight.slice(),
  set.columns.s.slice(),
];

/** Normal density with mean `centre` and standard deviation `spread` in every parameter. */
function normalDensity(x: Float64Array, at: number, centre: readonly number[], spread: readonly number[]): number {
  let log = 0;
  for (const [i, mean] of centre.entries()) {
    const z = (x[at + i]! - mean) / spread[i]!;
    log -= (z * z) / 2 + Math.log(spread[i]! * Math.sqrt(2 * Math.PI));
  }
  return Math.exp(log);
}

describe('candidate generator', () => {
  it('gives the same set for the same scene and seed, and others for other seeds and scene numbers', () => {
    const scene = randomScene(3);
    const set = (seed: number, number: number) =>
      copy(createCandidateGenerator({ count: 60, seed }).generate(scene, { weights: true, scene: number }));
    expect(set(5, 0)).toEqual(set(5, 0));
    expect(set(5, 0)).not.toEqual(set(6, 0));
    expect(set(5, 0)).not.toEqual(set(5, 1));
  });

  it('does not depend on the scenes drawn before', () => {
    const generator = createCandidateGenerator({ count: 60, seed: 2 });
    const before = copy(generator.generate(randomScene(1), { scene: 4 }));
    generator.generate(randomScene(2), { scene: 5 });
    expect(copy(generator.generate(randomScene(1), { scene: 4 }))).toEqual(before);
  });

  it('weighs draws by the inverse of their density: weighted sums estimate integrals over the parameters', () => {
    const scene = trafficScene([], { sDdot: 0.4, dDot: 0.1 });
    const centre = [20.3, 0.1, 20.8, 0.1, scene.ego.d + 0.1, 4, 0];
    const spread = [0.6, 0.6, 1.2, 0.6, 0.25, 1.2, 0.15];
    let integral = 0;
    const count = 20000;
    const set = createCandidateGenerator({ count, seed: 8 }).generate(scene, { weights: true });
    for (let i = 0; i < count; i++) {
      const density = normalDensity(set.parameters, i * FAMILY_PARAMETERS, centre, spread);
      integral += (density * Math.exp(set.logWeight[i]!)) / count;
    }
    // The part of the normal that lies outside the range of durations is 1.3 %.
    expect(integral).toBeGreaterThan(0.94);
    expect(integral).toBeLessThan(1.04);
  });

  it('offers the own lane and every lane that may be entered', () => {
    const scene = trafficScene();
    const set = createCandidateGenerator({ count: 300, seed: 1 }).generate(scene);
    for (const lane of [0, 1, 2]) {
      const ends = set.motions.slice(0, set.count).filter((m) => Math.abs(m.d[50]! - centreOf(lane)) < 0.5);
      expect(ends.length, `lane ${lane}`).toBeGreaterThan(10);
    }
    const leftmost = trafficScene([], { d: centreOf(0) });
    const others = createCandidateGenerator({ count: 300, seed: 1 }).generate(leftmost);
    expect(Math.max(...others.motions.slice(0, others.count).map((m) => m.d[50]!))).toBeLessThan(0.5);
  });

  it('never reverses, whatever the present speed', () => {
    for (const sDot of [0, 0.5, 3, 12, 35]) {
      const scene = trafficScene([], { sDot, sDdot: -1 });
      const set = createCandidateGenerator({ count: 200, seed: 4 }).generate(scene);
      expect(Math.min(...set.columns.sDot.subarray(0, 200 * 51))).toBeGreaterThanOrEqual(0);
    }
  });

  it('appends the motions to keep, which are no sample', () => {
    const scene = trafficScene();
    const plan = steadyMotion(scene.ego, 0.5);
    const set = createCandidateGenerator({ count: 20, seed: 4 }).generate(scene, { keep: [plan], weights: true });
    expect([set.drawn, set.count]).toEqual([20, 21]);
    expect(set.motions[20]).toEqual(plan);
    expect(set.logWeight[20]).toBe(Number.NEGATIVE_INFINITY);
  });

  it('names a bad count and too many motions to keep', () => {
    expect(() => createCandidateGenerator({ count: 0 })).toThrow(/count is 0; expected an integer >= 1/);
    const scene = trafficScene();
    const keep = Array.from({ length: 9 }, () => steadyMotion(scene.ego));
    expect(() => createCandidateGenerator({ count: 5 }).generate(scene, { keep })).toThrow(
      /9 motions to keep; at most 8/,
    );
  });
});

describe('proposals', () => {
  it('have densities that integrate to 1 over a box that holds their mass', () => {
    const { ego, road } = trafficScene([], { d: centreOf(0) });
    const along = longitudinalProposal(ego, LIMIT);
    const across = lateralProposal(ego, laneTableOf(road));
    // Lateral, 3 dimensions, by the midpoint rule (uniform in duration, so one value there stands for all).
    let lateral = 0;
    const x = new Float64Array(7);
    for (let d = -9; d < 4; d += 0.05) {
      for (let sway = -1.8; sway < 1.8; sway += 0.02) {
        x[4] = d;
        x[5] = 3;
        x[6] = sway;
        lateral += Math.exp(across.logDensity(x, 4)) * 0.05 * 0.02 * 7;
      }
    }
    expect(lateral).toBeCloseTo(1, 3);
    expect(along.logDensity(Float64Array.from([20, 0, 20, 0]), 0)).toBeGreaterThan(
      along.logDensity(Float64Array.from([24, 0, 20, 0]), 0),
    );
  });
});
