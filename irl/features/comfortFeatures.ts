import { TICK_S } from '../../sim/core/time.ts';
import { bounded } from './bounded.ts';
import type { FeatureSpec } from './featureSpec.ts';
import { HORIZON_TICKS, type Motion } from './motion.ts';
import type { MotionLimits } from './motionLimits.ts';
import type { Prediction } from './prediction.ts';

// Constants of this module, because engines fold those but not imported bindings.
const TICKS = HORIZON_TICKS;
/** Ticks in a second [1/s]. */
const RATE = 1 / TICK_S;
const ACCELERATION_LIMIT = 15;
const JERK_LIMIT = 60;

/** Comfort group, in the order of `writeComfortFeatures`. */
export const COMFORT_FEATURES: readonly FeatureSpec[] = [
  {
    name: 'longitudinalAccelerationSquared',
    group: 'comfort',
    unit: 'm²/s⁴',
    formula: 'mean of a², a the difference of ds/dt over a tick; limited to 15 m/s²',
    expectedSign: -1,
    source: 'Kuderer, Gulati & Burgard 2015; CommonRoad cost A',
    range: [0, ACCELERATION_LIMIT * ACCELERATION_LIMIT],
  },
  {
    name: 'lateralAccelerationSquared',
    group: 'comfort',
    unit: 'm²/s⁴',
    formula: 'mean of (difference of dd/dt over a tick + curvature (ds/dt)²)²; limited to 15 m/s²',
    expectedSign: -1,
    source: 'Kuderer, Gulati & Burgard 2015',
    range: [0, ACCELERATION_LIMIT * ACCELERATION_LIMIT],
  },
  {
    name: 'longitudinalJerkSquared',
    group: 'comfort',
    unit: 'm²/s⁶',
    formula: 'mean of the squared change of a from tick to tick per second; limited to 60 m/s³',
    expectedSign: -1,
    source: 'Huang, Wu & Lv 2021 (jerk), squared; CommonRoad cost J',
    range: [0, JERK_LIMIT * JERK_LIMIT],
  },
  {
    name: 'lateralJerkSquared',
    group: 'comfort',
    unit: 'm²/s⁶',
    formula: 'mean of the squared change of the lateral acceleration from tick to tick per second; limited to 60 m/s³',
    expectedSign: -1,
    source: 'CommonRoad cost J_lat',
    range: [0, JERK_LIMIT * JERK_LIMIT],
  },
];

/** Writes the comfort group to `out` from `at` on. Accelerations have 50 values, jerks the 49 changes between them. */
export function writeComfortFeatures(motion: Motion, prediction: Prediction, out: Float64Array, at: number): void {
  const { curved, road } = prediction.lanes;
  const { s, sDot, dDot } = motion;
  let lonAcc = 0;
  let latAcc = 0;
  let lonJerk = 0;
  let latJerk = 0;
  let lastLon = 0;
  let lastLat = 0;
  let speed = sDot[0]!;
  let sideways = dDot[0]!;
  for (let k = 0; k < TICKS; k++) {
    const bend = curved ? road.curvature(s[k]!) * speed * speed : 0;
    const nextSpeed = sDot[k + 1]!;
    const nextSideways = dDot[k + 1]!;
    const lon = bounded((nextSpeed - speed) * RATE, -ACCELERATION_LIMIT, ACCELERATION_LIMIT);
    const lat = bounded((nextSideways - sideways) * RATE + bend, -ACCELERATION_LIMIT, ACCELERATION_LIMIT);
    lonAcc += lon * lon;
    latAcc += lat * lat;
    if (k > 0) {
      const jLon = bounded((lon - lastLon) * RATE, -JERK_LIMIT, JERK_LIMIT);
      const jLat = bounded((lat - lastLat) * RATE, -JERK_LIMIT, JERK_LIMIT);
      lonJerk += jLon * jLon;
      latJerk += jLat * jLat;
    }
    speed = nextSpeed;
    sideways = nextSideways;
    lastLon = lon;
    lastLat = lat;
  }
  out[at] = lonAcc / TICKS;
  out[at + 1] = latAcc / TICKS;
  out[at + 2] = lonJerk / (TICKS - 1);
  out[at + 3] = latJerk / (TICKS - 1);
}

/** Writes the least and the largest value of each feature of the group for a motion of which only limits are known. */
export function limitComfortFeatures(limits: MotionLimits, least: Float64Array, most: Float64Array, at: number): void {
  const { accelerationSquared, jerkSquared, strongestAcceleration, strongestJerk } = limits;
  // Beyond these the values are those of limited accelerations and jerks.
  const known = strongestAcceleration <= ACCELERATION_LIMIT && strongestJerk <= JERK_LIMIT;
  least[at] = known ? accelerationSquared.least : 0;
  most[at] = known ? accelerationSquared.most : ACCELERATION_LIMIT * ACCELERATION_LIMIT;
  least[at + 1] = 0;
  most[at + 1] = ACCELERATION_LIMIT * ACCELERATION_LIMIT;
  least[at + 2] = known ? jerkSquared.least : 0;
  most[at + 2] = known ? Math.min(jerkSquared.most, JERK_LIMIT * JERK_LIMIT) : JERK_LIMIT * JERK_LIMIT;
  least[at + 3] = 0;
  most[at + 3] = JERK_LIMIT * JERK_LIMIT;
}
