import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPrediction, laneTableOf } from '../../../../irl/features/createPrediction.ts';
import { FEATURE_SETS } from '../../../../irl/features/featureSet.ts';
import { laneIndexAt } from '../../../../irl/features/laneTable.ts';
import { emptyMotion, MOTION_SAMPLES } from '../../../../irl/features/motion.ts';
import { placeInLanes } from '../../../../irl/features/respond.ts';
import { LANE_WIDTH, LIMIT, mainRoad, randomScene } from '../../../fixtures/irl/trafficScene.ts';

const wild = fc.oneof(
  fc.double({ noNaN: true, min: -50, max: 50 }),
  fc.constantFrom(0, 1e308, -1e308, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN),
);

it('every feature is finite and within its range for any motion, even nonsense', () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.array(wild, { minLength: 8, maxLength: 8 }),
      fc.array(wild, { minLength: 4, maxLength: 4 }),
      (seed, base, jump) => {
        const scene = randomScene(seed);
        const motion = emptyMotion();
        const columns = [motion.s, motion.d, motion.sDot, motion.dDot];
        for (const [c, column] of columns.entries()) {
          for (let k = 0; k < MOTION_SAMPLES; k++) {
            column[k] = (c === 0 ? 500 : 0) + base[2 * c]! + (base[2 * c + 1]! * k) / 10 + (k % 7 === 3 ? jump[c]! : 0);
          }
        }
        const prediction = createPrediction(scene);
        for (const set of FEATURE_SETS) {
          const out = new Float64Array(set.specs.length);
          const least = new Float64Array(set.specs.length);
          const most = new Float64Array(set.specs.length);
          placeInLanes(prediction, motion);
          set.limit(motion, prediction, least, most);
          set.evaluate(motion, prediction, out);
          for (const [i, spec] of set.specs.entries()) {
            expect(out[i], spec.name).toBeGreaterThanOrEqual(spec.range[0]);
            expect(out[i], spec.name).toBeLessThanOrEqual(spec.range[1] * (1 + 1e-12));
            // What can be said before the others have answered.
            expect(out[i], spec.name).toBeGreaterThanOrEqual(least[i]! - 1e-11);
            expect(out[i], spec.name).toBeLessThanOrEqual(most[i]! * (1 + 1e-12));
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});

it('the lane table agrees with the road', () => {
  const ramp = {
    kind: 'on-ramp',
    width: LANE_WIDTH,
    speedLimit: LIMIT,
    from: 300,
    to: 700,
    openFrom: 300,
    openTo: 700,
  } as const;
  const road = mainRoad({ more: [ramp] });
  const lanes = laneTableOf(road);
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, min: 0, max: 1000 }),
      fc.double({ noNaN: true, min: -20, max: 5 }),
      fc.nat(3),
      (s, d, hint) => {
        expect(laneIndexAt(lanes, s, d, hint)).toBe(road.laneAt(s, d));
      },
    ),
  );
});
