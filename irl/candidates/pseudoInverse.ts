/**
 * Least-squares solution operator (B Bᵀ)⁻¹ B of a basis whose rows are functions on the samples, by Gauss & Jordan on
 * the normal equations. Only + - * /, so that it is the same in every engine.
 * @param basis Shape: [rows x samples], row-major.
 * @returns Shape: [rows x samples], row-major.
 * @throws RangeError when the rows are linearly dependent
 */
export function pseudoInverse(basis: Float64Array, rows: number, samples: number): Float64Array {
  const gram = new Float64Array(rows * rows);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b < rows; b++) {
      let sum = 0;
      for (let k = 0; k < samples; k++) sum += basis[a * samples + k]! * basis[b * samples + k]!;
      gram[a * rows + b] = sum;
    }
  }
  const result = Float64Array.from(basis.subarray(0, rows * samples));
  for (let column = 0; column < rows; column++) {
    const pivot = gram[column * rows + column]!;
    if (!(pivot > 1e-12)) throw new RangeError(`pseudo-inverse: row ${column} of the basis depends on the rows before`);
    for (let row = 0; row < rows; row++) {
      if (row === column) continue;
      const factor = gram[row * rows + column]! / pivot;
      for (let c = 0; c < rows; c++) gram[row * rows + c]! -= factor * gram[column * rows + c]!;
      for (let k = 0; k < samples; k++) result[row * samples + k]! -= factor * result[column * samples + k]!;
    }
  }
  for (let row = 0; row < rows; row++) {
    const pivot = gram[row * rows + row]!;
    for (let k = 0; k < samples; k++) result[row * samples + k]! /= pivot;
  }
  return result;
}
