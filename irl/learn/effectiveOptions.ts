import type { ChoiceData } from './choiceData.ts';

/**
 * Effective number of options in each scene under the model: (Σ u)² / Σ u², u = w exp(θ·f) over the alternatives (Kish
 * 1965). Near 1 a single option stands for all of what the model would do there, and the scene says little.
 * @param theta weights of the columns. Shape: [columns].
 * @returns 0 for scenes without alternatives. Shape: [scenes].
 */
export function effectiveOptions(data: ChoiceData, theta: Float64Array): Float64Array {
  const { scenes, columns, start, values, logWeight } = data;
  return Float64Array.from({ length: scenes }, (_, scene) => {
    const from = start[scene]! + 1;
    const to = start[scene + 1]!;
    const level = new Float64Array(to - from);
    for (let row = from; row < to; row++) {
      let sum = logWeight[row]!;
      for (let i = 0; i < columns; i++) sum += theta[i]! * values[row * columns + i]!;
      level[row - from] = sum;
    }
    return effectiveNumber(level);
  });
}

/**
 * (Σ u)² / Σ u² for the logarithms of u, which may be large; 0 when there are none.
 * @param level natural logarithms
 */
export function effectiveNumber(level: Float64Array): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of level) if (value > highest) highest = value;
  let sum = 0;
  let squares = 0;
  for (const value of level) {
    const share = Math.exp(value - highest);
    sum += share;
    squares += share * share;
  }
  return level.length > 0 ? (sum * sum) / squares : 0;
}
