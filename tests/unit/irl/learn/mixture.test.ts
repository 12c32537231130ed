import { describe, expect, it } from 'vitest';
import { selectedScenes } from '../../../../irl/learn/choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from '../../../../irl/learn/choiceLikelihood.ts';
import { chooseStyles } from '../../../../irl/learn/chooseStyles.ts';
import { kMeans } from '../../../../irl/learn/kMeans.ts';
import { fitMaxent } from '../../../../irl/learn/maxent.ts';
import { fitMixture } from '../../../../irl/learn/mixture.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';
import { syntheticChoices } from '../../../fixtures/irl/syntheticChoices.ts';

const STYLES = [
  [1.5, -1, 0, 0.8, 0],
  [-0.5, 1.2, 1, 0, 0.5],
  [0, 0.3, -1.5, -1, 1],
];

/** `drivers` drivers of each style, taking turns, `each` scenes a driver. */
function planted(styles: readonly (readonly number[])[], drivers: number, each: number, seed: number) {
  const units = styles.length * drivers;
  const unitOf = Array.from({ length: units * each }, (_, scene) => Math.floor(scene / each));
  const styleOf = (unit: number) => unit % styles.length;
  return {
    data: syntheticChoices(
      unitOf.map((unit) => styles[styleOf(unit)]!),
      seed,
    ),
    unitOf,
    units,
    styleOf,
  };
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return dot / Math.sqrt(aa * bb);
}

describe('scene weights', () => {
  it('count a scene as often as they say, in value, gradient, Hessian and posterior', () => {
    const data = syntheticChoices([STYLES[0]!, STYLES[1]!, STYLES[2]!], 5);
    const theta = Float64Array.of(0.3, -0.2, 0.5, 0.1, -0.4);
    const [weighted, repeated] = [emptyLikelihood(5), emptyLikelihood(5)];
    const sceneWeights = Float64Array.of(2, 0, 1);
    choiceLikelihood({ ...data, sceneWeights }, theta, weighted, true);
    const copies = selectedScenes(data, [0, 0, 2]);
    choiceLikelihood(copies, theta, repeated, true);
    expect(weighted.value).toBeCloseTo(repeated.value, 12);
    for (let i = 0; i < 25; i++) expect(weighted.hessian[i]).toBeCloseTo(repeated.hessian[i]!, 12);
    const [a, b] = [fitMaxent({ ...data, sceneWeights }), fitMaxent(copies)];
    for (let i = 0; i < 5; i++) {
      expect(a.theta[i]).toBeCloseTo(b.theta[i]!, 7);
      expect(a.sd[i]).toBeCloseTo(b.sd[i]!, 7);
    }
  });
});

describe('fitMaxent from a given start', () => {
  it('converges to the same weights from any start, also of nearly separable choices', () => {
    for (let seed = 0; seed < 30; seed++) {
      const theta = [[0, 0, 0], STYLES[0]!.slice(0, 3), [20, -30, 10]][seed % 3]!;
      const data = syntheticChoices(new Array<number[]>(6).fill(theta), seed, 4);
      const start = Float64Array.from(theta, (value, i) => -5 * value + (i - 1) * (seed % 7) * 8);
      const [far, near] = [fitMaxent(data, { start }), fitMaxent(data)];
      expect(far.gradientNorm).toBeLessThanOrEqual(1e-8);
      for (let i = 0; i < 3; i++) expect(far.theta[i]).toBeCloseTo(near.theta[i]!, 4);
    }
  });
});

