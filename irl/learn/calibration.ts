/** Effective scenes (scenes x scene weight) from which a learning counts as a large one. */
const LARGE = 50;
/** Factors for fewer effective scenes than that, and for as many or more. */
const SMALL_FACTOR = 1.09;
const LARGE_FACTOR = 1.02;

/**
 * Factor on the deviations of the posterior with which nominal 95 % intervals hold the true direction in 95 % of simulated
 * learnings (simulation-based calibration, Talts et al. 2018). Estimated on the simulations of `bench/calibration.ts`,
 * whose halves check each other; `docs/learning.md`.
 * @param scenes effective number: scenes x scene weight
 */
export function calibrationFactor(scenes: number): number {
  return scenes < LARGE ? SMALL_FACTOR : LARGE_FACTOR;
}
