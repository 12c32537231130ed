import type { DriveSummary } from './recordDrive.ts';
import { textPairs } from './textTable.ts';

/** The summary of a drive as a person reads it. */
export function driveReport(summary: DriveSummary, file: string): string {
  const { ticks, roadEnded, distance, meanSpeed, collisions, nearMisses, offRoad, laneChanges, minTtc, hash } = summary;
  return textPairs([
    ['time', `${(ticks / 10).toFixed(1)} s (${ticks} ticks)${roadEnded ? ', then the road ended' : ''}`],
    ['distance', `${distance.toFixed(0)} m`],
    ['mean speed', `${meanSpeed.toFixed(1)} m/s`],
    ['lane changes', String(laneChanges)],
    ['collisions', String(collisions)],
    ['near misses', String(nearMisses)],
    ['off the road', String(offRoad)],
    ['smallest TTC', minTtc === null ? 'never closing in' : `${minTtc.toFixed(1)} s`],
    ['final hash', hash],
    ['recording', file],
  ]);
}
