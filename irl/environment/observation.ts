import { clamp } from '../../sim/core/deterministicMath.ts';
import type { World } from '../../sim/core/world.ts';
import { throughEnd } from '../../sim/road/laneUse.ts';
import { distanceToRoadEdges } from './roadEdges.ts';
import type { BoxSpace, SpaceField } from './space.ts';

/** Vehicles that an observation shows. */
export const OBSERVED_VEHICLES = 10;
/** Distance along the road up to which others are shown [m]. */
export const OBSERVED_RANGE = 200;
/** Lane ends further away than this are shown as this far [m]. */
const LANE_END_RANGE = 300;

type Row = readonly [name: string, unit: string, low: number, high: number, description: string];

const EGO_ROWS: readonly Row[] = [
  ['ego.sDot', 'm/s', -20, 90, 'speed along the road'],
  ['ego.dDot', 'm/s', -40, 40, 'speed across the road, left positive'],
  ['ego.ax', 'm/s²', -100, 100, 'longitudinal acceleration over the last substep'],
  ['ego.ay', 'm/s²', -100, 100, 'lateral acceleration over the last substep, left positive'],
  ['ego.headingOffset', 'rad', -7, 7, 'yaw relative to the road'],
  ['ego.yawRate', 'rad/s', -20, 20, 'yaw rate'],
  ['ego.steer', 'rad', -0.6, 0.6, 'road-wheel angle'],
  ['ego.lane', '1', 0, 20, 'lane of the centre, 0 is the leftmost'],
  ['ego.laneOffset', 'm', -60, 60, 'centre left of the middle of its lane'],
  ['ego.edgeLeft', 'm', -60, 60, 'from the centre to the left edge of the road, negative beyond it'],
  ['ego.edgeRight', 'm', -60, 60, 'from the centre to the right edge of the road, negative beyond it'],
  ['ego.mayGoLeft', '1', 0, 1, '1 when the lane to the left exists here and may be entered'],
  ['ego.mayGoRight', '1', 0, 1, '1 when the lane to the right exists here and may be entered'],
  [
    'ego.laneEnd',
    'm',
    0,
    LANE_END_RANGE,
    "from the centre to where the lane ends, or leads off the ego's way, at most 300",
  ],
  ['ego.speedLimit', 'm/s', 0, 90, 'speed limit of the lane'],
  ['ego.curvature', '1/m', -0.1, 0.1, 'curvature of the reference line, left positive'],
];

const VEHICLE_ROWS: readonly Row[] = [
  ['present', '1', 0, 1, '0 when there is no such vehicle; its other fields are 0 then'],
  ['s', 'm', -OBSERVED_RANGE, OBSERVED_RANGE, 'centre ahead of the centre of the ego, along the road'],
  ['d', 'm', -80, 80, 'centre left of the centre of the ego, across the road'],
  ['sDot', 'm/s', -100, 100, 'speed along the road minus that of the ego'],
  ['dDot', 'm/s', -60, 60, 'speed across the road, left positive'],
  ['a', 'm/s²', -100, 100, 'acceleration along the road'],
  ['length', 'm', 0, 40, 'length of the box'],
  ['width', 'm', 0, 6, 'width of the box'],
];

function field([name, unit, low, high, description]: Row): SpaceField {
  return { name, unit, low, high, description };
}

/**
 * Layout of an observation: 16 fields of the ego, then 8 for each of the 10 others that are nearest along the road
 * (within 200 m, nearest first, ties by id). SI units, not normalised; values beyond the bounds, as in a crash, are
 * put on them.
 */
export const OBSERVATION_SPACE: BoxSpace = {
  kind: 'box',
  fields: [
    ...EGO_ROWS.map(field),
    ...Array.from({ length: OBSERVED_VEHICLES }, (_, k) =>
      VEHICLE_ROWS.map(([name, ...rest]) => field([`other${k}.${name}`, ...rest])),
    ).flat(),
  ],
};

const LOW = Float64Array.from(OBSERVATION_SPACE.fields, (f) => f.low);
const HIGH = Float64Array.from(OBSERVATION_SPACE.fields, (f) => f.high);

/** Observation of a world at the end of a tick, as `OBSERVATION_SPACE` lays it out. Shape: [fields]. */
export function observe(world: World, out: Float64Array = new Float64Array(LOW.length)): Float64Array {
  writeEgo(world, out);
  writeOthers(world, out);
  for (let i = 0; i < out.length; i++) out[i] = clamp(out[i]!, LOW[i]!, HIGH[i]!);
  return out;
}

function writeEgo({ ego, road, spec }: World, out: Float64Array): void {
  const lane = road.laneAt(ego.s, ego.d);
  const edges = distanceToRoadEdges(road, ego.s, ego.d);
  out[0] = ego.sDot;
  out[1] = ego.dDot;
  out[2] = ego.ax;
  out[3] = ego.ay;
  out[4] = ego.headingOffset;
  out[5] = ego.yawRate;
  out[6] = ego.steer;
  out[7] = lane;
  out[8] = ego.d - road.laneCentre(lane);
  out[9] = edges.left;
  out[10] = edges.right;
  out[11] = road.mayChange(lane, lane - 1, ego.s) ? 1 : 0;
  out[12] = road.mayChange(lane, lane + 1, ego.s) ? 1 : 0;
  out[13] = (spec.ego.leavesByExit ? road.lanes.to[lane]! : throughEnd(road.spec.lanes[lane]!)) - ego.s;
  out[14] = road.speedLimit(lane);
  out[15] = road.curvature(ego.s);
}

function writeOthers({ ego, vehicles }: World, out: Float64Array): void {
  const nearest = nearestSlots(ego.s, vehicles);
  const width = VEHICLE_ROWS.length;
  out.fill(0, EGO_ROWS.length);
  for (const [k, i] of nearest.entries()) {
    const at = EGO_ROWS.length + k * width;
    out[at] = 1;
    out[at + 1] = vehicles.s[i]! - ego.s;
    out[at + 2] = vehicles.d[i]! - ego.d;
    out[at + 3] = vehicles.sDot[i]! - ego.sDot;
    out[at + 4] = vehicles.dDot[i]!;
    out[at + 5] = vehicles.a[i]!;
    out[at + 6] = vehicles.length[i]!;
    out[at + 7] = vehicles.width[i]!;
  }
}

/** Slots of the nearest others, nearest first; at most OBSERVED_VEHICLES. */
function nearestSlots(s: number, vehicles: World['vehicles']): number[] {
  const distance = (i: number) => Math.abs(vehicles.s[i]! - s);
  const before = (i: number, j: number) =>
    distance(i) < distance(j) || (distance(i) === distance(j) && vehicles.id[i]! < vehicles.id[j]!);
  const nearest: number[] = [];
  for (let i = 1; i < vehicles.count; i++) {
    if (!(distance(i) <= OBSERVED_RANGE)) continue;
    let k = nearest.length;
    while (k > 0 && before(i, nearest[k - 1]!)) k--;
    if (k >= OBSERVED_VEHICLES) continue;
    nearest.splice(k, 0, i);
    if (nearest.length > OBSERVED_VEHICLES) nearest.pop();
  }
  return nearest;
}
