import { describe, expect, it } from 'vitest';
import { adam } from '../../../../irl/learn/adam.ts';
import { type ChoiceData, scaledChoices, selectedColumns } from '../../../../irl/learn/choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from '../../../../irl/learn/choiceLikelihood.ts';
import { choiceNll, meanChoiceNll } from '../../../../irl/learn/choiceNll.ts';
import { cholesky, inverseDiagonal, solveCholesky } from '../../../../irl/learn/cholesky.ts';
import { fitMaxent } from '../../../../irl/learn/maxent.ts';
import { quantile } from '../../../../irl/learn/quantile.ts';
import { standardise } from '../../../../irl/learn/standardisation.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';

/** Random choices with importance weights and scenes of different sizes. */
function randomChoices(scenes: number, columns: number, seed: number): ChoiceData {
  const stream = createRandomStream(seed, 'choices');
  const start = [0];
  for (let scene = 0; scene < scenes; scene++) start.push(start[scene]! + 2 + Math.floor(9 * stream.uniform()));
  const rows = start[scenes]!;
  return {
    scenes,
    columns,
    start: Int32Array.from(start),
    values: Float64Array.from({ length: rows * columns }, () => stream.normal()),
    logWeight: Float64Array.from({ length: rows }, () => 2 * stream.normal()),
  };
}

/**
 * Scenes of two options in one feature: the person's value is 1 and the other's 0 in `wins` of them, else the reverse.
 */
function coinChoices(wins: number, losses: number): ChoiceData {
  const scenes = wins + losses;
  const values = Array.from({ length: scenes }, (_, i) => (i < wins ? [1, 0] : [0, 1])).flat();
  return {
    scenes,
    columns: 1,
    start: Int32Array.from({ length: scenes + 1 }, (_, i) => 2 * i),
    values: Float64Array.from(values),
    logWeight: new Float64Array(2 * scenes),
  };
}

describe('choiceLikelihood', () => {
  it('has the gradient and the Hessian of finite differences', () => {
    const data = randomChoices(12, 4, 1);
    const theta = Float64Array.from([0.7, -0.4, 1.1, 0.2]);
    const here = emptyLikelihood(4);
    choiceLikelihood(data, theta, here, true);
    const h = 1e-5;
    for (let i = 0; i < 4; i++) {
      const up = emptyLikelihood(4);
      const down = emptyLikelihood(4);
      choiceLikelihood(
        data,
        theta.map((value, k) => value + (k === i ? h : 0)),
        up,
        false,
      );
      choiceLikelihood(
        data,
        theta.map((value, k) => value - (k === i ? h : 0)),
        down,
        false,
      );
      expect((up.value - down.value) / (2 * h)).toBeCloseTo(here.gradient[i]!, 8);
      for (let k = 0; k < 4; k++) {
        expect((up.gradient[k]! - down.gradient[k]!) / (2 * h)).toBeCloseTo(here.hessian[i * 4 + k]!, 8);
      }
    }
  });

  it('is log n for a reward of zero, whatever the importance weights', () => {
    const data = { ...coinChoices(3, 2), logWeight: Float64Array.from({ length: 10 }, (_, i) => i) };
    const out = emptyLikelihood(1);
    choiceLikelihood(data, new Float64Array(1), out, false);
    expect(out.value).toBeCloseTo(Math.log(2), 12);
  });

  it('counts an option of double weight like two equal options', () => {
    const values = Float64Array.from([0.3, 1, 1, -0.5]);
    const four = { scenes: 1, columns: 1, start: Int32Array.from([0, 4]), values, logWeight: new Float64Array(4) };
    const three = {
      ...four,
      start: Int32Array.from([0, 3]),
      values: Float64Array.from([0.3, 1, -0.5]),
      logWeight: Float64Array.from([0, Math.log(2), 0]),
    };
    const [a, b] = [emptyLikelihood(1), emptyLikelihood(1)];
    choiceLikelihood(four, Float64Array.from([0.8]), a, true);
    choiceLikelihood(three, Float64Array.from([0.8]), b, true);
    expect(b.gradient[0]).toBeCloseTo(a.gradient[0]!, 12);
    expect(b.hessian[0]).toBeCloseTo(a.hessian[0]!, 12);
  });

  it('survives rewards and weights far beyond the range of exp', () => {
    const data = { ...coinChoices(1, 1), logWeight: Float64Array.from([900, -900, 5, 5]) };
    const out = emptyLikelihood(1);
    choiceLikelihood(data, Float64Array.from([2000]), out, true);
    expect(Number.isFinite(out.value)).toBe(true);
    expect(Number.isFinite(out.hessian[0])).toBe(true);
  });
});

