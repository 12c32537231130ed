/** One tick [s]: traffic decides, features and plans are sampled. */
export const TICK_S = 0.1;
/** Substeps in one tick: ego dynamics, inputs and contacts run in each. */
export const SUBSTEPS_PER_TICK = 6;
/** One substep [s]. */
export const SUBSTEP_S = 1 / 60;
/**
 * Version of the simulator's behaviour; stored in every recording and reward, bumped when the same inputs no longer
 * give the same bits or the same hashes.
 */
export const SIMULATOR_VERSION = 4;
