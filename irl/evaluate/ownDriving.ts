import type { Recording } from '../../recordings/recording.ts';
import { isHandedOver } from '../features/demonstrationScenes.ts';

/** Ticks from..to of a recording, both ends included. */
export interface TickRange {
  readonly fromTick: number;
  readonly toTick: number;
}

/**
 * The stretches in which the recording's driver held the wheel, up to the first collision: what comes after a crash, or
 * from somebody else's hands, says nothing about the driver.
 */
export function ownDriving(recording: Recording): TickRange[] {
  const crash = recording.events.find((event) => event.kind === 'collision')?.tick ?? Number.POSITIVE_INFINITY;
  const last = Math.min(recording.ticks, crash);
  const ranges: { fromTick: number; toTick: number }[] = [];
  for (let tick = 0; tick < last; tick++) {
    if (isHandedOver(recording, tick, tick + 1)) continue;
    const open = ranges.at(-1);
    if (open?.toTick === tick) open.toTick = tick + 1;
    else ranges.push({ fromTick: tick, toTick: tick + 1 });
  }
  return ranges;
}
