/**
 * Power of signals in bands of frequency by Welch's method (1967): discrete Fourier transforms of Hann-weighted windows
 * that overlap by half, averaged over all windows of all series. The bands add up to the windows' weighted mean square
 * (Parseval). The mean is not taken off.
 * @param series each at least `length` samples long
 * @param rate samples a second [Hz]
 * @param edges ascending, from 0 to at least rate / 2; the last band includes its upper edge
 * @returns one power for each two edges, in the square of the signal's unit
 */
export function bandPowers(
  series: readonly Float64Array[],
  length: number,
  rate: number,
  edges: readonly number[],
): number[] {
  const hann = Float64Array.from({ length }, (_, k) => 0.5 - 0.5 * Math.cos((2 * Math.PI * k) / length));
  const weight = hann.reduce((sum, w) => sum + w * w, 0);
  const powers = new Array<number>(edges.length - 1).fill(0);
  let windows = 0;
  for (const signal of series) {
    for (let from = 0; from + length <= signal.length; from += length >> 1) {
      windows++;
      for (let bin = 0; 2 * bin <= length; bin++) {
        let real = 0;
        let imaginary = 0;
        for (let k = 0; k < length; k++) {
          const value = hann[k]! * signal[from + k]!;
          const angle = (2 * Math.PI * ((bin * k) % length)) / length;
          real += value * Math.cos(angle);
          imaginary -= value * Math.sin(angle);
        }
        // Every bin but the first and the one at half the rate stands for two lines.
        const lines = bin === 0 || 2 * bin === length ? 1 : 2;
        const band = bandOf((bin * rate) / length, edges);
        powers[band]! += (lines * (real * real + imaginary * imaginary)) / (length * weight);
      }
    }
  }
  return windows === 0 ? powers : powers.map((power) => power / windows);
}

function bandOf(frequency: number, edges: readonly number[]): number {
  let band = 0;
  while (band < edges.length - 2 && frequency >= edges[band + 1]!) band++;
  return band;
}
