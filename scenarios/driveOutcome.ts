import { advanceTick } from '../sim/core/advanceWorld.ts';
import type { Driver } from '../sim/core/driver.ts';
import { TICK_S } from '../sim/core/time.ts';
import { timeHeadway } from '../sim/core/timeHeadway.ts';
import { timeToCollision } from '../sim/core/timeToCollision.ts';
import { createWorld, type World } from '../sim/core/world.ts';
import { leadsOff, throughEnd } from '../sim/road/laneUse.ts';
import { slotOf } from '../sim/traffic/trafficState.ts';
import { neutralCommand } from '../sim/vehicle/egoCommand.ts';
import type { Scenario } from './buildScenario.ts';

/** What the ego collided with, by the side of it that was hit: its front, its rear, a side, or a guard rail. */
export const COLLISION_KINDS = ['front', 'rear', 'side', 'rail'] as const;
export type CollisionKind = (typeof COLLISION_KINDS)[number];

/** What came of one drive. */
export interface DriveOutcome {
  readonly id: string;
  /** Driven time [s]: the scenario's, or less when a collision or the end of the road ended it. */
  readonly seconds: number;
  /** Way along the road [m]. */
  readonly distance: number;
  /** distance over seconds [m/s]; 0 for a drive that ended in its first tick. */
  readonly meanSpeed: number;
  readonly laneChanges: number;
  /** The first collision, which ends the drive. */
  readonly collision: { readonly kind: CollisionKind; readonly at: number; readonly impact: number } | null;
  readonly nearMisses: number;
  /** Times the ego left the lanes. */
  readonly offRoad: number;
  /** Smallest time to collision at the ends of ticks, bumper to bumper [s]; null when nothing was ever closed in on. */
  readonly minTtc: number | null;
  /** Smallest time headway at the ends of ticks, bumper to bumper [s]; null when nobody was ever ahead. */
  readonly minHeadway: number | null;
  /**
   * Root mean square of the jerk [m/s³]: change, from tick to tick, of the acceleration of the car over a tick. Not
   * that of ds/dt, which jumps for a car beside the reference line where the road's curvature does.
   */
  readonly rmsJerk: number;
  /** Strongest deceleration of the car over a tick [m/s²], positive. */
  readonly maxDeceleration: number;
  /** Stretches of time with more deceleration than is comfortable. */
  readonly hardBrakings: number;
  /**
   * Whether somebody whose script was under way was ahead in the ego's way, within 100 m: otherwise the drive says
   * nothing of what the scenario is named after. Null where nothing is scripted.
   */
  readonly metScript: boolean | null;
  /** When the scenario's goal was reached [s]; null when it was not, or when there is none. */
  readonly goalAt: number | null;
}

/** Deceleration beyond which people are uncomfortable [m/s²]: nuPlan's bound, from its human drivers. */
export const HARD_BRAKING = 4.05;
/** Who is further ahead is not met [m]. */
const MET_WITHIN = 100;
/** The ego is in a lane when its centre is this close to the lane's [m]. */
const WITHIN_LANE = 0.5;

/** What a drive needs of a scenario. */
export type DrivenScenario = Pick<Scenario, 'id' | 'spec' | 'durationS' | 'goal'>;

