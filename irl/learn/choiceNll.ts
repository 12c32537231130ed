import type { ChoiceData } from './choiceData.ts';

/**
 * Negative log-likelihood of the person's motion as one of n + 1 options [nat], for reports:
 *
 *   -log( exp(R_h) / (exp(R_h) + Σ_j w_j exp(R_j) / w̄) ),   w̄ the mean of the n alternatives' w.
 *
 * Importance weights make the alternatives stand for equal parts of the base measure, and the person's motion counts
 * for one of them. log(n + 1) for a reward of zero, never below 0, and with equal weights the conditional logit's own
 * figure, so that learners with different options can be compared. 0 without alternatives.
 * @param personal reward of the person's motion
 * @param rewards of the alternatives
 * @param logWeights natural logarithms of their importance weights
 */
export function choiceNll(personal: number, rewards: ArrayLike<number>, logWeights: ArrayLike<number>): number {
  const n = rewards.length;
  if (n === 0) return 0;
  let heaviest = Number.NEGATIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < n; j++) {
    heaviest = Math.max(heaviest, logWeights[j]!);
    highest = Math.max(highest, rewards[j]! + logWeights[j]!);
  }
  let weights = 0;
  let sum = 0;
  for (let j = 0; j < n; j++) {
    weights += Math.exp(logWeights[j]! - heaviest);
    sum += Math.exp(rewards[j]! + logWeights[j]! - highest);
  }
  // log of the alternatives' share over the person's; log(1 + e^x) without overflow.
  const x = Math.log(sum) + highest - Math.log(weights / n) - heaviest - personal;
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** Mean of `choiceNll` over the scenes for given weights of the columns. Shape: theta [columns]. */
export function meanChoiceNll(data: ChoiceData, theta: Float64Array): number {
  const { scenes, start, columns, values, logWeight } = data;
  let total = 0;
  for (let scene = 0; scene < scenes; scene++) {
    const from = start[scene]!;
    const rewards = new Float64Array(start[scene + 1]! - from);
    for (let j = 0; j < rewards.length; j++) {
      for (let i = 0; i < columns; i++) rewards[j]! += theta[i]! * values[(from + j) * columns + i]!;
    }
    total += choiceNll(rewards[0]!, rewards.subarray(1), logWeight.subarray(from + 1, start[scene + 1]!));
  }
  return total / scenes;
}
