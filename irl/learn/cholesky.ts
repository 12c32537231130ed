/**
 * Lower Cholesky factor of a symmetric matrix. Shapes: [n x n], row-major.
 * @returns undefined when the matrix is not positive definite
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array | undefined {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      if (i === j) {
        if (!(sum > 0)) return undefined;
        factor[i * n + i] = Math.sqrt(sum);
      } else {
        factor[i * n + j] = sum / factor[j * n + j]!;
      }
    }
  }
  return factor;
}

/** Solves (L Lᵀ) x = b for the factor L. Shapes: factor [n x n], b [n]. */
export function solveCholesky(factor: Float64Array, b: Float64Array, n: number): Float64Array {
  const x = Float64Array.from(b.subarray(0, n));
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i * n + k]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= factor[k * n + i]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  return x;
}

/** Inverse of the factor L, itself lower triangular. Shape: [n x n]. */
export function inverseFactor(factor: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    inverse[j * n + j] = 1 / factor[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= factor[i * n + k]! * inverse[k * n + j]!;
      inverse[i * n + j] = sum / factor[i * n + i]!;
    }
  }
  return inverse;
}

/** Diagonal of the inverse of L Lᵀ. Shape: [n]. */
export function inverseDiagonal(factor: Float64Array, n: number): Float64Array {
  const diagonal = new Float64Array(n);
  const unit = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    unit.fill(0);
    unit[i] = 1;
    diagonal[i] = solveCholesky(factor, unit, n)[i]!;
  }
  return diagonal;
}

/** Inverse of L Lᵀ. Shape: [n x n]. */
export function inverseMatrix(factor: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    unit.fill(0);
    unit[i] = 1;
    inverse.set(solveCholesky(factor, unit, n), i * n);
  }
  return inverse;
}
