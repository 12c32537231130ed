import type { DriveEvent } from '../../sim/core/events.ts';
import { TICK_S } from '../../sim/core/time.ts';
import { formatDuration } from '../shell/formatQuantity.ts';

/** Something worth jumping to. */
export interface TimelineMarker {
  readonly timeS: number;
  readonly kind: DriveEvent['kind'];
  /** Whose drive it happened in. */
  readonly whose: 'agent' | 'ghost';
  /** Such as `0:12.3 lane change to the left`. */
  readonly text: string;
}

/** Markers of a drive's events. */
export function markersOf(events: readonly DriveEvent[], whose: TimelineMarker['whose']): TimelineMarker[] {
  return events.map((event) => {
    const timeS = event.tick * TICK_S;
    return { timeS, kind: event.kind, whose, text: `${formatDuration(timeS, true)} ${describe(event)} (${whose})` };
  });
}

function describe(event: DriveEvent): string {
  switch (event.kind) {
    case 'lane-change':
      return `lane change to the ${event.to < event.from ? 'left' : 'right'}`;
    case 'near-miss':
      return `near miss, time to collision ${event.ttc.toFixed(1)} s`;
    case 'collision':
      return event.other < 0
        ? 'contact with the guard rail'
        : `collision, change of speed ${event.impact.toFixed(1)} m/s`;
    case 'off-road':
      return 'off the road';
    case 'take-over':
      return `${event.driver} takes the wheel`;
  }
}
