import { describe, expect, it } from 'vitest';
import type { ChoiceData } from '../../../../irl/learn/choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from '../../../../irl/learn/choiceLikelihood.ts';
import { fitByEvidence } from '../../../../irl/learn/empiricalBayes.ts';
import { logEvidence, maximiseEvidence, type QuadraticLikelihood } from '../../../../irl/learn/evidence.ts';
import { gaussianPrior } from '../../../../irl/learn/gaussianPrior.ts';
import { signedPrior, weightPriors } from '../../../../irl/learn/signedPrior.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';

const PRIOR = { median: 3, logSpread: 1 };

/** Curvature of rank n - 1, so that one combination is not decided at all. */
function quadratic(): QuadraticLikelihood {
  const stream = createRandomStream(4, 'quadratic');
  const n = 5;
  const rows = Float64Array.from({ length: (n - 1) * n }, () => stream.normal());
  const curvature = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let r = 0; r < n - 1; r++) curvature[i * n + k]! += rows[r * n + i]! * rows[r * n + k]!;
    }
  }
  const theta = [4, -3, 0.5, 1, -0.2];
  const slope = Float64Array.from(theta, (_, i) => theta.reduce((sum, t, k) => sum + curvature[i * n + k]! * t, 0));
  return { curvature, slope, group: [0, 0, 1, 1, 2], sign: [1, -1, 0, 1, 0] };
}

/** Choices of a Boltzmann person with these weights among options with normal features. */
function choices(theta: readonly number[], scenes: number, seed: number): ChoiceData {
  const stream = createRandomStream(seed, 'choices');
  const options = 12;
  const columns = theta.length;
  const values = Float64Array.from({ length: scenes * options * columns }, () => stream.normal());
  for (let scene = 0; scene < scenes; scene++) {
    let chosen = 0;
    let highest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < options; j++) {
      const at = (scene * options + j) * columns;
      const utility = theta.reduce(
        (sum, t, i) => sum + t * values[at + i]!,
        -Math.log(-Math.log(1 - stream.uniform())),
      );
      if (utility > highest) {
        highest = utility;
        chosen = j;
      }
    }
    for (let i = 0; i < columns; i++) {
      const first = scene * options * columns + i;
      const other = first + chosen * columns;
      [values[first], values[other]] = [values[other]!, values[first]!];
    }
  }
  const start = Int32Array.from({ length: scenes + 1 }, (_, i) => i * options);
  return { scenes, columns, start, values, logWeight: new Float64Array(scenes * options) };
}

function likelihoodOf(data: ChoiceData, theta: Float64Array) {
  const here = emptyLikelihood(data.columns);
  choiceLikelihood(data, theta, here, true);
  return here;
}

describe('logEvidence', () => {
  it('has the derivatives of finite differences', () => {
    const likelihood = quadratic();
    const at = Float64Array.of(0.4, -0.3, 1.2);
    const gradient = new Float64Array(3);
    const spare = new Float64Array(3);
    logEvidence(likelihood, PRIOR, at, gradient);
    const h = 1e-5;
    for (let g = 0; g < 3; g++) {
      const moved = (by: number) => {
        const there = at.slice();
        there[g]! += by;
        return logEvidence(likelihood, PRIOR, there, spare);
      };
      expect((moved(h) - moved(-h)) / (2 * h)).toBeCloseTo(gradient[g]!, 7);
    }
  });

  it.each([-1, 0, 1])(
    'is the density of the data under the marginal normal, in one dimension, expected sign %d',
    (sign) => {
      // One observation x = 2 with unit noise: p(x | σ) = N(2; μ, 1 + s²), and the quadratic has A = 1, b = x.
      const likelihood = { curvature: Float64Array.of(1), slope: Float64Array.of(2), group: [0], sign: [sign] };
      const wide = { median: 1, logSpread: 1e6 };
      const spare = new Float64Array(1);
      const difference =
        logEvidence(likelihood, wide, Float64Array.of(Math.log(3)), spare) -
        logEvidence(likelihood, wide, Float64Array.of(Math.log(0.5)), spare);
      const marginal = (groupSd: number) => {
        const { mean, sd } = signedPrior(sign, groupSd);
        return -Math.log(1 + sd * sd) / 2 - (2 - mean) ** 2 / (2 * (1 + sd * sd));
      };
      expect(difference).toBeCloseTo(marginal(3) - marginal(0.5), 8);
    },
  );
});

describe('maximiseEvidence', () => {
  it('ends where the derivatives vanish, from either side', () => {
    const likelihood = quadratic();
    const gradient = new Float64Array(3);
    const low = maximiseEvidence(likelihood, PRIOR, new Float64Array(3).fill(-2));
    const high = maximiseEvidence(likelihood, PRIOR, new Float64Array(3).fill(3));
    logEvidence(likelihood, PRIOR, low, gradient);
    for (const [g, value] of low.entries()) {
      expect(Math.abs(gradient[g]!)).toBeLessThan(1e-4);
      expect(value).toBeCloseTo(high[g]!, 3);
    }
  });

  it.each([[[3]], [[3, 3]], [[3, 3.5, 2.5]], [[1, 2, 3, 5]]])(
    'ends there with decided weights of the expected sign, %j',
    (theta) => {
      const n = theta.length;
      const curvature = Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 100 : 0));
      const slope = Float64Array.from(theta, (weight) => 100 * weight);
      const likelihood = { curvature, slope, group: theta.map(() => 0), sign: theta.map(() => 1) };
      const gradient = new Float64Array(1);
      logEvidence(likelihood, PRIOR, maximiseEvidence(likelihood, PRIOR, Float64Array.of(1)), gradient);
      expect(Math.abs(gradient[0]!)).toBeLessThan(1e-4);
    },
  );
});