/** Drives a scenario to its end, to that of the road, or to the first collision. */
export function driveOutcome(scenario: DrivenScenario, driver: Driver): DriveOutcome {
  const world = createWorld(scenario.spec);
  const command = neutralCommand();
  driver.start(world);
  const start = world.ego.s;
  const startLane = world.road.laneAt(world.ego.s, world.ego.d);
  const ticks = Math.round(scenario.durationS / TICK_S);
  let minTtc = Number.POSITIVE_INFINITY;
  let minHeadway = Number.POSITIVE_INFINITY;
  let acceleration = Number.NaN;
  let jerkSquared = 0;
  let jerks = 0;
  let maxDeceleration = 0;
  let hardBrakings = 0;
  let brakesHard = false;
  let goalAt: number | null = null;
  let metScript = world.scripts.length > 0 ? false : null;
  let collision: DriveOutcome['collision'] = null;
  while (world.tick < ticks && collision === null && world.ego.s < world.road.length) {
    const speedBefore = world.ego.vx;
    const eventsBefore = world.events.length;
    advanceTick(world, driver, command);
    if (metScript === false) metScript = meetsScript(world);
    collision = firstCollision(world, eventsBefore);
    if (collision) break;
    minTtc = Math.min(minTtc, timeToCollision(world));
    minHeadway = Math.min(minHeadway, timeHeadway(world));
    const before = acceleration;
    acceleration = (world.ego.vx - speedBefore) / TICK_S;
    // The first tick has no jerk: nothing is known of what was before.
    if (!Number.isNaN(before)) {
      const jerk = (acceleration - before) / TICK_S;
      jerkSquared += jerk * jerk;
      jerks += 1;
    }
    const deceleration = -acceleration;
    maxDeceleration = Math.max(maxDeceleration, deceleration);
    if (deceleration > HARD_BRAKING && !brakesHard) hardBrakings++;
    brakesHard = deceleration > HARD_BRAKING;
    if (goalAt === null && reached(world, scenario, startLane)) goalAt = world.tick * TICK_S;
  }
  const count = (kind: string) => world.events.filter((event) => event.kind === kind).length;
  const seconds = world.tick * TICK_S;
  const distance = world.ego.s - start;
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    id: scenario.id,
    seconds,
    distance,
    meanSpeed: seconds > 0 ? distance / seconds : 0,
    laneChanges: count('lane-change'),
    collision,
    nearMisses: count('near-miss'),
    offRoad: count('off-road'),
    minTtc: finite(minTtc),
    minHeadway: finite(minHeadway),
    rmsJerk: jerks > 0 ? Math.sqrt(jerkSquared / jerks) : 0,
    maxDeceleration,
    hardBrakings,
    metScript,
    goalAt,
  };
}

function meetsScript({ scripts, vehicles, ego, car }: World): boolean {
  for (const { phase, spec } of scripts) {
    if (phase !== 1 && phase !== 2) continue;
    const actor = slotOf(vehicles, spec.actor);
    if (actor < 0) continue;
    const ahead = vehicles.s[actor]! - ego.s;
    const apart = Math.abs(vehicles.d[actor]! - ego.d) - (vehicles.width[actor]! + car.width) / 2;
    if (ahead > 0 && ahead < MET_WITHIN && apart < 0) return true;
  }
  return false;
}

function reached({ ego, road, watch }: World, { goal }: DrivenScenario, startLane: number): boolean {
  if (goal === null) return false;
  const lane = road.laneAt(ego.s, ego.d);
  const spec = road.spec.lanes[lane]!;
  if (goal === 'merge')
    return spec.kind === 'main' && ego.s > throughEnd(road.spec.lanes[startLane]!) && !watch.offRoad;
  // An auxiliary lane is also there to be driven through.
  const isOut = spec.kind === 'off-ramp' || ego.s > spec.openTo;
  return leadsOff(spec) && isOut && Math.abs(ego.d - road.laneCentre(lane)) < WITHIN_LANE;
}

function firstCollision(world: World, from: number): DriveOutcome['collision'] {
  for (let k = from; k < world.events.length; k++) {
    const event = world.events[k]!;
    if (event.kind !== 'collision') continue;
    return { kind: collisionKind(world, event.other), at: event.tick * TICK_S, impact: event.impact };
  }
  return null;
}

/** The boxes overlap least, or are furthest apart, along the axis on which they met. */
function collisionKind({ vehicles, ego, car }: World, other: number): CollisionKind {
  if (other < 0) return 'rail';
  const slot = slotOf(vehicles, other);
  const ahead = vehicles.s[slot]! - ego.s;
  const along = Math.abs(ahead) - (vehicles.length[slot]! + car.length) / 2;
  const across = Math.abs(vehicles.d[slot]! - ego.d) - (vehicles.width[slot]! + car.width) / 2;
  if (across > along) return 'side';
  return ahead > 0 ? 'front' : 'rear';
}
