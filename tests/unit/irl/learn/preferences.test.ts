import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../../../irl/features/registry.ts';
import type { ChoiceData } from '../../../../irl/learn/choiceData.ts';
import { learnReward } from '../../../../irl/learn/learnReward.ts';
import { fitMaxent } from '../../../../irl/learn/maxent.ts';
import { formatPreferences, parsePreferences } from '../../../../irl/learn/preferenceFile.ts';
import { addPreference, NO_PREFERENCES, preferredDifferences } from '../../../../irl/learn/preferences.ts';
import { preferenceTerm } from '../../../../irl/learn/preferenceTerm.ts';
import { findFamily } from '../../../../scenarios/registry.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';
import { type SteadyRecordingOptions, steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';
import { syntheticChoices } from '../../../fixtures/irl/syntheticChoices.ts';
import { centreOf } from '../../../fixtures/irl/trafficScene.ts';

/** A scene without alternatives: it says nothing, so that preferences are alone. */
const SILENT: ChoiceData = {
  scenes: 1,
  columns: 4,
  start: Int32Array.of(0, 1),
  values: new Float64Array(4),
  logWeight: new Float64Array(1),
};

/** Differences of pairs that somebody with these weights has judged by the Bradley-Terry model. */
function judged(theta: readonly number[], pairs: number, seed: number): Float64Array[] {
  const stream = createRandomStream(seed, 'pairs');
  return Array.from({ length: pairs }, () => {
    const x = Float64Array.from(theta, () => stream.normal());
    const margin = theta.reduce((sum, weight, i) => sum + weight * x[i]!, 0);
    return stream.uniform() < 1 / (1 + Math.exp(-margin)) ? x : x.map((value) => -value);
  });
}

function evaluated(differences: readonly Float64Array[], theta: readonly number[]) {
  const n = theta.length;
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  const value = preferenceTerm(differences)(Float64Array.from(theta), gradient, hessian, 0.4);
  return { value, gradient, hessian };
}

describe('preferenceTerm', () => {
  it('has the gradient and the Hessian of finite differences', () => {
    const pairs = judged([1, -1, 0.5], 7, 1);
    const theta = [0.3, -0.8, 1.2];
    const here = evaluated(pairs, theta);
    const h = 1e-5;
    for (let i = 0; i < 3; i++) {
      const moved = (by: number) =>
        evaluated(
          pairs,
          theta.map((value, k) => value + (k === i ? by : 0)),
        );
      expect((moved(h).value - moved(-h).value) / (2 * h)).toBeCloseTo(here.gradient[i]!, 8);
      for (let k = 0; k < 3; k++) {
        expect((moved(h).gradient[k]! - moved(-h).gradient[k]!) / (2 * h)).toBeCloseTo(here.hessian[i * 3 + k]!, 8);
      }
    }
  });

  it('recovers a planted direction from preferences alone', () => {
    const planted = [1.5, -1, 0, 2];
    const { theta } = fitMaxent(SILENT, { terms: [preferenceTerm(judged(planted, 400, 3))] });
    const dot = planted.reduce((sum, weight, i) => sum + weight * theta[i]!, 0);
    expect(dot / Math.hypot(...planted) / Math.hypot(...theta)).toBeGreaterThan(0.98);
  });

  it('moves the weight it is about, and hardly those that demonstrations decide', () => {
    // The demonstrations know three weights; nothing in them depends on the fourth.
    const data = syntheticChoices(new Array(120).fill([1, -1, 0.5, 0]), 5);
    for (let at = 3; at < data.values.length; at += 4) data.values[at] = 0;
    const about = Array.from({ length: 6 }, () => Float64Array.of(0, 0, 0, 1));
    const before = fitMaxent(data, { priorSd: 3 });
    const after = fitMaxent(data, { priorSd: 3, terms: [preferenceTerm(about)] });
    expect(before.theta[3]).toBeCloseTo(0, 9);
    expect(after.theta[3]).toBeGreaterThan(1);
    expect(after.sd[3]).toBeLessThan(before.sd[3]!);
    for (let i = 0; i < 3; i++) expect(after.theta[i]).toBeCloseTo(before.theta[i]!, 6);
  });

  it('stays convex when preferences contradict each other, and when they are separable or huge', () => {
    const x = Float64Array.of(1, 2, -1, 0.5);
    const both = fitMaxent(SILENT, { terms: [preferenceTerm([x, x.map((value) => -value)])] });
    expect(Math.hypot(...both.theta)).toBeLessThan(1e-6);
    const agreeing = fitMaxent(SILENT, { terms: [preferenceTerm(new Array(50).fill(x))] });
    expect(agreeing.gradientNorm).toBeLessThanOrEqual(1e-8);
    const huge = evaluated([Float64Array.of(1e4, -1e4)], [1, -1]);
    expect([huge.value, ...huge.gradient, ...huge.hessian].every(Number.isFinite)).toBe(true);
    const stream = createRandomStream(4, 'directions');
    const { hessian } = evaluated(judged([1, 0, -1], 20, 8), [0.2, 3, -1]);
    for (let n = 0; n < 50; n++) {
      const v = [stream.normal(), stream.normal(), stream.normal()];
      let curvature = 0;
      for (let i = 0; i < 3; i++) for (let k = 0; k < 3; k++) curvature += v[i]! * hessian[i * 3 + k]! * v[k]!;
      expect(curvature).toBeGreaterThan(0);
    }
  });
});

const drive = (hash: string, options: Partial<SteadyRecordingOptions> = {}) => ({
  recording: steadyRecording({ ticks: 120, others: [{ s: 560, d: centreOf(1), sDot: 21 }], ...options }),
  hash: hash.repeat(64),
});
const smooth = drive('a');
const rough = drive('b', { acceleration: (t) => Math.sin(6 * t) });

describe('addPreference', () => {
  it('keeps what was executed in whole windows, and can be written and read back', () => {
    const one = addPreference(NO_PREFERENCES, smooth, rough, { chosen: 'b', fromTick: 10 });
    expect(one.preferences[0]).toMatchObject({ scenarioId: 'test@1#0', fromTick: 10, toTick: 110, chosen: 'b' });
    const jerk = FEATURES.findIndex(({ name }) => name === 'longitudinalJerkSquared');
    const { a, b } = one.preferences[0]!;
    expect(a.values[jerk]).toBeCloseTo(0, 9);
    expect(b.values[jerk]).toBeGreaterThan(5);
    expect(preferredDifferences(one)[0]![jerk]).toBeCloseTo(b.values[jerk]! - a.values[jerk]!, 12);
    expect(NO_PREFERENCES.preferences).toEqual([]);
    const two = addPreference(one, smooth, rough, { chosen: 'a', toTick: 60 });
    expect(two.preferences).toHaveLength(2);
    expect(parsePreferences(formatPreferences(two))).toEqual(two);
  });

  it('refuses what cannot be compared', () => {
    const one = addPreference(NO_PREFERENCES, smooth, rough, { chosen: 'b' });
    const elsewhere = drive('c');
    const moved = {
      ...elsewhere,
      recording: { ...elsewhere.recording, metadata: { ...elsewhere.recording.metadata, scenarioId: 'test@1#9' } },
    };
    const crashed = drive('d', { events: [{ tick: 30, kind: 'collision', other: -1, impact: 2 }] });
    const add =
      (...args: Parameters<typeof addPreference>) =>
      () =>
        addPreference(...args);
    expect(add(one, smooth, moved, { chosen: 'a' })).toThrow(/of test@1#0 and test@1#9; expected two drives of one/);
    expect(add(one, smooth, smooth, { chosen: 'a' })).toThrow(/same file/);
    expect(add(one, smooth, elsewhere, { chosen: 'a', toTick: 60 })).toThrow(
      /both drives are the same from 0 s to 5 s/,
    );
    const scenarioFamily = findFamily('free-flow');
    const redefined = {
      ...rough,
      recording: { ...rough.recording, metadata: { ...rough.recording.metadata, scenarioFamily } },
    };
    expect(add(one, smooth, redefined, { chosen: 'a' })).toThrow(/of two definitions of test@1#0/);
    expect(add(one, smooth, rough, { chosen: 'a', toTick: 40 })).toThrow(/from 0 s to 4 s; expected at least 5 s/);
    expect(add(one, smooth, rough, { chosen: 'a', toTick: 121 })).toThrow(
      /not in both drives; expected a stretch of 0 to 12 s/,
    );
    expect(add(one, smooth, crashed, { chosen: 'a' })).toThrow(/drive b collides at tick 30/);
    // The same judgement, also with the drives exchanged; its opposite may be added.
    expect(add(one, rough, smooth, { chosen: 'a' })).toThrow(/is number 1 already/);
    expect(addPreference(one, smooth, rough, { chosen: 'a' }).preferences).toHaveLength(2);
  });

  it('refuses files of other features', () => {
    const text = formatPreferences(addPreference(NO_PREFERENCES, smooth, rough, { chosen: 'b' }));
    expect(() => parsePreferences(text.replace('"speed"', '"luck"'))).toThrow(
      /features\[0\]: found "luck"; expected "speed"/,
    );
    expect(() => parsePreferences(text.replace('"featureSetVersion": 1', '"featureSetVersion": 2'))).toThrow(
      /featureSetVersion: found 2/,
    );
    expect(() => parsePreferences(text.replace(/"values": \[\s*[^,]*,/, '"values": ['))).toThrow(
      /values: found 16; expected 17 values/,
    );
  });
});

describe('learning with preferences', () => {
  it('changes the reward towards what was preferred, and says how many it agrees with', async () => {
    // One prior for all, so that they differ in the preference only.
    const quick = { candidates: 60, priorSd: 10 };
    const sources = [drive('e', { acceleration: (t) => 0.5 * Math.sin(t), ticks: 100 })];
    const weight = async (chosen?: 'a' | 'b') => {
      const preferences =
        chosen === undefined ? {} : { preferences: addPreference(NO_PREFERENCES, smooth, rough, { chosen }) };
      const { reward, summary } = await learnReward(sources, { ...quick, ...preferences });
      return { jerk: reward.features.find(({ name }) => name === 'longitudinalJerkSquared')!.weight, summary };
    };
    const [without, preferSmooth, preferRough] = [await weight(), await weight('a'), await weight('b')];
    expect(preferRough.jerk).toBeGreaterThan(without.jerk);
    // Smoothness was clear from the driving: nothing is left to learn beyond what the fit resolves.
    expect(preferSmooth.jerk).toBeLessThan(without.jerk + 1e-6);
    expect(preferSmooth.summary.preferences).toEqual({ count: 1, agreed: 1 });
    expect(without.summary.preferences).toBeUndefined();
    expect(preferRough.summary.gradientNorm).toBeLessThanOrEqual(1e-8);
  });
});