describe('fitByEvidence', () => {
  const options = { group: [0, 0, 1, 1], groups: 2, sign: [0, 0, 0, 0], prior: PRIOR, sceneWeight: 1 };

  it('gives groups of large weights wide priors and groups of small ones narrow ones, and converges', () => {
    const fit = fitByEvidence(choices([5, -4, 0.1, -0.1], 400, 1), options);
    expect(fit.groupSd[0]).toBeGreaterThan(2.5);
    expect(fit.groupSd[1]).toBeLessThan(1);
    expect(fit.gradientNorm).toBeLessThanOrEqual(1e-8);
  });

  it('draws a weight that nothing decides to zero as far as the others of its group are small', () => {
    const undecided = (theta: readonly number[]) => {
      const data = choices(theta, 200, 2);
      // The last feature varies in one scene only.
      const values = data.values.map((value, at) => (at % 4 === 3 && at >= 12 * 4 ? 0 : value));
      const fit = fitByEvidence({ ...data, values }, options);
      expect(Math.abs(fit.theta[3]!)).toBeLessThan(fit.sd[3]!);
      return fit.sd[3]!;
    };
    expect(undecided([3, -3, 0.2, 0])).toBeLessThan(0.7 * undecided([3, -3, 4, 0]));
  });

  it('gives a weight that nothing decides the expected sign and the size of its group, and leaves a decided one its own', () => {
    const data = choices([3, -3, 3, 0], 200, 2);
    const values = data.values.map((value, at) => (at % 4 === 3 ? 0 : value));
    // The second weight has the sign that is not expected.
    const fit = fitByEvidence({ ...data, values }, { ...options, sign: [1, 1, 1, -1] });
    const { mean, sd } = signedPrior(-1, fit.groupSd[1]!);
    expect(fit.theta[3]).toBeCloseTo(mean, 6);
    expect(fit.sd[3]).toBeGreaterThanOrEqual(sd);
    expect(fit.theta[1]! + 1.96 * fit.sd[1]!).toBeLessThan(0);
    expect(Math.abs(fit.theta[1]! + 3)).toBeLessThan(1);
    expect([...fit.sign]).toEqual([1, 0, 1, -1]);
  });

  it('does not let one weight of the unexpected sign make the others of its group look large', () => {
    const data = choices([-3, 0, 0, 0], 400, 5);
    const values = data.values.map((value, at) => (at % 4 === 1 ? 0 : value));
    const either = fitByEvidence({ ...data, values }, { ...options, sign: [0, 1, 0, 0] });
    const against = fitByEvidence({ ...data, values }, { ...options, sign: [1, 1, 0, 0] });
    expect(against.groupSd[0]).toBeCloseTo(either.groupSd[0]!, 2);
    expect(against.theta[1]).toBeCloseTo(either.theta[1]!, 2);
    expect(Math.abs(against.theta[1]!)).toBeLessThan(3.5);
  });

  it('asks for no large weights where a rough solution leaves a slope that the data do not have', () => {
    const data = choices([2, -1, 0, 0], 2000, 7);
    // Of the second group nothing varies.
    const values = data.values.map((value, at) => (at % 4 >= 2 ? 0 : value));
    const signed = { ...options, sign: [1, -1, -1, 1] };
    const solved = fitByEvidence({ ...data, values }, signed);
    // With so many scenes these weights count as solved, though the prior would have them elsewhere.
    const theta = solved.theta.map((weight, i) => (i < 2 ? weight : 2 * weight));
    const fit = fitByEvidence({ ...data, values }, { ...signed, rough: true, start: { ...solved, theta } });
    expect(fit.groupSd[1]).toBeCloseTo(PRIOR.median, 0);
  });

  it('counts further terms as data: weights and deviations end at the optimum of all together', () => {
    const data = choices([2, -1, 1, -0.5], 150, 6);
    const term = gaussianPrior(
      Float64Array.of(4, 0, 0, 0),
      Float64Array.from({ length: 16 }, (_, at) => [40, 0, 0, 0, 0, 1e-9][at] ?? 0),
    );
    const sign = [1, -1, 0, -1];
    const fit = fitByEvidence(data, { ...options, sign, terms: [term] });
    const { gradient, hessian } = likelihoodOf(data, fit.theta);
    const slope = gradient.map((value) => value * data.scenes);
    const curvature = hessian.map((value) => value * data.scenes);
    term(fit.theta, slope, curvature, 1);
    const logSd = fit.groupSd.map(Math.log);
    const { mean, sd } = weightPriors(logSd, options.group, sign);
    for (let i = 0; i < 4; i++) expect(slope[i]!).toBeCloseTo(-(fit.theta[i]! - mean[i]!) / sd[i]! ** 2, 5);
    // The likelihood's quadratic at the weights: b = A θ - slope.
    const b = slope.map((value, i) =>
      fit.theta.reduce((sum, weight, k) => sum + curvature[i * 4 + k]! * weight, -value),
    );
    const evidence = new Float64Array(2);
    logEvidence({ curvature, slope: b, group: options.group, sign }, PRIOR, logSd, evidence);
    for (const value of evidence) expect(Math.abs(value)).toBeLessThan(0.01);
  });

  it('goes on from an earlier fit to the same end', () => {
    const data = choices([2, -1, 1, 0], 150, 3);
    const first = fitByEvidence(data, options);
    const again = fitByEvidence(data, { ...options, start: first });
    for (const [i, weight] of again.theta.entries()) expect(weight).toBeCloseTo(first.theta[i]!, 2);
    expect(again.iterations).toBeLessThan(first.iterations);
  });
});
