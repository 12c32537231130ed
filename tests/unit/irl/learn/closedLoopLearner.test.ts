import { describe, expect, it } from 'vitest';
import { createLearnedDriver } from '../../../../irl/agent/learnedDriver.ts';
import { UNDERSTUDY_FEATURES } from '../../../../irl/features/featureSet.ts';
import { membersOfMixture } from '../../../../irl/features/rewardOfDrive.ts';
import { demonstratedMotion } from '../../../../irl/features/sceneFromRecording.ts';
import { closedLoopMeans, columnMeans, personValues } from '../../../../irl/learn/closedLoopGaps.ts';
import type { MatchingRound } from '../../../../irl/learn/learningProgress.ts';
import { type LearningResult, learnReward } from '../../../../irl/learn/learnReward.ts';
import { formatReward, parseReward } from '../../../../irl/learn/rewardFile.ts';
import { rollOut } from '../../../../irl/learn/rollOut.ts';
import { possibleStarts, rolloutStarts } from '../../../../irl/learn/rolloutStarts.ts';
import type { Recording } from '../../../../recordings/recording.ts';
import type { Driver } from '../../../../sim/core/driver.ts';
import { handmadeReward } from '../../../fixtures/handmadeReward.ts';
import { steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';
import { styleRecording } from '../../../fixtures/irl/styleRecording.ts';

const brisk = styleRecording('brisk', 'dense@1#3', 200);
/** The same motion with a speed that swings by 0.25 m/s at 1 Hz, as of pedals that are pumped. */
const pumped = (recording: Recording): Recording => ({
  ...recording,
  ego: {
    ...recording.ego,
    sDot: recording.ego.sDot.map((v, row) => v + 0.25 * Math.sin((2 * Math.PI * row) / 60)),
  },
});
const source = { recording: brisk, hash: 'e'.repeat(64) };
const quick = { method: 'closed-loop' as const, candidates: 40, strideTicks: 20, rollouts: 4, rounds: 3 };

describe('rolloutStarts', () => {
  it('stands where the person stood, and continues as the person did under the same commands', () => {
    const starts = rolloutStarts([brisk], { count: 3, windows: 1 });
    expect(starts).toHaveLength(3);
    for (const { tick, enter } of starts) {
      const { input } = brisk;
      const replay: Driver = {
        name: 'replay',
        start() {},
        command(world, out) {
          const row = world.tick * 6 + world.substep;
          out.steer = input.steer[row]!;
          out.throttle = input.throttle[row]!;
          out.brake = input.brake[row]!;
          out.indicator = input.indicator[row]!;
        },
      };
      const rollout = rollOut(enter(), replay, 50);
      const person = demonstratedMotion(brisk, tick);
      for (let k = 0; k <= 50; k++) {
        expect(Math.abs(rollout.ego.s[k]! - person.s[k]!)).toBeLessThan(1e-3);
        expect(Math.abs(rollout.ego.d[k]! - person.d[k]!)).toBeLessThan(1e-3);
      }
    }
  });

  it('gives the same rollout every time it is entered', () => {
    const [first, second] = rolloutStarts([brisk], { count: 2, windows: 1 });
    const driver = createLearnedDriver(handmadeReward(), { candidates: 40 });
    const once = rollOut(first!.enter(), driver, 20);
    rollOut(second!.enter(), driver, 20);
    const again = rollOut(first!.enter(), driver, 20);
    expect([...again.ego.s]).toEqual([...once.ego.s]);
    expect(again.traffic.at(-1)).toEqual(once.traffic.at(-1));
  });

  it('represents lane changes as often as they are, however few starts', () => {
    const steady = steadyRecording({ ticks: 400 });
    const d = steady.ego.d.slice();
    const from = steady.ego.rowsPerTick * 340;
    const changing = { ...steady, ego: { ...steady.ego, d: d.map((at, row) => (row >= from ? at + 3.6 : at)) } };
    const crossing = ({ tick }: { readonly tick: number }) => tick < 340 && tick + 50 >= 340;
    const all = rolloutStarts([changing], { count: 1000, windows: 1 });
    const share = all.filter(crossing).length / all.length;
    expect(share).toBeGreaterThan(0.1);
    for (const count of [7, 10, 14]) {
      const starts = rolloutStarts([changing], { count, windows: 1 });
      expect(Math.abs(starts.filter(crossing).length - share * count), `${count} starts`).toBeLessThanOrEqual(1);
    }
  });

  it('replays the traffic of drives without commands', () => {
    const steady = steadyRecording({ ticks: 120, others: [{ s: 535, d: -5, sDot: 21 }] });
    const [start] = rolloutStarts([steady], { count: 1, windows: 1 });
    const { ego } = start!.enter();
    expect(ego.s).toBeCloseTo(steady.ego.s[start!.tick]!, 2);
    expect(ego.sDot).toBeCloseTo(steady.ego.sDot[start!.tick]!, 2);
  });

  it('refuses recordings that are too short', () => {
    expect(() => rolloutStarts([steadyRecording({ ticks: 60 })], { count: 4, windows: 2 })).toThrow(
      /no recording has 2 usable windows of 5 s in a row/,
    );
  });
});

describe('closed-loop', () => {
  it('reports the gaps it leaves, and never ends farther from the person than maxent', async () => {
    const { reward, summary, terms } = await learnReward([source], quick);
    const report = summary.closedLoop!;
    expect(reward.learner.name).toBe('closed-loop');
    expect(report.starts).toBe(4);
    expect(report.rounds).toBeLessThanOrEqual(3);
    const capped = (gap: number) => Math.asinh(gap / 0.25) ** 2;
    const squares = (key: 'atStart' | 'gap') => report.gaps.reduce((sum, one) => sum + capped(one[key]), 0);
    expect(squares('gap')).toBeLessThanOrEqual(squares('atStart'));
    expect(report.unmatched).toEqual(report.gaps.filter((one) => Math.abs(one.gap) > 0.1).map((one) => one.name));
    expect(report.ended === 'matched').toBe(report.unmatched.length === 0);
    for (const { name, gap, why, standardError } of report.gaps) {
      expect(why === '', name).toBe(Math.abs(gap) <= 0.1);
      expect(standardError, name).toBeGreaterThanOrEqual(0);
    }
    // The person's means lie between those of the starts and those of all its driving; the gaps are to them.
    const moments = { windows: 1, strideTicks: 20 };
    const means = [rolloutStarts([brisk], { count: 4, ...moments }), possibleStarts([brisk], moments)].map((of) =>
      columnMeans(personValues(of, 1, UNDERSTUDY_FEATURES), UNDERSTUDY_FEATURES.specs.length),
    );
    for (const [column, term] of terms.entries()) {
      const [low, high] = means.map((mean) => mean[column]!).sort((a, b) => a - b);
      expect(term.personMean, term.name).toBeGreaterThanOrEqual(low! - 1e-12);
      expect(term.personMean, term.name).toBeLessThanOrEqual(high! + 1e-12);
      const gap = report.gaps.find((one) => one.name === term.name);
      if (gap) expect((term.modelMean - term.personMean) / term.scale).toBeCloseTo(gap.gap, 8);
    }
    // What maxent found against expectation is told only of weights that still are.
    for (const name of summary.unexpectedSigns!) {
      const { expectedSign } = UNDERSTUDY_FEATURES.specs.find((spec) => spec.name === name)!;
      expect(reward.features.find((term) => term.name === name)!.weight * expectedSign, name).toBeLessThan(0);
    }
    expect(reward.learner.options['unexpectedSigns'] ?? '').toBe(summary.unexpectedSigns!.join(' '));
    // Nobody likes jerk.
    for (const name of ['longitudinalJerkSquared', 'laneOffsetSquared', 'lateralSpeedSquared']) {
      expect(reward.features.find((term) => term.name === name)!.weight, name).toBeLessThanOrEqual(0);
    }
  });

  it('mixes the agents it tried where none matches alone, and says what the mixture leaves open', async () => {
    const { reward, summary, terms } = await learnReward([source], {
      ...quick,
      rollouts: 2,
      rounds: 4,
      tolerance: 1e-3,
    });
    const { gaps, mixture } = summary.closedLoop!;
    const members = summary.mixedAgents!;
    expect(mixture!.agents).toBe(members.length);
    expect(parseReward(formatReward(reward)).mixture).toEqual(members);
    expect(members.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    const length = (of: readonly { readonly gap: number }[]) => Math.hypot(...of.map(({ gap }) => gap));
    expect(length(mixture!.gaps)).toBeLessThanOrEqual(length(gaps) + 1e-12);
    expect(mixture!.unmatched).toEqual(mixture!.gaps.filter(({ gap }) => Math.abs(gap) > 1e-3).map(({ name }) => name));
    // The gaps are those of the agents driven again, each in its share of the drives.
    const starts = rolloutStarts([brisk], { count: 2, windows: 1, strideTicks: 20 });
    const personOf = personValues(starts, 1, UNDERSTUDY_FEATURES);
    const mixed = new Float64Array(terms.length);
    const { mixture: _, ...single } = reward;
    for (const { share, weights } of members) {
      const features = single.features.map((term, i) => ({ ...term, weight: weights[i]! }));
      const driver = createLearnedDriver({ ...single, features }, { candidates: 40 });
      const { agent } = await closedLoopMeans(starts, 1, driver, UNDERSTUDY_FEATURES, personOf);
      for (const [column, value] of agent.entries()) mixed[column]! += share * value;
    }
    for (const { name, gap } of mixture!.gaps) {
      const column = terms.findIndex((term) => term.name === name);
      const { personMean, scale } = terms[column]!;
      expect((mixed[column]! - personMean) / scale, name).toBeCloseTo(gap, 8);
    }
  });

  it('keeps to the single agent where a mixture lessens a gap that nothing closes, and opens others', async () => {
    const sizes = (gaps: readonly { readonly gap: number }[]) =>
      gaps.reduce((sum, { gap }) => sum + Math.asinh(gap / 0.25) ** 2, 0);
    const options = { ...quick, rollouts: 8, rounds: 12 };
    const { reward, summary } = await learnReward([{ recording: pumped(brisk), hash: 'f'.repeat(64) }], options);
    const { gaps, ended, mixture } = summary.closedLoop!;
    // No agent has the jerk of somebody who pumps the pedals.
    expect(gaps.find(({ name }) => name === 'longitudinalJerkSquared')!.gap).toBeLessThan(-3);
    expect(ended).not.toBe('matched');
    if (mixture) expect(sizes(mixture.gaps)).toBeLessThan(sizes(gaps));
    // It goes on as fast as the person, whichever agent drives.
    for (const { reward: member } of membersOfMixture(reward)) {
      const [start] = rolloutStarts([brisk], { count: 1, windows: 1 });
      const { ego } = rollOut(start!.enter(), createLearnedDriver(member, { candidates: 40 }), 150);
      expect(ego.sDot.at(-1)! / ego.sDot[0]!).toBeGreaterThan(0.7);
    }
  });

  it('mixes nothing where one agent matches', async () => {
    const { reward, summary } = await learnReward([source], { ...quick, tolerance: 50 });
    expect(summary.closedLoop!.ended).toBe('matched');
    expect(summary.closedLoop!.mixture).toBeUndefined();
    expect(summary.mixedAgents).toBeUndefined();
    expect(reward.mixture).toBeUndefined();
  });

  it('gives the same reward for the same input, and stops when asked', async () => {
    const once = await learnReward([source], { ...quick, rollouts: 2, rounds: 2 });
    const twice = await learnReward([source], { ...quick, rollouts: 2, rounds: 2 });
    expect(twice.reward).toEqual(once.reward);
    const controller = new AbortController();
    const stopped = learnReward([source], {
      ...quick,
      signal: controller.signal,
      onProgress: ({ stage, done, total }) => {
        if (stage === 'fit' && total > 0 && done === 1) controller.abort(new Error('enough'));
      },
    });
    await expect(stopped).rejects.toThrow('enough');
  });

  it('gives the weights of maxent before the agent drives, and tells how each round went', async () => {
    const rounds: MatchingRound[] = [];
    const found: LearningResult[] = [];
    const { summary } = await learnReward([source], {
      ...quick,
      onRound: (round) => rounds.push(round),
      onMaxent: (result) => {
        expect(rounds).toEqual([]);
        found.push(result);
      },
    });
    const maxent = await learnReward([source], { ...quick, method: 'maxent' });
    expect(found).toEqual([maxent]);
    const report = summary.closedLoop!;
    expect(rounds.map(({ round }) => round)).toEqual(Array.from({ length: report.rounds }, (_, i) => i + 1));
    const atStart = report.gaps.map((one) => Math.abs(one.atStart));
    const largest = atStart.indexOf(Math.max(...atStart));
    expect(rounds[0]).toMatchObject({ rounds: 3, tolerance: 0.1, feature: report.gaps[largest]!.name });
    expect(rounds[0]!.largestGap).toBeCloseTo(atStart[largest]!, 12);
  });

  it('keeps the best so far when its caller has had enough', async () => {
    const afterRound = new AbortController();
    const second = await learnReward([source], {
      ...quick,
      tolerance: 1e-6,
      enough: afterRound.signal,
      onRound: () => afterRound.abort(),
    });
    // One round: the agent under the weights of maxent, none of which it may like against its nature.
    const { closedLoop, method } = second.summary;
    expect([method, closedLoop!.rounds, closedLoop!.ended]).toEqual(['closed-loop', 1, 'stopped']);
    for (const { gap, atStart } of closedLoop!.gaps) expect(gap).toBe(atStart);
    expect(second.reward.learner.options['ended']).toBe('stopped');

    const atOnce = new AbortController();
    const first = await learnReward([source], {
      ...quick,
      enough: atOnce.signal,
      onMaxent: () => atOnce.abort(),
    });
    const because = 'it was stopped before the first round of rollouts was over';
    expect(first.summary).toMatchObject({ method: 'maxent', insteadOf: { method: 'closed-loop', because } });
    expect(first.reward.learner).toMatchObject({ name: 'maxent', options: { insteadOf: 'closed-loop', because } });
  });

  it('refuses numbers that mean nothing', async () => {
    await expect(learnReward([source], { ...quick, rounds: 0 })).rejects.toThrow(/rounds is 0; expected an integer/);
    await expect(learnReward([source], { ...quick, tolerance: 0 })).rejects.toThrow(/tolerance is 0; expected > 0/);
  });
});
