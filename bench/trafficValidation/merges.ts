import { findBaselineDriver } from '../../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../../scenarios/buildScenario.ts';
import { advanceTick } from '../../sim/core/advanceWorld.ts';
import { TICK_S } from '../../sim/core/time.ts';
import { createWorld, type World } from '../../sim/core/world.ts';
import { HARD_BRAKING } from './fundamentalDiagram.ts';

/** Where a tick of hard braking belongs; each is counted once, under the first that holds. */
export const BRAKING_PLACES = ['entry', 'settling', 'lane end', 'elsewhere'] as const;
export type BrakingPlace = (typeof BRAKING_PLACES)[number];

/** What the traffic does in the worlds of one scenario family at one density. */
export interface MergePoint {
  readonly family: string;
  /** [veh/km/lane] */
  readonly density: number;
  readonly drives: number;
  /** Hours of the traffic, without the ego. */
  readonly vehicleHours: number;
  /** Ticks with braking above 4 m/s² [1 / vehicle-hour]. */
  readonly hardBrakingPerHour: number;
  /**
   * Shares of those ticks: within 100 m of the start of the own lane, where vehicles enter, in the first 10 s, within
   * 500 m before the end of a lane, and all others [1].
   */
  readonly places: Readonly<Record<BrakingPlace, number>>;
  /** Strongest deceleration of anybody [m/s²], positive. */
  readonly strongest: number;
  /** Pairs of vehicles of the traffic that came to overlap. */
  readonly collisions: number;
  readonly egoCollisions: number;
}

/** Families with a lane that ends, and the densities that are driven [veh/km/lane]. */
export const MERGES: readonly { readonly family: string; readonly densities: readonly number[] }[] = [
  { family: 'lane-drop', densities: [8, 12, 16, 20] },
  { family: 'on-ramp-merge', densities: [8, 14, 20, 26] },
  { family: 'on-ramp-merge-mainline', densities: [8, 14, 20, 26] },
];
/** Seeds that each of them is driven with. */
export const MERGE_SEEDS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

const ENTRY_M = 100;
const SETTLING_S = 10;
/** From here drivers know of the end of a lane [m]. */
const LANE_END_M = 500;

/** Drives the worlds of a family at one density for their whole time, with the mean IDM+MOBIL driver as the ego. */
export function mergePoint(family: string, density: number, seeds: readonly number[]): MergePoint {
  const hard: Record<BrakingPlace, number> = { entry: 0, settling: 0, 'lane end': 0, elsewhere: 0 };
  let [samples, strongest, collisions, egoCollisions] = [0, 0, 0, 0];
  for (const seed of seeds) {
    const scenario = buildScenario(`${family}@1?density=${density}#${seed}`);
    const world = createWorld(scenario.spec);
    const driver = findBaselineDriver('idm-mobil').create();
    driver.start(world);
    const { vehicles } = world;
    let touching = new Set<string>();
    const ticks = Math.round(scenario.durationS / TICK_S);
    while (world.tick < ticks) {
      advanceTick(world, driver);
      for (let i = 1; i < vehicles.count; i++) {
        const braking = -vehicles.a[i]!;
        if (braking > HARD_BRAKING) hard[placeOf(world, i)]++;
        strongest = Math.max(strongest, braking);
      }
      samples += vehicles.count - 1;
      const now = overlapsOfTraffic(world);
      for (const pair of now) if (!touching.has(pair)) collisions++;
      touching = now;
    }
    egoCollisions += world.events.filter(({ kind }) => kind === 'collision').length;
  }
  const all = BRAKING_PLACES.reduce((sum, place) => sum + hard[place], 0);
  const share = (place: BrakingPlace) => (all === 0 ? 0 : hard[place] / all);
  const vehicleHours = (samples * TICK_S) / 3600;
  return {
    family,
    density,
    drives: seeds.length,
    vehicleHours,
    hardBrakingPerHour: all / vehicleHours,
    places: {
      entry: share('entry'),
      settling: share('settling'),
      'lane end': share('lane end'),
      elsewhere: share('elsewhere'),
    },
    strongest,
    collisions,
    egoCollisions,
  };
}

function placeOf({ vehicles, tick, road }: World, i: number): BrakingPlace {
  const s = vehicles.s[i]!;
  const { lanes } = road.spec;
  if (s < Math.max(0, lanes[vehicles.lane[i]!]?.from ?? 0) + ENTRY_M) return 'entry';
  if (tick * TICK_S <= SETTLING_S) return 'settling';
  return lanes.some(({ to }) => to < road.length && s > to - LANE_END_M && s <= to) ? 'lane end' : 'elsewhere';
}

/** Pairs of ids of the traffic whose boxes overlap, as text. */
function overlapsOfTraffic({ vehicles: v, traffic }: World): Set<string> {
  const { order, ordered } = traffic.neighbours;
  const pairs = new Set<string>();
  // The order is that of the end of the tick, furthest along first.
  for (let k = 0; k < ordered; k++) {
    const i = order[k]!;
    if (i === 0) continue;
    for (let m = k + 1; m < ordered; m++) {
      const j = order[m]!;
      const along = v.s[i]! - v.s[j]!;
      if (along > LONGEST_M) break;
      if (j === 0 || along >= (v.length[i]! + v.length[j]!) / 2) continue;
      if (Math.abs(v.d[i]! - v.d[j]!) < (v.width[i]! + v.width[j]!) / 2) pairs.add(`${v.id[i]}-${v.id[j]}`);
    }
  }
  return pairs;
}

/** No vehicle is longer than this [m]. */
const LONGEST_M = 22;
