/**
 * log Σ exp(v), for a mixture's density from the logarithms of its parts: finite where every part on its own is too
 * small for a number.
 * @returns -Infinity for no values or none above -Infinity
 */
export function logSumExp(values: ArrayLike<number>): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) highest = Math.max(highest, values[i]!);
  if (highest === Number.NEGATIVE_INFINITY) return highest;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.exp(values[i]! - highest);
  return highest + Math.log(sum);
}
