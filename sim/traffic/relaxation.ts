import { CHANGING, type DriverColumns, FOLLOWING, TRAIT_STRIDE } from './driverColumns.ts';

/** Share of the missing headway that is won back each second [1/s]: after 15 s two thirds. */
const RECOVERY = 0.07;

/**
 * Lets a driver keep only a share of its wished time headway for now: who merges, or lets somebody in, does not brake
 * for the gap it likes at once but falls back to it within some 20 s (the relaxation of Laval & Leclercq 2008).
 */
export function giveUpHeadway({ following, changing, relaxing }: DriverColumns, row: number, share: number): void {
  const at = row * TRAIT_STRIDE;
  const kept = share * changing[at + CHANGING.wishedHeadway]!;
  if (kept >= following[at + FOLLOWING.timeHeadway]!) return;
  following[at + FOLLOWING.timeHeadway] = kept;
  relaxing[row] = 1;
}

/** One second of a driver's way back to its wished headway. */
export function recoverHeadway({ following, changing, relaxing }: DriverColumns, row: number): void {
  if (relaxing[row] === 0) return;
  const at = row * TRAIT_STRIDE;
  const missing = changing[at + CHANGING.wishedHeadway]! - following[at + FOLLOWING.timeHeadway]!;
  if (missing > 0) following[at + FOLLOWING.timeHeadway] = following[at + FOLLOWING.timeHeadway]! + RECOVERY * missing;
}
