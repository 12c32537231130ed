/**
 * Factor on the deviations of the posterior with which 95 % intervals hold the true weight in 95 % of simulated
 * learnings (simulation-based calibration, Talts et al. 2018): `bench/calibration.ts`, `docs/learning.md`.
 */
export const CALIBRATION_FACTOR = 1;
