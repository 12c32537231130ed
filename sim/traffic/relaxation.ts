import type { DriverColumns } from './driverColumns.ts';

/** Share of the missing headway that is won back each second [1/s]: after 15 s two thirds. */
const RECOVERY = 0.07;

/**
 * Lets a driver keep only a share of its wished time headway for now: who merges, or lets somebody in, does not brake for
 * the gap it likes at once but falls back to it within some 20 s (the relaxation of Laval & Leclercq 2008).
 */
export function giveUpHeadway(drivers: DriverColumns, row: number, share: number): void {
  const kept = share * drivers.wishedHeadway[row]!;
  if (kept < drivers.timeHeadway[row]!) drivers.timeHeadway[row] = kept;
}

/** One second of a driver's way back to its wished headway. */
export function recoverHeadway(drivers: DriverColumns, row: number): void {
  const missing = drivers.wishedHeadway[row]! - drivers.timeHeadway[row]!;
  if (missing > 0) drivers.timeHeadway[row] = drivers.timeHeadway[row]! + RECOVERY * missing;
}
