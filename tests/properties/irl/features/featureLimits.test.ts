import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { limitMember } from '../../../../irl/candidates/memberLimits.ts';
import { FAMILY_PARAMETERS } from '../../../../irl/candidates/projection.ts';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { UNDERSTUDY_FEATURES } from '../../../../irl/features/featureSet.ts';
import type { Motion } from '../../../../irl/features/motion.ts';
import { emptyMotionLimits } from '../../../../irl/features/motionLimits.ts';
import type { Prediction } from '../../../../irl/features/prediction.ts';
import { FEATURES, featureIndex } from '../../../../irl/features/registry.ts';
import { placeInLanes } from '../../../../irl/features/respond.ts';
import { crowdedScene } from '../../../fixtures/irl/crowdedScene.ts';

const { evaluate, limit, limitUnwritten, raiseLeast } = UNDERSTUDY_FEATURES;
const COUNT = FEATURES.length;
/** Relative error that rounding may leave between a value and its limit. */
const ROUNDING = 1e-9;

/** Every feature lowers the reward, so that all least values are asked for, one more than the other. */
const DISLIKED = Float64Array.from(FEATURES, ({ name }) =>
  name === 'headwayRisk' ? -0.4 : name === 'imposedBraking' ? -3 : -1,
);

const generator = createCandidateGenerator({ count: 60, seed: 3 });
const row = () => new Float64Array(COUNT);

function expectWithin(values: Float64Array, least: Float64Array, most: Float64Array, where: string) {
  for (const [i, { name }] of FEATURES.entries()) {
    const slack = ROUNDING * (1 + Math.abs(values[i]!));
    if (!(values[i]! >= least[i]! - slack && values[i]! <= most[i]! + slack)) {
      expect.fail(`${where}, ${name}: ${values[i]} is not within ${least[i]} to ${most[i]}`);
    }
  }
}

/** With little reward to spare, what is said of the least values is all there is to say, or enough to be out. */
function expectEnoughSaid(
  motion: Motion,
  prediction: Prediction,
  before: Float64Array,
  all: Float64Array,
  where: string,
) {
  for (const spare of [0, 0.02, 0.2]) {
    const told = before.slice();
    raiseLeast(motion, prediction, DISLIKED, spare, told);
    const lost = told.reduce((sum, value, i) => sum - DISLIKED[i]! * (value - before[i]!), 0);
    // Nearly as much may be either.
    if (lost > spare - ROUNDING)
      expect(
        told.findIndex((value, i) => value > all[i]! + ROUNDING),
        where,
      ).toBe(-1);
    else
      expect(
        told.findIndex((value, i) => value !== all[i]!),
        where,
      ).toBe(-1);
  }
}

it('every value lies within the limits that parameters, samples and neighbours give', () => {
  const limits = emptyMotionLimits();
  const known = { headwayRisk: [0, 0], imposedBraking: [0, 0], speed: [0, 0] };
  fc.assert(
    fc.property(fc.nat(100_000), (seed) => {
      const scene = crowdedScene(seed);
      const prediction = createPrediction(scene);
      const set = generator.generate(scene, { scene: seed });
      for (let i = 0; i < set.count; i++) {
        const motion = set.motions[i]!;
        const values = row();
        const [least, most] = [row(), row()];
        const where = `scene ${seed}, candidate ${i}`;
        limitMember(scene.ego, set.parameters, i * FAMILY_PARAMETERS, limits);
        limitUnwritten(limits, prediction, least, most);
        expect(Math.min(...motion.d), where).toBeGreaterThanOrEqual(limits.d.least);
        expect(Math.max(...motion.d), where).toBeLessThanOrEqual(limits.d.most);
        if (!Number.isNaN(limits.endD)) expect(motion.d.at(-1), where).toBeCloseTo(limits.endD, 9);
        const speed = featureIndex('speed');
        if (most[speed]! - least[speed]! < 1e-6) known.speed[0]!++;
        const [leastWritten, mostWritten] = [row(), row()];
        placeInLanes(prediction, motion);
        limit(motion, prediction, leastWritten, mostWritten);
        const leastAmongNeighbours = leastWritten.slice();
        raiseLeast(motion, prediction, DISLIKED, Number.POSITIVE_INFINITY, leastAmongNeighbours);
        expectEnoughSaid(motion, prediction, leastWritten, leastAmongNeighbours, where);
        evaluate(motion, prediction, values);
        expectWithin(values, least, most, `${where}, by its parameters`);
        expectWithin(values, leastWritten, mostWritten, `${where}, by its samples`);
        expectWithin(values, leastAmongNeighbours, mostWritten, `${where}, by its neighbours`);
        known.speed[1]!++;
        for (const name of ['headwayRisk', 'imposedBraking'] as const) {
          known[name][0]! += leastAmongNeighbours[featureIndex(name)]!;
          known[name][1]! += values[featureIndex(name)]!;
        }
      }
    }),
    { numRuns: 100 },
  );
  // Limits that say nothing would hold as well.
  const share = ([part, all]: number[]) => part! / all!;
  expect(share(known.speed)).toBeGreaterThan(0.2);
  expect(share(known.headwayRisk)).toBeGreaterThan(0.4);
  expect(share(known.imposedBraking)).toBeGreaterThan(0.15);
});
