import { describe, expect, it } from 'vitest';
import { bootstrapMean } from '../../../../irl/evaluate/bootstrap.ts';
import { averageDisplacement, expectedMinOfThree, finalDisplacement } from '../../../../irl/evaluate/displacement.ts';
import { IDM_GRID, idmMobilMotion } from '../../../../irl/evaluate/idmMobilBaseline.ts';
import { MANOEUVRES } from '../../../../irl/evaluate/manoeuvre.ts';
import { evaluateOpenLoop } from '../../../../irl/evaluate/openLoop.ts';
import { familySampler } from '../../../../irl/evaluate/sceneSampler.ts';
import { scoreScene } from '../../../../irl/evaluate/sceneScore.ts';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { FEATURES } from '../../../../irl/features/registry.ts';
import type { Reward } from '../../../../irl/features/reward.ts';
import { createRewardScorer } from '../../../../irl/features/rewardScorer.ts';
import { learnReward } from '../../../../irl/learn/learnReward.ts';
import { steadyMotion } from '../../../fixtures/irl/motions.ts';
import { steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';
import { styleRecording } from '../../../fixtures/irl/styleRecording.ts';
import { centreOf, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

function reward(weights: Readonly<Record<string, number>>): Reward {
  return {
    format: 'understudy-reward',
    version: 1,
    featureSetVersion: 1,
    simulatorVersion: 1,
    name: 'test',
    learner: { name: 'test', options: {} },
    features: Object.entries(weights).map(([name, weight]) => ({
      name,
      group: FEATURES.find((feature) => feature.name === name)!.group,
      scale: 1,
      weight,
      sd: 0,
      interval: [0, 0],
    })),
    sources: [],
    fit: { scenes: 0, candidatesPerScene: 0, nll: 0, gradientNorm: 0, projectionErrorP95: 0 },
  };
}

const steady = [1, 2, 3].map((n) =>
  steadyRecording({ ticks: 70, driverName: `driver ${n}`, others: [{ s: 570 + n, d: centreOf(1), sDot: 20 }] }),
);
const calm = { longitudinalAccelerationSquared: -20, lateralSpeedSquared: -200, laneOffsetSquared: -5 };

describe('evaluateOpenLoop', () => {
  it('scores nothing that a drive shares with one the reward has seen', async () => {
    const drive = styleRecording('calm', 'dense@1#3', 150);
    const branch = { ...drive, metadata: { ...drive.metadata, branchTick: 60 } };
    const options = { candidates: 40 };
    const whole = await evaluateOpenLoop(reward(calm), [branch], options);
    const rest = await evaluateOpenLoop(reward(calm), [branch], { ...options, seen: [drive] });
    expect([whole.scenes + whole.withoutCandidate, whole.shared]).toEqual([11, 0]);
    expect([rest.scenes + rest.withoutCandidate, rest.shared]).toEqual([5, 6]);
    const all = { ...drive, metadata: { ...drive.metadata, branchTick: 150 } };
    await expect(evaluateOpenLoop(reward(calm), [all], { ...options, seen: [drive] })).rejects.toThrow(
      /all that was driven is shared with drives that the reward has seen; expected other drives/,
    );
  });

  it('ranks steady drivers high under a reward for calm, and low under its opposite', async () => {
    const liked = await evaluateOpenLoop(reward(calm), steady, { candidates: 150 });
    const disliked = await evaluateOpenLoop(
      reward(Object.fromEntries(Object.entries(calm).map(([name, weight]) => [name, -weight]))),
      steady,
      { candidates: 150 },
    );
    expect(liked).toMatchObject({ scenes: 9, drivers: 3, sampler: 'family', candidatesPerScene: 150 });
    expect(liked.rank).toBeLessThan(0.02);
    expect(disliked.rank).toBeGreaterThan(0.95);
    expect(liked.nll).toBeLessThan(disliked.nll - 5);
    expect(liked.fde1).toBeLessThan(3);
    expect(disliked.fde1).toBeGreaterThan(5);
    expect(liked.baselines.constantVelocity.fde1).toBeCloseTo(0, 9);
    for (const [low, high] of Object.values(liked.intervals!)) expect(low).toBeLessThanOrEqual(high);
  });

  it('tells drivers of one name apart by their label', async () => {
    const [one] = steady;
    const person = { ...one!, metadata: { ...one!.metadata, driverLabel: 'human' as const } };
    const score = await evaluateOpenLoop(reward(calm), [one!, person], { candidates: 60 });
    expect(score.drivers).toBe(2);
    expect(score.intervals).not.toBeNull();
  });

  it.each([false, true])('scores huang2021 (as coded: %s) as it was learned', async (asCoded) => {
    const drive = styleRecording('calm', 'dense@1#3', 150);
    const learned = await learnReward([{ recording: drive, hash: 'a'.repeat(64) }], { method: 'huang2021', asCoded });
    const score = await evaluateOpenLoop(learned.reward, [drive]);
    expect(score.sampler).toBe('huang2021');
    expect(score.nll).toBeCloseTo(learned.summary.nll, 1);
  });

  it('gives no interval of one driver, who says nothing of others', async () => {
    const { intervals, drivers } = await evaluateOpenLoop(reward(calm), [steady[0]!], { candidates: 50 });
    expect([intervals, drivers]).toEqual([null, 1]);
  });

  it('orders its rows as their meaning demands', async () => {
    const score = await evaluateOpenLoop(reward(calm), steady, { candidates: 150 });
    expect(score.minFde3).toBeLessThanOrEqual(score.fde1);
    expect(score.baselines.oracle.fde1).toBeLessThanOrEqual(score.minFde3);
    expect(score.baselines.random.minFde3).toBeLessThan(score.baselines.random.fde1);
    expect(score.ade).toBeLessThan(score.fde1);
  });

  it('gives log of the number of options for a reward of zero, and the person ranks by chance', async () => {
    const score = await evaluateOpenLoop(reward({ speed: 0 }), [steadyRecording({ ticks: 50 })], { candidates: 40 });
    expect(score.nll).toBeLessThanOrEqual(Math.log(41) + 1e-12);
    expect(score.nll).toBeGreaterThan(Math.log(10));
    expect(score.rank).toBe(0.5);
  });

  it('says when nothing can be scored', async () => {
    await expect(evaluateOpenLoop(reward(calm), [steadyRecording({ ticks: 20 })])).rejects.toThrow(
      /none of 0 windows in 1 recordings/,
    );
  });
});

describe('scoreScene', () => {
  it('says what the baselines foretell, beside what the person did', () => {
    const scored = scoreScene(steady[0]!, 0, 0, familySampler(60, 0), createRewardScorer(reward(calm)))!;
    expect(scored.manoeuvre).toEqual({ person: 'keep', chosen: 'keep' });
    const { constantVelocity, idm, random, oracle } = scored.foretold;
    expect(constantVelocity).toBe('keep');
    expect(oracle).toBe('keep');
    // Some IDM drivers stay behind the leader at 20 m/s, some close in on it and some overtake it.
    expect(new Set(idm)).toEqual(new Set(['keep', 'accelerate', 'left']));
    expect(idm).toHaveLength(IDM_GRID.length);
    expect(random.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
    expect(random[MANOEUVRES.indexOf('keep')]).toBeLessThan(1);
    expect(scored.zeroNll).toBeGreaterThan(Math.log(20));
    expect(scored.zeroNll).toBeLessThanOrEqual(Math.log(61));
  });
});

describe('displacement', () => {
  it('is the distance at the end, and the mean over the way', () => {
    const { ego } = trafficScene();
    const [still, moving] = [steadyMotion(ego), steadyMotion(ego, 2)];
    expect(finalDisplacement(still, moving)).toBeCloseTo(25, 9);
    expect(averageDisplacement(still, moving)).toBeCloseTo((0.01 * (50 * 51 * 101)) / 6 / 50, 9);
  });

  it('computes the expected best of three without drawing', () => {
    const values = [5, 1, 4, 2, 9];
    let sum = 0;
    let triples = 0;
    for (let a = 0; a < 5; a++) {
      for (let b = a + 1; b < 5; b++) {
        for (let c = b + 1; c < 5; c++) {
          sum += Math.min(values[a]!, values[b]!, values[c]!);
          triples++;
        }
      }
    }
    expect(expectedMinOfThree(values)).toBeCloseTo(sum / triples, 12);
    expect(expectedMinOfThree([3, 2])).toBe(2);
  });
});

describe('bootstrapMean', () => {
  it('is as wide as the difference between drivers, not between scenes', () => {
    const driverOf = Array.from({ length: 400 }, (_, i) => Math.floor(i / 100));
    const between = bootstrapMean(
      driverOf,
      driverOf.map((driver) => driver),
    );
    const within = bootstrapMean(
      driverOf,
      driverOf.map((_, i) => i % 4),
    );
    expect(between[1] - between[0]).toBeGreaterThan(1);
    expect(within[1] - within[0]).toBeLessThan(1e-9);
    expect(bootstrapMean(driverOf, driverOf)).toEqual(between);
  });
});

describe('IDM+MOBIL baseline', () => {
  const idm = IDM_GRID.find((parameters) => parameters.headway === 1.2 && parameters.acceleration === 1)!;

  it('approaches its limit on a free road and keeps its offset', () => {
    const scene = trafficScene([], { d: centreOf(1) + 0.3 });
    const motion = idmMobilMotion(createPrediction(scene), idm);
    expect(motion.sDot[50]).toBeGreaterThan(22);
    expect(motion.sDot[50]).toBeLessThan(30);
    expect([...motion.d].every((d) => d === centreOf(1) + 0.3)).toBe(true);
  });

  it('does not run into a slower leader when it cannot change lane', () => {
    const beside = [0, 2].flatMap((lane) => [490, 500, 510].map((s) => ({ s, d: centreOf(lane), sDot: 20 })));
    const scene = trafficScene([{ s: 540, d: centreOf(1), sDot: 12 }, ...beside]);
    const prediction = createPrediction(scene);
    const motion = idmMobilMotion(prediction, idm);
    for (let k = 0; k <= 50; k++) expect(540 + 12 * k * 0.1 - motion.s[k]!).toBeGreaterThan(4.5);
    expect(motion.d[50]).toBe(centreOf(1));
  });

  it('changes to a free lane behind a slow leader', () => {
    const slow = [1, 2].map((lane) => ({ s: 535, d: centreOf(lane), sDot: 12 }));
    const motion = idmMobilMotion(createPrediction(trafficScene(slow)), idm);
    expect(motion.d[50]).toBeCloseTo(centreOf(0), 9);
  });
});
