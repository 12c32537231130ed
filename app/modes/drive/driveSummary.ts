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
  /** How often the drive was rewound; the other figures are those of what was driven in the end. */
  readonly rewinds: number;
  /** Mean speed [m/s]. */
  readonly meanSpeed: number;
  /** Median of the headway while following somebody [s], or null when nobody was followed. */
  readonly medianHeadwayS: number | null;
}

/** A leader further away in time is not followed [s]. */
const FOLLOWING_S = 6;

/** Gathers the figures of a running drive. */
export interface DriveFigures {
  /** Call once after every tick. */
  tick(world: World): void;
  /** Forgets what was after a tick, to which the drive was rewound. */
  rewind(tick: number): void;
  read(world: World): DriveSummary;
}

/** @param start the world before it moves */
export function createDriveSummary(start: World): DriveFigures {
  const startS = start.ego.s;
  const reading = emptyReading();
  let followed: { readonly tick: number; readonly headwayS: number }[] = [];
  let rewinds = 0;
  return {
    tick(world) {
      readEgo(world, reading);
      if (reading.headwayS < FOLLOWING_S) followed.push({ tick: world.tick, headwayS: reading.headwayS });
    },
    rewind(tick) {
      followed = followed.filter((sample) => sample.tick <= tick);
      rewinds++;
    },
    read(world) {
      const durationS = world.tick * TICK_S;
      const count = (kind: string) => world.events.filter((event) => event.kind === kind).length;
      const distanceM = world.ego.s - startS;
      const sorted = followed.map(({ headwayS }) => headwayS).sort((a, b) => a - b);
      return {
        durationS,
        distanceM,
        laneChanges: count('lane-change'),
        nearMisses: count('near-miss'),
        firstCollisionTick: world.events.find((event) => event.kind === 'collision')?.tick ?? null,
        rewinds,
        meanSpeed: durationS > 0 ? distanceM / durationS : 0,
        medianHeadwayS: sorted.length > 0 ? sorted[Math.floor(sorted.length / 2)]! : null,
      };
    },
  };
}