describe('fitMixture', () => {
  it.each([2, 3])('finds %s planted styles again, and who drives how', (count) => {
    const styles = STYLES.slice(0, count);
    const { data, unitOf, units, styleOf } = planted(styles, 8, 25, 11);
    const { fits, responsibilities, shares } = fitMixture(data, unitOf, { styles: count });
    // Match up to the order of the styles.
    const found = styles.map((theta) => {
      const each = fits.map((fit) => cosine(fit.theta, theta));
      return each.indexOf(Math.max(...each));
    });
    expect(new Set(found).size).toBe(count);
    for (const [planted, k] of found.entries()) expect(cosine(fits[k]!.theta, styles[planted]!)).toBeGreaterThan(0.97);
    for (let unit = 0; unit < units; unit++) {
      expect(responsibilities[unit]![found[styleOf(unit)]!], `driver ${unit}`).toBeGreaterThan(0.9);
      expect(responsibilities[unit]!.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    }
    for (const share of shares) expect(share).toBeCloseTo(1 / count, 1);
    expect([...shares]).toEqual([...shares].sort((a, b) => b - a));
  });

  it('never loses likelihood from round to round, from any start', () => {
    for (let seed = 0; seed < 6; seed++) {
      const { data, unitOf } = planted(STYLES, 4, 6, 100 + seed);
      const { history } = fitMixture(data, unitOf, { styles: 3, restarts: 1, seed, sceneWeight: 0.5, priorSd: 3 });
      expect(history.length).toBeGreaterThan(2);
      for (let i = 1; i < history.length; i++) expect(history[i]! - history[i - 1]!).toBeGreaterThan(-1e-9);
    }
  });

  it('keeps the best of its starts', () => {
    const { data, unitOf } = planted(STYLES, 5, 8, 7);
    const { history, ends } = fitMixture(data, unitOf, { styles: 3, restarts: 6 });
    expect(ends).toHaveLength(6);
    expect(history.at(-1)).toBe(Math.max(...ends));
  });

  it('is maxent itself with one style', () => {
    const { data, unitOf } = planted(STYLES, 3, 6, 3);
    const { fits, shares } = fitMixture(data, unitOf, { styles: 1, sceneWeight: 0.2 });
    expect([...shares]).toEqual([1]);
    const maxent = fitMaxent(data, { sceneWeight: 0.2 });
    for (let i = 0; i < 5; i++) expect(fits[0]!.theta[i]).toBeCloseTo(maxent.theta[i]!, 6);
  });

  it('takes no notice of scenes that do not count', () => {
    const { data, unitOf, units } = planted(STYLES.slice(0, 2), 5, 20, 21);
    const kept = unitOf.map((unit) => (unit < units - 2 ? 1 : 0));
    const masked = fitMixture({ ...data, sceneWeights: Float64Array.from(kept) }, unitOf, { styles: 2 });
    const scenes = kept.flatMap((one, scene) => (one === 1 ? [scene] : []));
    const alone = fitMixture(
      selectedScenes(data, scenes),
      scenes.map((scene) => unitOf[scene]!),
      { styles: 2 },
    );
    for (let i = 0; i < 5; i++) expect(masked.fits[0]!.theta[i]).toBeCloseTo(alone.fits[0]!.theta[i]!, 4);
  });

  it('refuses more styles than drivers', () => {
    const { data, unitOf } = planted(STYLES, 1, 4, 3);
    expect(() => fitMixture(data, unitOf, { styles: 4 })).toThrow(/4 styles of 3 drivers; expected 1 to 3/);
  });
});

describe('chooseStyles', () => {
  it.each([1, 2, 3])('finds that there are %s', (count) => {
    const { data, unitOf } = planted(STYLES.slice(0, count), 12 / count, 15, 40 + count);
    const numbers = [1, 2, 3, 4].slice(0, count + 1);
    const { chosen, tried } = chooseStyles(data, unitOf, numbers, { restarts: 2 });
    expect(chosen).toBe(count);
    expect(tried.map(({ styles }) => styles)).toEqual(numbers);
    expect(Math.min(...tried.map(({ excess }) => excess))).toBe(0);
  });

  it('tries only what the drivers of a fold allow', () => {
    const { data, unitOf } = planted(STYLES.slice(0, 1), 4, 5, 3);
    expect(chooseStyles(data, unitOf, [1, 2, 9]).tried.map(({ styles }) => styles)).toEqual([1, 2]);
    expect(() => chooseStyles(data, unitOf, [8, 9])).toThrow(/4 drivers cannot tell between 8, 9 styles/);
  });
});

describe('kMeans', () => {
  it('finds clusters that are apart', () => {
    const stream = createRandomStream(1, 'points');
    const points = Array.from({ length: 30 }, (_, i) =>
      Float64Array.of((i % 3) * 10 + stream.normal(), stream.normal()),
    );
    const labels = kMeans(points, 3, createRandomStream(2, 'start'));
    for (const [i, label] of labels.entries()) expect(label).toBe(labels[i % 3]);
    expect(new Set(labels).size).toBe(3);
  });
});
