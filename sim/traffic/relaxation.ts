import { type DriverColumns, TRAIT, TRAIT_STRIDE } from './driverColumns.ts';

/** Share of the missing headway that is won back each second [1/s]: after 15 s two thirds. */
const RECOVERY = 0.07;

/**
 * Lets a driver keep only a share of its wished time headway for now: who merges, or lets somebody in, does not brake for
 * the gap it likes at once but falls back to it within some 20 s (the relaxation of Laval & Leclercq 2008).
 */
export function giveUpHeadway({ traits }: DriverColumns, row: number, share: number): void {
  const at = row * TRAIT_STRIDE;
  const kept = share * traits[at + TRAIT.wishedHeadway]!;
  if (kept < traits[at + TRAIT.timeHeadway]!) traits[at + TRAIT.timeHeadway] = kept;
}

/** One second of a driver's way back to its wished headway. */
export function recoverHeadway({ traits }: DriverColumns, row: number): void {
  const at = row * TRAIT_STRIDE;
  const missing = traits[at + TRAIT.wishedHeadway]! - traits[at + TRAIT.timeHeadway]!;
  if (missing > 0) traits[at + TRAIT.timeHeadway] = traits[at + TRAIT.timeHeadway]! + RECOVERY * missing;
}
