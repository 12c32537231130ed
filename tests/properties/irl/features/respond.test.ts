import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { followingAcceleration } from '../../../../irl/features/followingAcceleration.ts';
import { MOTION_SAMPLES, type Motion } from '../../../../irl/features/motion.ts';
import { oraclePrediction } from '../../../../irl/features/oraclePrediction.ts';
import { laneReach, type Prediction } from '../../../../irl/features/prediction.ts';
import { CHAIN_LAG, CHAIN_STRIDE, respond } from '../../../../irl/features/respond.ts';
import type { SceneEgo } from '../../../../irl/features/scene.ts';
import { TICK_S } from '../../../../sim/core/time.ts';
import { crowdedScene } from '../../../fixtures/irl/crowdedScene.ts';
import { steadyMotion } from '../../../fixtures/irl/motions.ts';
import { wanderingTrace } from '../../../fixtures/irl/wanderingTrace.ts';

interface PlainAnswer {
  readonly s: Float64Array;
  readonly speed: Float64Array;
  readonly imposedBraking: Float64Array;
  readonly touched: readonly number[];
}

/** What `respond` says it does: those who react move tick by tick, and everything is worked out anew each time. */
function answerPlainly(prediction: Prediction, motion: Motion): PlainAnswer {
  const { count, lanes, leader, baseAcceleration, baseS, halfLength, occupiedLeft, occupiedRight } = prediction;
  const { ego } = prediction.scene;
  const s = baseS.slice();
  const speed = prediction.baseSpeed.slice();
  const imposedBraking = new Float64Array(MOTION_SAMPLES);
  const touched: number[] = [];
  const reach = laneReach(ego.width / 2);
  const inLane = (at: number, lane: number) =>
    occupiedRight[at]! < lanes.edge[lane]! && occupiedLeft[at]! > lanes.edge[lane + 1]!;
  const touch = (i: number) => {
    if (i >= 0 && !touched.includes(i)) touched.push(i);
  };
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const row = k * count;
    const egoD = motion.d[k]!;
    // The lane of the centre and, of those beside it, one into which the body reaches: the left one first.
    const own = prediction.around.lane[k]!;
    const beside =
      own > 0 && egoD + reach > lanes.edge[own]!
        ? own - 1
        : own + 1 < lanes.count && egoD - reach < lanes.edge[own + 1]!
          ? own + 1
          : own;
    for (const lane of [Math.max(own, beside), Math.min(own, beside)]) {
      let nearest = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < count; i++) {
        const behind = motion.s[k]! - s[row + i]!;
        const gap = behind - (halfLength[i]! + ego.length / 2);
        if (behind > 0 && gap < least && inLane(row + i, lane)) {
          nearest = i;
          least = gap;
        }
      }
      touch(nearest);
    }
    if (k === MOTION_SAMPLES - 1) break;
    if (k % CHAIN_STRIDE === 0 && prediction.reactive) {
      for (let i = 0; i < count; i++) {
        const ahead = leader[row + i]!;
        if (touched.includes(ahead) && baseS[row + ahead]! - s[row + ahead]! > CHAIN_LAG) touch(i);
      }
    }
    for (const i of touched) {
      const at = row + i;
      const follow = (gap: number, leaderSpeed: number) =>
        followingAcceleration(speed[at]!, prediction.freeSpeed[i]!, prediction.headway[i]!, gap, leaderSpeed);
      const ahead = leader[at]!;
      let acceleration =
        ahead < 0
          ? follow(Number.POSITIVE_INFINITY, 0)
          : follow(s[row + ahead]! - s[at]! - halfLength[i]! - halfLength[ahead]!, speed[row + ahead]!);
      const together = Array.from(lanes.centre).some(
        (_, lane) => inLane(at, lane) && egoD - reach < lanes.edge[lane]! && egoD + reach > lanes.edge[lane + 1]!,
      );
      if (together && motion.s[k]! > s[at]!) {
        const gap = motion.s[k]! - s[at]! - halfLength[i]! - ego.length / 2;
        acceleration = Math.min(acceleration, follow(gap, motion.sDot[k]!));
      }
      imposedBraking[k + 1] = imposedBraking[k + 1]! + Math.max(baseAcceleration[at]! - acceleration, 0);
      if (!prediction.reactive) continue;
      speed[at + count] = Math.max(speed[at]! + acceleration * TICK_S, 0);
      s[at + count] = s[at]! + ((speed[at]! + speed[at + count]!) / 2) * TICK_S;
    }
  }
  return { s, speed, imposedBraking, touched };
}

const firstDifference = (a: Float64Array, b: Float64Array) => a.findIndex((value, at) => value !== b[at]);

/** Beside or across the road, or along an edge of it. */
function strayMotions(ego: SceneEgo): Motion[] {
  return [4, 0, -1.75, -3.5, -8].map((d) => ({ ...steadyMotion(ego), d: new Float64Array(MOTION_SAMPLES).fill(d) }));
}

/** Whether somebody firm moves otherwise than without the ego before the ego has passed it. */
function firmOneMoved({ count, firm, baseS, s }: Prediction, motion: Motion): boolean {
  for (let i = 0; i < count; i++) {
    if (firm[i] === 0) continue;
    for (let k = 0; k < MOTION_SAMPLES && motion.s[k]! <= baseS[k * count + i]!; k++) {
      if (s[k * count + i] !== baseS[k * count + i]) return true;
    }
  }
  return false;
}

it('the others answer as if those who react moved tick by tick, to the last bit', () => {
  const generator = createCandidateGenerator({ count: 40, seed: 5 });
  const seen = { motions: 0, reactions: 0, inNoLane: 0, firm: 0, soft: 0 };
  fc.assert(
    fc.property(fc.nat(100_000), fc.boolean(), (seed, knowsFuture) => {
      const scene = crowdedScene(seed);
      const prediction = knowsFuture ? oraclePrediction(scene, wanderingTrace(scene), 0) : createPrediction(scene);
      const set = generator.generate(scene, { scene: seed });
      for (const motion of [...set.motions.slice(0, set.count), ...strayMotions(scene.ego)]) {
        respond(prediction, motion);
        const plain = answerPlainly(prediction, motion);
        expect([...prediction.touched.subarray(0, prediction.touchedCount)]).toEqual(plain.touched);
        expect(firstDifference(prediction.s, plain.s)).toBe(-1);
        expect(firstDifference(prediction.speed, plain.speed)).toBe(-1);
        expect(firstDifference(prediction.around.imposedBraking, plain.imposedBraking)).toBe(-1);
        seen.motions++;
        seen.reactions += plain.touched.length;
        if (plain.touched.length > 0 && prediction.spanLeft.includes(-Infinity)) seen.inNoLane++;
        if (!knowsFuture) expect(firmOneMoved(prediction, motion)).toBe(false);
      }
      for (let i = 0; i < prediction.count; i++) {
        if (prediction.baseS[i]! < scene.ego.s) continue;
        if (prediction.firm[i] === 1) seen.firm++;
        else seen.soft++;
      }
    }),
    { numRuns: 100 },
  );
  // Where nobody reacts the same would hold of anything.
  expect(seen.reactions / seen.motions).toBeGreaterThan(1);
  expect(Math.min(seen.inNoLane, seen.firm, seen.soft)).toBeGreaterThan(50);
});
