import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../../../irl/features/registry.ts';
import type { LearningProgress } from '../../../../irl/learn/learningProgress.ts';
import { learnReward } from '../../../../irl/learn/learnReward.ts';
import { formatReward, parseReward } from '../../../../irl/learn/rewardFile.ts';
import { steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';
import { styleRecording } from '../../../fixtures/irl/styleRecording.ts';
import { centreOf } from '../../../fixtures/irl/trafficScene.ts';

const traffic = [
  { s: 535, d: centreOf(1), sDot: 21 },
  { s: 470, d: centreOf(0), sDot: 24 },
  { s: 455, d: centreOf(2), sDot: 18 },
];
const drive = (name: string, wiggle: number, strength = 0.5) => ({
  recording: steadyRecording({
    ticks: 100,
    others: traffic,
    driverName: name,
    acceleration: (t) => strength * Math.sin(t + wiggle),
    offset: (t) => centreOf(1) + 0.15 * Math.sin(0.7 * t + wiggle),
  }),
  hash: 'c'.repeat(64),
});
const sources = [drive('Ada', 0), drive('Grace', 2)];
const quick = { method: 'maxent', candidates: 60 } as const;

describe('learnReward', () => {
  it('gives a complete, valid reward that says where it comes from', async () => {
    const { reward, summary, terms } = await learnReward(sources, { ...quick, name: 'calm' });
    expect(parseReward(formatReward(reward))).toEqual(reward);
    expect(reward.features.map((term) => term.name)).toEqual(FEATURES.map((feature) => feature.name));
    expect(reward.sources.map(({ driver, scenes }) => [driver, scenes])).toEqual([
      ['Ada', 6],
      ['Grace', 6],
    ]);
    expect(summary).toMatchObject({ scenes: 12, candidatesPerScene: 60, unexpectedSigns: [] });
    expect(summary.gradientNorm).toBeLessThanOrEqual(1e-8);
    expect(summary.projectionErrorP95).toBeLessThan(0.4);
    // Twelve overlapping windows do not decide how to drive.
    expect(summary.enoughDriving!.verdict).not.toBe('enough');
    expect(summary.enoughDriving!.evdBound95).toBeGreaterThan(0.05);
    expect(summary.effectiveOptions!.median).toBeGreaterThan(5);
    // At the optimum the model's means are the person's up to the prior's pull.
    for (const term of terms) {
      if (term.fixedBecause !== '') continue;
      expect(Math.abs(term.modelMean - term.personMean) / term.scale, term.name).toBeLessThan(0.15);
    }
  });

  it('learns that a smooth driver minds acceleration more than one who hurries to and fro', async () => {
    const minds = async (strength: number) => {
      const { terms } = await learnReward([drive('Ada', 0, strength), drive('Grace', 2, strength)], quick);
      const { weight, scale } = terms.find((term) => term.name === 'longitudinalAccelerationSquared')!;
      return weight / scale;
    };
    expect(await minds(2)).toBeGreaterThan(0.5 * (await minds(0.5)));
  });

  it('takes windows further apart from long driving, and says how far', async () => {
    const long = { ...sources[0]!, recording: steadyRecording({ ticks: 3100, others: [], driverName: 'Ada' }) };
    const { reward, summary } = await learnReward([long], { method: 'maxent', candidates: 20 });
    expect(summary.scenes).toBe(153);
    expect(reward.learner.options['strideTicks']).toBe(20);
    expect((await learnReward(sources, quick)).reward.learner.options['strideTicks']).toBe(10);
  });

  it('lets the data choose the prior of each group, unless one is given for all', async () => {
    const { summary, reward } = await learnReward(sources, quick);
    expect(reward.learner.options['prior']).toBe('evidence, expected signs');
    expect(new Set(Object.values(summary.priorSd!)).size).toBe(5);
    const fixed = await learnReward(sources, { ...quick, priorSd: 0.5 });
    expect(Object.values(fixed.summary.priorSd!)).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
    const size = (terms: readonly { readonly weight: number }[]) => Math.hypot(...terms.map((term) => term.weight));
    expect(size(fixed.reward.features)).toBeLessThan(size(reward.features));
  });

  it('fixes features that nothing in the data depends on, and says so', async () => {
    const { terms, reward } = await learnReward(sources, quick);
    const auxiliary = terms.find((term) => term.name === 'auxiliaryLane')!;
    expect(auxiliary.weight).toBe(0);
    expect(auxiliary.interval[0]).toBe(-auxiliary.interval[1]);
    expect(auxiliary.fixedBecause).toMatch(/^unexcited/);
    expect(reward.learner.options['unexcited']).toContain('auxiliaryLane');
  });

  it.each(['maxent', 'huang2021'] as const)('%s gives the same reward for the same input', async (method) => {
    const once = await learnReward(sources, { ...quick, method });
    const twice = await learnReward(sources, { ...quick, method });
    expect(formatReward(twice.reward)).toBe(formatReward(once.reward));
    const reseeded = await learnReward(sources, { ...quick, method, seed: 5 });
    expect(reseeded.reward.features).not.toEqual(once.reward.features);
  });

  it('keeps the published collision weight and converges on demand with huang2021', async () => {
    const { reward } = await learnReward(sources, { method: 'huang2021', converged: true });
    expect(reward.features.find((term) => term.name === 'huangCollision')!.weight).toBe(-10);
    expect(reward.fit.gradientNorm).toBeLessThanOrEqual(1e-8);
    expect(reward.fit.candidatesPerScene).toBe(30);
  });

  it('repeats the defects of the published code on demand, and says so in the reward', async () => {
    const asPublished = await learnReward(sources, { method: 'huang2021' });
    const { reward, summary } = await learnReward(sources, { method: 'huang2021', asCoded: true });
    expect(reward.learner.options).toMatchObject({ asCoded: true, converged: false });
    const dropped = Number(reward.learner.options['dropped']);
    expect(summary.scenes).toBe(asPublished.summary.scenes - dropped);
    // Set before each step, and then moved by it.
    const collision = reward.features.find((term) => term.name === 'huangCodedCollision')!.weight;
    expect(collision).not.toBe(-10);
    expect(Math.abs(collision + 10)).toBeLessThanOrEqual(0.0501);
    // Sums over fifty steps instead of means, and the maximum of one scene instead of all.
    const scaleOf = (terms: readonly { readonly name: string; readonly scale: number }[], name: string) =>
      terms.find((term) => term.name === name)!.scale;
    const speed = scaleOf(asPublished.reward.features, 'huangEfficiency');
    expect(scaleOf(reward.features, 'huangCodedEfficiency')).toBeLessThanOrEqual(50 * speed * (1 + 1e-12));
    await expect(learnReward(sources, { method: 'huang2021', asCoded: true, converged: true })).rejects.toThrow(
      'expected one, as the published code does not converge',
    );
  });

  it('tells its progress, lets the caller breathe, and stops when asked', async () => {
    const seen: LearningProgress[] = [];
    let breaths = 0;
    await learnReward(sources, {
      ...quick,
      onProgress: (progress) => seen.push(progress),
      breathe: async () => {
        breaths++;
      },
    });
    expect(seen[0]).toEqual({ stage: 'scenes', done: 0, total: 12 });
    expect(seen.at(-1)!.stage).toBe('fit');
    // Every eight scenes, of 12 when they are gathered and of 24 in the two refinements.
    expect(breaths).toBe(2 + 3);
    const controller = new AbortController();
    const stopped = learnReward(sources, {
      ...quick,
      signal: controller.signal,
      breathe: async () => controller.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
  });

  it('matches the agent unless told otherwise', async () => {
    const source = { recording: styleRecording('calm', 'dense@1#3', 120), hash: 'd'.repeat(64) };
    const { reward, summary } = await learnReward([source], {
      candidates: 30,
      strideTicks: 20,
      rollouts: 2,
      rounds: 1,
    });
    expect(summary.method).toBe('closed-loop');
    expect(summary.insteadOf).toBeUndefined();
    expect(summary.closedLoop!.starts).toBe(2);
    expect(reward.learner.name).toBe('closed-loop');
  });

  it('does with maxent where the agent cannot drive on, and says so and why, unless closed-loop is asked for', async () => {
    const { reward, summary } = await learnReward(sources, { candidates: 60 });
    expect(summary.method).toBe('maxent');
    expect(summary.insteadOf!.method).toBe('closed-loop');
    expect(summary.insteadOf!.because).toMatch(/cannot drive on from 2 of 2 recordings \(Ada: it has no commands/);
    expect(reward.learner).toMatchObject({
      name: 'maxent',
      options: { insteadOf: 'closed-loop', because: summary.insteadOf!.because },
    });
    const plain = await learnReward(sources, quick);
    expect(reward.features).toEqual(plain.reward.features);
    expect(plain.reward.learner.options).not.toHaveProperty('insteadOf');
    const asked = await learnReward(sources, { method: 'closed-loop', candidates: 30, rollouts: 2, rounds: 1 });
    expect(asked.summary.method).toBe('closed-loop');
  });

  it('says why there is nothing to learn from', async () => {
    const short = { recording: steadyRecording({ ticks: 30 }), hash: 'd'.repeat(64) };
    await expect(learnReward([short])).rejects.toThrow(/no window of 1 recordings can be used \(too short 1/);
  });
});
