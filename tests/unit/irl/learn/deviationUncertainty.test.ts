import { describe, expect, it } from 'vitest';
import { cholesky, inverseMatrix } from '../../../../irl/learn/cholesky.ts';
import { evidenceCurvature, precisionOverDeviations } from '../../../../irl/learn/deviationUncertainty.ts';
import { logEvidence, maximiseEvidence, type QuadraticLikelihood } from '../../../../irl/learn/evidence.ts';
import { weightPriors } from '../../../../irl/learn/signedPrior.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';

const PRIOR = { median: 3, logSpread: 1 };

/** Six weights in three groups, of which the data decide the last of each group little. */
function quadratic(): QuadraticLikelihood {
  const stream = createRandomStream(11, 'deviation uncertainty');
  const n = 6;
  const rows = Float64Array.from({ length: n * n }, (_, at) => stream.normal() * (at % 2 === 1 ? 0.15 : 1));
  const curvature = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++)
      for (let r = 0; r < n; r++) curvature[i * n + k]! += rows[r * n + i]! * rows[r * n + k]!;
  }
  const theta = [4, -3, 1, 2, -2, 0.5];
  const slope = Float64Array.from(theta, (_, i) => theta.reduce((sum, t, k) => sum + curvature[i * n + k]! * t, 0));
  return { curvature, slope, group: [0, 0, 1, 1, 2, 2], sign: [1, -1, 0, 1, 0, -1] };
}

const likelihood = quadratic();
const best = maximiseEvidence(likelihood, PRIOR, new Float64Array(3).fill(1));

describe('evidenceCurvature', () => {
  it('is that of finite differences of the gradient, at the maximum and away from it', () => {
    for (const at of [best, Float64Array.of(0.4, -0.7, 1.6)]) {
      const curvature = evidenceCurvature(likelihood, PRIOR, at);
      const h = 1e-5;
      for (let g = 0; g < 3; g++) {
        const gradientAt = (by: number) => {
          const gradient = new Float64Array(3);
          logEvidence(
            likelihood,
            PRIOR,
            Float64Array.from(at, (log, i) => log + (i === g ? by : 0)),
            gradient,
          );
          return gradient;
        };
        const [up, down] = [gradientAt(h), gradientAt(-h)];
        for (let k = 0; k < 3; k++) expect(-(up[k]! - down[k]!) / (2 * h)).toBeCloseTo(curvature[k * 3 + g]!, 6);
      }
    }
  });
});

describe('precisionOverDeviations', () => {
  const covariance = inverseMatrix(cholesky(precisionOverDeviations(likelihood, PRIOR, best), 6)!, 6);
  const priorsAt = (logSd: Float64Array) => weightPriors(logSd, likelihood.group, likelihood.sign);
  const known = (logSd: Float64Array) => {
    const precision = likelihood.curvature.slice();
    for (let i = 0; i < 6; i++) precision[i * 7]! += 1 / priorsAt(logSd).sd[i]! ** 2;
    return inverseMatrix(cholesky(precision, 6)!, 6);
  };
  const meanAt = (logSd: Float64Array) => {
    const v = known(logSd);
    const { mean, sd } = priorsAt(logSd);
    const pull = likelihood.slope.map((b, k) => b + mean[k]! / sd[k]! ** 2);
    return Float64Array.from({ length: 6 }, (_, i) => pull.reduce((sum, b, k) => sum + v[i * 6 + k]! * b, 0));
  };

  it('adds to the covariance for known deviations how the weights move with them, by finite differences', () => {
    const v = known(best);
    const spread = inverseMatrix(cholesky(evidenceCurvature(likelihood, PRIOR, best), 3)!, 3);
    const h = 1e-5;
    const moves = [0, 1, 2].map((g) => {
      const moved = (by: number) => meanAt(Float64Array.from(best, (log, i) => log + (i === g ? by : 0)));
      const [up, down] = [moved(h), moved(-h)];
      return up.map((value, i) => (value - down[i]!) / (2 * h));
    });
    for (let i = 0; i < 6; i++) {
      for (let k = 0; k < 6; k++) {
        let added = 0;
        for (let g = 0; g < 3; g++)
          for (let j = 0; j < 3; j++) added += moves[g]![i]! * spread[g * 3 + j]! * moves[j]![k]!;
        expect(covariance[i * 6 + k]!).toBeCloseTo(v[i * 6 + k]! + added, 6);
      }
    }
  });

  it('comes nearer to the spread of weights whose deviation is drawn from its posterior than a known deviation does', () => {
    // Ten weights of one group, each decided by itself to within 4, the deviation integrated over on a fine grid.
    const n = 10;
    const curvature = Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 / 16 : 0));
    const estimates = [6, -5, 4, -4, 3, -3, 2, 1, -1, 0];
    const slope = Float64Array.from(estimates, (estimate) => estimate / 16);
    const one = { curvature, slope, group: new Array<number>(n).fill(0), sign: new Array<number>(n).fill(0) };
    const mode = maximiseEvidence(one, PRIOR, Float64Array.of(1));
    const [top, spare] = [logEvidence(one, PRIOR, mode, new Float64Array(1)), new Float64Array(1)];
    const sums = estimates.map(() => [0, 0]);
    let total = 0;
    for (let log = -6; log < 6; log += 0.01) {
      const share = Math.exp(logEvidence(one, PRIOR, Float64Array.of(log), spare) - top);
      const variance = 1 / (1 / 16 + Math.exp(-2 * log));
      total += share;
      for (const [i, sum] of sums.entries()) {
        const mean = variance * slope[i]!;
        sum[0]! += share * mean;
        sum[1]! += share * (mean * mean + variance);
      }
    }
    const precision = precisionOverDeviations(one, PRIOR, mode);
    const ours = inverseMatrix(cholesky(precision, n)!, n);
    const knownSd = Math.sqrt(1 / (1 / 16 + Math.exp(-2 * mode[0]!)));
    for (const [i, sum] of sums.entries()) {
      const exact = Math.sqrt(sum[1]! / total - (sum[0]! / total) ** 2);
      const sd = Math.sqrt(ours[i * (n + 1)]!);
      expect(Math.abs(sd / exact - 1)).toBeLessThan(0.04);
      expect(knownSd / exact).toBeLessThan(i === 0 ? 0.86 : 0.97);
    }
  });
});
