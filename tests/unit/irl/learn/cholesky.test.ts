import { expect, it } from 'vitest';
import {
  cholesky,
  inverseDiagonal,
  inverseFactor,
  inverseMatrix,
  solveCholesky,
} from '../../../../irl/learn/cholesky.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';

const N = 6;

/** A Aᵀ + 0.1 I for a random A. */
function positiveDefinite(seed: number): Float64Array {
  const stream = createRandomStream(seed, 'positive definite');
  const a = Float64Array.from({ length: N * N }, () => stream.normal());
  const square = multiply(a, transposed(a));
  for (let i = 0; i < N; i++) square[i * (N + 1)]! += 0.1;
  return square;
}

const transposed = (a: Float64Array) => a.map((_, at) => a[(at % N) * N + Math.floor(at / N)]!);

function multiply(a: Float64Array, b: Float64Array): Float64Array {
  const product = new Float64Array(N * N);
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) for (let k = 0; k < N; k++) product[i * N + j]! += a[i * N + k]! * b[k * N + j]!;
  }
  return product;
}

function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  for (let at = 0; at < wanted.length; at++) expect(found[at]).toBeCloseTo(wanted[at]!, 8);
}

const identity = Float64Array.from({ length: N * N }, (_, at) => (at % (N + 1) === 0 ? 1 : 0));

it.each([1, 2, 3])('factors, solves and inverts, seed %d', (seed) => {
  const matrix = positiveDefinite(seed);
  const factor = cholesky(matrix, N)!;
  expectClose(multiply(factor, transposed(factor)), matrix);
  expectClose(multiply(factor, inverseFactor(factor, N)), identity);
  const inverse = inverseMatrix(factor, N);
  expectClose(multiply(matrix, inverse), identity);
  expectClose(
    inverseDiagonal(factor, N),
    Array.from({ length: N }, (_, i) => inverse[i * (N + 1)]!),
  );
  const b = Float64Array.from({ length: N }, (_, i) => i - 2);
  const x = solveCholesky(factor, b, N);
  expectClose(
    Float64Array.from({ length: N }, (_, i) => x.reduce((sum, value, k) => sum + matrix[i * N + k]! * value, 0)),
    b,
  );
});

it('has no factor of a matrix that is not positive definite', () => {
  expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
  expect(cholesky(Float64Array.of(Number.NaN), 1)).toBeUndefined();
});