describe('choiceNll', () => {
  it('is the conditional logit for equal weights, and log(n + 1) for a reward of zero whatever the weights', () => {
    expect(choiceNll(1, [0, 0.5], [3, 3])).toBeCloseTo(-Math.log(Math.E / (Math.E + 1 + Math.exp(0.5))), 12);
    expect(choiceNll(0, [0, 0, 0], [5, -2, 0.3])).toBeCloseTo(Math.log(4), 12);
  });

  it('is never negative, does not overflow, and is 0 without alternatives', () => {
    expect(choiceNll(900, [0], [0])).toBeGreaterThanOrEqual(0);
    expect(choiceNll(-900, [0], [800])).toBeCloseTo(900, 9);
    expect(choiceNll(3, [], [])).toBe(0);
  });

  it('averages over scenes', () => {
    const data = coinChoices(1, 1);
    const each = [choiceNll(2, [0], [0]), choiceNll(0, [2], [0])];
    expect(meanChoiceNll(data, Float64Array.of(2))).toBeCloseTo((each[0]! + each[1]!) / 2, 12);
  });
});

describe('fitMaxent', () => {
  it('finds the closed-form weight of a coin: log of the odds', () => {
    const fit = fitMaxent(coinChoices(75, 25), { priorSd: 1e6 });
    expect(fit.theta[0]).toBeCloseTo(Math.log(3), 6);
    // Posterior precision N p (1 - p).
    expect(fit.sd[0]).toBeCloseTo(1 / Math.sqrt(100 * 0.75 * 0.25), 6);
    expect(fit.expected[0]).toBeCloseTo(0.75, 7);
    expect(fit.demonstrated[0]).toBe(0.75);
  });

  it('converges to a gradient norm of 1e-8, also from separable choices, where the prior alone bounds the weights', () => {
    for (const data of [randomChoices(200, 6, 3), coinChoices(30, 0)]) {
      const fit = fitMaxent(data);
      expect(fit.gradientNorm).toBeLessThanOrEqual(1e-8);
      expect([...fit.theta].every(Number.isFinite)).toBe(true);
    }
  });

  it('is drawn to zero by a narrow prior and by a low scene weight', () => {
    const weight = (options: object) => fitMaxent(coinChoices(75, 25), options).theta[0]!;
    expect(weight({ priorSd: 0.1 })).toBeLessThan(weight({ priorSd: 1 }));
    expect(weight({ priorSd: 1, sceneWeight: 0.1 })).toBeLessThan(weight({ priorSd: 1 }));
  });

  it('widens the posterior for overlapping scenes', () => {
    const sd = (sceneWeight: number) => fitMaxent(coinChoices(75, 25), { priorSd: 1e6, sceneWeight }).sd[0]!;
    expect(sd(0.2) / sd(1)).toBeCloseTo(Math.sqrt(5), 6);
  });

  it('names what is wrong with its options', () => {
    expect(() => fitMaxent({ ...coinChoices(1, 1), scenes: 0 })).toThrow(/no scenes to learn from/);
    expect(() => fitMaxent(coinChoices(1, 1), { priorSd: 0 })).toThrow(/priorSd is 0; expected > 0/);
    expect(() => fitMaxent(coinChoices(1, 1), { sceneWeight: 2 })).toThrow(/sceneWeight is 2; expected in \(0, 1\]/);
  });
});

describe('standardise', () => {
  it('takes the deviation within scenes only, and reports features that do not vary there', () => {
    const data: ChoiceData = {
      scenes: 2,
      columns: 3,
      start: Int32Array.from([0, 2, 4]),
      // Column 0 varies by ±1 in each scene, column 1 between scenes only, column 2 by ±1e-7.
      values: Float64Array.from([1, 5, 0, 3, 5, 2e-7, 11, 9, 0, 13, 9, 2e-7]),
      logWeight: new Float64Array(4),
    };
    const { scale, excited, unexcited } = standardise(data);
    expect(scale[0]).toBeCloseTo(1, 12);
    expect(excited).toEqual([0]);
    expect(unexcited).toEqual([1, 2]);
    expect([...selectedColumns(scaledChoices(data, Float64Array.of(2, 1, 1)), [2, 0]).values]).toEqual([
      0, 0.5, 2e-7, 1.5, 0, 5.5, 2e-7, 6.5,
    ]);
  });
});

describe('linear algebra', () => {
  it('factors, solves and inverts a positive definite matrix, and refuses others', () => {
    const matrix = Float64Array.of(4, 2, 0.6, 2, 5, 1, 0.6, 1, 3);
    const factor = cholesky(matrix, 3)!;
    const x = solveCholesky(factor, Float64Array.of(1, 2, 3), 3);
    for (let i = 0; i < 3; i++) {
      const row = matrix.subarray(3 * i, 3 * i + 3);
      expect(row[0]! * x[0]! + row[1]! * x[1]! + row[2]! * x[2]!).toBeCloseTo(i + 1, 12);
    }
    const unit = solveCholesky(factor, Float64Array.of(0, 1, 0), 3);
    expect(inverseDiagonal(factor, 3)[1]).toBeCloseTo(unit[1]!, 12);
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
  });

  it('minimises a quadratic by Adam', () => {
    const theta = Float64Array.of(3, -2);
    adam(theta, ([a, b], gradient) => gradient.set([2 * (a! - 1), 20 * (b! + 1)]), { rate: 0.05, steps: 400 });
    expect(theta[0]).toBeCloseTo(1, 2);
    expect(theta[1]).toBeCloseTo(-1, 2);
  });

  it('interpolates quantiles', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([7], 0.95)).toBe(7);
    expect(() => quantile([], 0.5)).toThrow(/empty/);
  });
});
