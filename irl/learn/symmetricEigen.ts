const SWEEPS = 60;
const NEGLIGIBLE = 1e-15;

/** Eigenvalues of a symmetric matrix, descending, and their vectors. */
export interface SymmetricEigen {
  /** Shape: [n]. */
  readonly values: Float64Array;
  /** Unit vectors, one a row, in the order of the values. Shape: [n x n]. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic rotations (Jacobi 1846), accurate for small ones too.
 * @param matrix Shape: [n x n].
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const a = matrix.slice();
  const v = Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
  let size = 0;
  for (const value of a) size += value * value;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = 0; q < p; q++) off += a[p * n + q]! * a[p * n + q]!;
    if (off <= NEGLIGIBLE * NEGLIGIBLE * size) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]!);
  const vectors = new Float64Array(n * n);
  for (const [row, i] of order.entries()) for (let k = 0; k < n; k++) vectors[row * n + k] = v[i * n + k]!;
  return { values: Float64Array.from(order, (i) => a[i * n + i]!), vectors };
}

/** One rotation in the plane of p and q that makes a[p][q] vanish; `v` collects the rotations by row. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p]!;
    const kq = a[k * n + q]!;
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (const matrix of [a, v]) {
    for (let k = 0; k < n; k++) {
      const pk = matrix[p * n + k]!;
      const qk = matrix[q * n + k]!;
      matrix[p * n + k] = c * pk - s * qk;
      matrix[q * n + k] = s * pk + c * qk;
    }
  }
}
