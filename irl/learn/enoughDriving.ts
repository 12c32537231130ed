import type { ChoiceData } from './choiceData.ts';
import { quantile } from './quantile.ts';

/** Share of the posterior within the bound. */
const CONFIDENCE = 0.95;
/** Bound up to which more driving would hardly change what the agent does, and up to which it is nearly so. */
export const ENOUGH_BOUND = 0.05;
export const NEARLY_BOUND = 0.15;

/** Whether what was driven decides how to drive. */
export interface EnoughDriving {
  /**
   * 0.95 value at risk over the posterior of the normalised expected value difference: with a chance of 95 % driving by
   * the learned weights loses at most this share of what lies between an option at random (1) and the best (0).
   */
  readonly evdBound95: number;
  readonly verdict: 'enough' | 'nearly' | 'not yet';
}

/**
 * Bound on how much worse than the person's own reward the learned one could be (Brown & Niekum 2018, section 4, with
 * the options of scenes in place of policies). For weights θ' of the posterior, the loss of choosing by θ is
 *
 *   mean over scenes of (max_j θ'·f_j - θ'·f_c) / (max_j θ'·f_j - mean_j θ'·f_j),   c = argmax_j θ·f_j,
 *
 * and the bound is its 0.95 quantile over the posterior.
 * @param data options of scenes; the person's own motion, row 0 of each, is left out. Scenes with fewer than two other
 * options say nothing.
 * @param theta weights that drive. Shape: [columns].
 * @param samples posterior draws. Shape: [count x columns], row-major.
 */
export function enoughDriving(data: ChoiceData, theta: Float64Array, samples: Float64Array): EnoughDriving {
  const { columns, scenes, start, values } = data;
  const draws = samples.length / columns;
  const loss = new Float64Array(draws);
  let counted = 0;
  for (let scene = 0; scene < scenes; scene++) {
    const from = start[scene]! + 1;
    const to = start[scene + 1]!;
    if (to - from < 2) continue;
    counted++;
    const chosen = bestRow(values, columns, from, to, theta, 0);
    const mean = new Float64Array(columns);
    for (let row = from; row < to; row++) {
      for (let i = 0; i < columns; i++) mean[i]! += values[row * columns + i]! / (to - from);
    }
    for (let draw = 0; draw < draws; draw++) {
      const at = draw * columns;
      const best = bestRow(values, columns, from, to, samples, at);
      const highest = dot(samples, at, values, best * columns, columns);
      const range = highest - dot(samples, at, mean, 0, columns);
      if (range > 0) loss[draw]! += (highest - dot(samples, at, values, chosen * columns, columns)) / range;
    }
  }
  const evdBound95 =
    counted === 0
      ? 1
      : quantile(
          loss.map((sum) => sum / counted),
          CONFIDENCE,
        );
  return {
    evdBound95,
    verdict: evdBound95 <= ENOUGH_BOUND ? 'enough' : evdBound95 <= NEARLY_BOUND ? 'nearly' : 'not yet',
  };
}

function bestRow(
  values: Float64Array,
  columns: number,
  from: number,
  to: number,
  theta: Float64Array,
  at: number,
): number {
  let best = from;
  let highest = Number.NEGATIVE_INFINITY;
  for (let row = from; row < to; row++) {
    const value = dot(theta, at, values, row * columns, columns);
    if (value > highest) {
      highest = value;
      best = row;
    }
  }
  return best;
}

function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[atA + i]! * b[atB + i]!;
  return sum;
}
