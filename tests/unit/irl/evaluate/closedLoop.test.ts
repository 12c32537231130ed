import { describe, expect, it } from 'vitest';
import { type ClosedLoopScore, evaluateClosedLoop } from '../../../../irl/evaluate/closedLoop.ts';
import { HUANG_FEATURE_SET } from '../../../../irl/features/featureSet.ts';
import type { Reward } from '../../../../irl/features/reward.ts';
import type { Recording } from '../../../../recordings/recording.ts';
import { handmadeReward } from '../../../fixtures/handmadeReward.ts';
import { steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';
import { styleRecording } from '../../../fixtures/irl/styleRecording.ts';
import { centreOf } from '../../../fixtures/irl/trafficScene.ts';

const driven = [3, 4].map((seed) => styleRecording('idm-mobil', `dense@1#${seed}`, 150));
const calm = handmadeReward({ speed: 6, speedSquared: -4.5 });
const quick = { candidates: 40, starts: 6 };
const gapOf = ({ gaps }: Pick<ClosedLoopScore, 'gaps'>, name: string) => gaps.find((one) => one.name === name)!;

describe('evaluateClosedLoop', () => {
  it('finds the driver of the drives to be nearest, and everybody to be where the persons were', async () => {
    const score = await evaluateClosedLoop(calm, driven, quick);
    expect(score).toMatchObject({ starts: 6, windows: 1, drives: 2, drivers: 1, inReplayedTraffic: 0, agents: 1 });
    const { idmMobil, constantVelocity } = score.baselines;
    expect(idmMobil.largestGap).toBeLessThan(constantVelocity.largestGap);
    expect(idmMobil.largestGap).toBeLessThan(score.largestGap);
    for (const name of ['speed', 'speedSquared', 'headwayRisk']) {
      expect(Math.abs(gapOf(idmMobil, name).gap), name).toBeLessThan(0.01);
    }
    for (const drove of [score, idmMobil, constantVelocity]) {
      const { gaps, largestGap, largestGapOf, rootMeanSquare } = drove;
      expect(largestGap).toBe(Math.abs(gapOf(drove, largestGapOf).gap));
      expect(largestGap).toBe(Math.max(...gaps.map(({ gap }) => Math.abs(gap))));
      expect(rootMeanSquare).toBeLessThanOrEqual(largestGap);
      for (const { name, person, gap, interval } of gaps) {
        expect(person, name).toBe(gapOf(score, name).person);
        expect(interval![0], name).toBeLessThanOrEqual(gap + 1e-12);
        expect(interval![1], name).toBeGreaterThanOrEqual(gap - 1e-12);
      }
    }
    expect(await evaluateClosedLoop(calm, driven, quick)).toEqual(score);
  });

  it('sees an agent that drives more slowly than the person as slower, and none that drives as fast', async () => {
    const alone = [styleRecording('idm-mobil', 'free-flow@1#3', 150)];
    const speeds = [0.5, 1].map((wished) => handmadeReward({ speed: 2 * wished * 20, speedSquared: -20 }));
    const [slower, same] = await Promise.all(speeds.map((reward) => evaluateClosedLoop(reward, alone, quick)));
    expect(gapOf(slower!, 'speed').gap).toBeLessThan(-0.05);
    expect(Math.abs(gapOf(same!, 'speed').gap)).toBeLessThan(0.02);
  });

  it('measures gaps in the scales of the reward, and leaves out what it has no scale for', async () => {
    const scaled = (scale: number): Reward => ({
      ...calm,
      learner: { name: 'test', options: { unexcited: 'auxiliaryLane leftmostLane' } },
      features: calm.features.map((term) => ({ ...term, scale, weight: term.weight * scale })),
    });
    const [one, half] = await Promise.all([1, 0.5].map((scale) => evaluateClosedLoop(scaled(scale), driven, quick)));
    expect(one!.unexcited).toEqual(['auxiliaryLane', 'leftmostLane']);
    expect(one!.gaps.map(({ name }) => name)).not.toContain('leftmostLane');
    for (const { name, gap } of one!.gaps) expect(gapOf(half!, name).gap, name).toBeCloseTo(2 * gap, 9);
  });

  it('takes of a mixture every agent in its share', async () => {
    const slow = handmadeReward({ speed: 2, speedSquared: -10 });
    const weights = [calm, slow].map(({ features }) => features.map(({ weight }) => weight));
    const mixture = weights.map((of, k) => ({ share: k === 0 ? 0.75 : 0.25, weights: of }));
    const mixed = await evaluateClosedLoop({ ...calm, mixture }, driven, quick);
    const alone = await Promise.all([calm, slow].map((reward) => evaluateClosedLoop(reward, driven, quick)));
    expect(mixed.agents).toBe(2);
    for (const { name, gap } of mixed.gaps) {
      const expected = 0.75 * gapOf(alone[0]!, name).gap + 0.25 * gapOf(alone[1]!, name).gap;
      expect(gap, name).toBeCloseTo(expected, 9);
    }
  });

  it('drives on from nothing that a drive shares with one the reward has seen', async () => {
    const [drive] = driven as [Recording];
    const branch = { ...drive, metadata: { ...drive.metadata, branchTick: 60 } };
    const whole = await evaluateClosedLoop(calm, [branch], { ...quick, strideTicks: 10 });
    const rest = await evaluateClosedLoop(calm, [branch], { ...quick, strideTicks: 10, starts: 20, seen: [drive] });
    expect(whole).toMatchObject({ starts: 6, drives: 1 });
    // Windows of 5 s in 15 s, from 6 s on.
    expect(rest.starts).toBe(5);
    expect(rest.gaps.every(({ interval }) => interval === null)).toBe(true);
  });

  it('counts moments in traffic that only replays', async () => {
    const replayed = steadyRecording({ ticks: 120, others: [{ s: 570, d: centreOf(1), sDot: 20 }] });
    const score = await evaluateClosedLoop(calm, [replayed, driven[0]!], quick);
    expect(score.inReplayedTraffic).toBe(2);
    expect(score.drivers).toBe(2);
  });

  it('refuses what it cannot compare', async () => {
    const features = HUANG_FEATURE_SET.specs.map(({ name }) => ({ ...calm.features[0]!, name }));
    await expect(evaluateClosedLoop({ ...calm, features }, driven)).rejects.toThrow(
      'closed loop: the reward is over the features of huang2021; expected those of understudy',
    );
    const learner = { name: 'test', options: { unexcited: calm.features.map(({ name }) => name).join(' ') } };
    await expect(evaluateClosedLoop({ ...calm, learner }, driven)).rejects.toThrow(
      /has a scale for none of its features/,
    );
    await expect(evaluateClosedLoop(calm, driven, { starts: 0 })).rejects.toThrow(/starts is 0; expected an integer/);
    await expect(evaluateClosedLoop(calm, driven, { windows: 40 })).rejects.toThrow(
      /40 usable windows of 5 s in a row/,
    );
    const controller = new AbortController();
    controller.abort(new Error('stop'));
    await expect(evaluateClosedLoop(calm, driven, { signal: controller.signal })).rejects.toThrow('stop');
  });
});
