import { TICK_S } from '../../../sim/core/time.ts';
import type { World } from '../../../sim/core/world.ts';
import { emptyReading, readEgo } from './roadReading.ts';

/** Figures of a drive that are shown when it ends. */
export interface DriveSummary {
  readonly durationS: number;
  readonly distanceM: number;
  readonly laneChanges: number;
  readonly nearMisses: number;
  /** Tick of the first collision, or null. */
  readonly firstCollisionTick: number | null;
  readonly takeOvers: number;
  /** Mean speed [m/s]. */
  readonly meanSpeed: number;
  /** Median of the headway while following somebody [s], or null when nobody was followed. */
  readonly medianHeadwayS: number | null;
}

/** A leader further away in time is not followed [s]. */
const FOLLOWING_S = 6;

/** Gathers the figures of a running drive; call `tick` once after every tick. */
export function createDriveSummary(start: World): { tick(world: World): void; read(world: World): DriveSummary } {
  const startS = start.ego.s;
  const reading = emptyReading();
  const headways: number[] = [];
  return {
    tick(world) {
      readEgo(world, reading);
      if (reading.headwayS < FOLLOWING_S) headways.push(reading.headwayS);
    },
    read(world) {
      const durationS = world.tick * TICK_S;
      const count = (kind: string) => world.events.filter((event) => event.kind === kind).length;
      const distanceM = world.ego.s - startS;
      const sorted = headways.toSorted((a, b) => a - b);
      return {
        durationS,
        distanceM,
        laneChanges: count('lane-change'),
        nearMisses: count('near-miss'),
        firstCollisionTick: world.events.find((event) => event.kind === 'collision')?.tick ?? null,
        takeOvers: count('take-over'),
        meanSpeed: durationS > 0 ? distanceM / durationS : 0,
        medianHeadwayS: sorted.length > 0 ? sorted[Math.floor(sorted.length / 2)]! : null,
      };
    },
  };
}
