/** Starts of rollouts at most, unless told otherwise. */
const ROLLOUTS_AT_MOST = 40;
/**
 * Ticks of driving that each start stands for at least: half a window, as starts that overlap more tell little more.
 */
const TICKS_A_START = 25;

/**
 * From how many moments the agent drives on in a round, unless told otherwise: as many as the driving tells apart, so
 * that little driving is matched quickly.
 * @param drivenTicks ticks of driving that can be learned from
 */
export function rolloutBudget(drivenTicks: number): number {
  return Math.min(ROLLOUTS_AT_MOST, Math.max(1, Math.ceil(drivenTicks / TICKS_A_START)));
}
