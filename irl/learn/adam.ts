/**
 * Adam (Kingma & Ba 2015, algorithm 1) with β1 = 0.9, β2 = 0.999, for a fixed number of steps.
 * @param theta start; changed in place
 * @param gradientAt writes the gradient of the loss at theta to its second argument
 */
export function adam(
  theta: Float64Array,
  gradientAt: (theta: Float64Array, gradient: Float64Array) => void,
  { rate, steps }: { readonly rate: number; readonly steps: number },
): void {
  const n = theta.length;
  const gradient = new Float64Array(n);
  const first = new Float64Array(n);
  const second = new Float64Array(n);
  let decay1 = 1;
  let decay2 = 1;
  for (let step = 0; step < steps; step++) {
    gradientAt(theta, gradient);
    decay1 *= 0.9;
    decay2 *= 0.999;
    for (let i = 0; i < n; i++) {
      const g = gradient[i]!;
      first[i] = 0.9 * first[i]! + 0.1 * g;
      second[i] = 0.999 * second[i]! + 0.001 * g * g;
      theta[i]! -= (rate * first[i]!) / (1 - decay1) / (Math.sqrt(second[i]! / (1 - decay2)) + 1e-8);
    }
  }
}
