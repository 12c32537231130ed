import type { MeasuredCheck } from '../figures/measuredCheck.ts';
import {
  corneringLimit,
  keyboardRatio,
  LINEAR_UNDERSTEER,
  linearYawGain,
  measuredUndersteer,
  stepSteer,
  yawGain,
} from './corneringTests.ts';
import { type CourseDriver, driveCourse } from './doubleLaneChange.ts';
import { type CrashOutcome, crash, driveOnWhereLaneEnds, hitRail } from './impactTests.ts';
import { accelerationTime, brakingDistance, HUNDRED, standstillCreep, topSpeed } from './longitudinalTests.ts';
import { LIMIT_SINE, NORMAL_SINE, shippedStepError, stepSizeError } from './stepSizeTests.ts';

/** Entry speed of the double lane change in the table [m/s]. */
export const COURSE_SPEED = 73 / 3.6;
/** A driver that passes at that speed, found by `searchDriver`. */
export const COURSE_DRIVER: CourseDriver = {
  outFrom: 12.744023272041064,
  outLength: 10.380013438314675,
  backFrom: 22.862605120307943,
  backLength: 34.07738566595629,
  middle: 4.711828479642013,
  end: 1.674890698182284,
  preview: 0.4791069282203508,
  gain: 1.070282759511482,
};

/** Everything the vehicle is measured by; the same numbers on every machine. */
export function vehicleChecks(): readonly MeasuredCheck[] {
  return [...longitudinalChecks(), ...corneringChecks(), ...courseChecks(), ...stepSizeChecks(), ...impactChecks()];
}

function longitudinalChecks(): MeasuredCheck[] {
  return [
    check('0 to 100 km/h', accelerationTime(HUNDRED), 's', 7, 9, 'saloon of 1500 kg and 110 kW'),
    check('100 to 0 km/h', brakingDistance(HUNDRED), 'm', 39, 45, 'v²/2μg = 39.3 m is the least that μ = 1 allows'),
    check('top speed', topSpeed() * 3.6, 'km/h', 221, 230, 'power = drag v³ + rolling resistance v at 226 km/h'),
    check('creep in 60 s on the brake, wheels turned [m, rad]', standstillCreep(), '', 0, 0, 'a parked car stands'),
  ];
}

function corneringChecks(): MeasuredCheck[] {
  const step = stepSteer();
  const gains = [10, 20, 30, 40].map((speed) => {
    const theory = linearYawGain(speed);
    const basis = `linear model v / (L + K v²) = ${theory.toFixed(3)} 1/s, 2 %`;
    return check(`yaw gain at ${speed} m/s`, yawGain(speed), '1/s', 0.98 * theory, 1.02 * theory, basis);
  });
  return [
    check(
      'understeer gradient up to 3 m/s²',
      measuredUndersteer() * 1e3,
      '10⁻³ rad s²/m',
      LINEAR_UNDERSTEER * 1e3,
      1.15 * LINEAR_UNDERSTEER * 1e3,
      `linear model ${(LINEAR_UNDERSTEER * 1e3).toFixed(3)}; the brush tyre and the driven front axle add to it`,
    ),
    ...gains,
    check('largest steady lateral acceleration, 25 m/s', corneringLimit(), 'm/s²', 8.3, 9.81, 'below μ g = 9.81 m/s²'),
    check('step steer, 80 km/h: 90 % of the yaw rate after', step.responseTime, 's', 0.1, 0.35, 'passenger cars'),
    check(
      'step steer: overshoot of the yaw rate',
      step.overshoot,
      '1',
      0,
      0.25,
      'well damped: no oscillation that stays',
    ),
    ...[10, 20, 30, 40].map((speed) =>
      check(
        `full key at ${speed} m/s: lateral acceleration over its bound`,
        keyboardRatio(speed),
        '1',
        0.8,
        1,
        'the input shaper promises to stay below the bound',
      ),
    ),
  ];
}

function courseChecks(): MeasuredCheck[] {
  const run = driveCourse(COURSE_SPEED, COURSE_DRIVER);
  return [
    check('double lane change at 73 km/h: deepest corner outside', run.worst, 'm', -1, 0, 'no cone touched'),
    check('double lane change: exit speed', run.exitSpeed * 3.6, 'km/h', 50, 73, 'coasting through'),
    check('double lane change: side slip', run.sideSlip, 'rad', 0.02, 0.3, 'the rear slides but is caught'),
  ];
}

function stepSizeChecks(): MeasuredCheck[] {
  const basis = 'share of the lateral way in a 4 s sine at 35 m/s, against 1920 Hz';
  const rows = ([30, 60, 120, 240] as const).flatMap((hz) => [
    check(`step error, lane change, ${hz} Hz`, stepSizeError(NORMAL_SINE, hz), '1', 0, 0.3 / hz, basis),
    check(`step error, at the limit, ${hz} Hz`, stepSizeError(LIMIT_SINE, hz), '1', 0, 3 / hz, basis),
  ]);
  return [
    ...rows,
    check('step error as shipped (60 Hz x 2), lane change', shippedStepError(NORMAL_SINE), '1', 0, 0.003, basis),
    check('step error as shipped (60 Hz x 2), at the limit', shippedStepError(LIMIT_SINE), '1', 0, 0.02, basis),
  ];
}

/** Speeds of the ego and of what it hits [m/s]. */
const CRASHES = [
  [2, 0],
  [5, 0],
  [10, 0],
  [20, 0],
  [30, 0],
  [45, 0],
  [35, 25],
  [45, 15],
] as const;

function impactChecks(): MeasuredCheck[] {
  const rows = (['car', 'truck'] as const).flatMap((kind) => {
    const outcomes = CRASHES.flatMap(([speed, other]) =>
      [0, 0.9].map((offset) => crash(speed, { kind, speed: other, offset })),
    );
    const worst = (value: (outcome: CrashOutcome) => number) => Math.max(...outcomes.map(value));
    const name = `${outcomes.length} crashes at 2 to 45 m/s into a ${kind === 'car' ? 'car' : '13 m truck'}`;
    return [
      check(
        `${name}: not noted`,
        count(outcomes, (o) => !o.noted),
        '',
        0,
        0,
        'every contact is an event',
      ),
      check(
        `${name}: not finite`,
        count(outcomes, (o) => !o.finite),
        '',
        0,
        0,
        'no NaN',
      ),
      check(
        `${name}: tunnelled`,
        count(outcomes, (o) => o.tunnelled),
        '',
        0,
        0,
        'nobody passes through',
      ),
      check(
        `${name}: overlap beyond one substep's way`,
        worst((o) => o.excessOverlap),
        'm',
        -1,
        0.25,
        'boxes are pushed apart',
      ),
      check(
        `${name}: momentum lost at the contact`,
        worst((o) => o.momentumError),
        '1',
        0,
        0.01,
        'conserved but for the 0.6 g of friction on the vehicle hit',
      ),
      check(
        `${name}: speed after braking to rest`,
        Math.round(1e6 * worst((o) => o.endSpeed)) / 1e6,
        'm/s',
        0,
        1e-6,
        'it comes to rest',
      ),
    ];
  });
  const rails = [3, 9, 23].flatMap((angle) => {
    const hits = ([1, -1] as const).map((side) => hitRail(angle, side));
    const keeps = angle === 3 ? 0.8 : angle === 9 ? 0.7 : 0.4;
    return [
      check(
        `rail at ${angle}°, 33 m/s: corner behind its face`,
        Math.max(...hits.map((hit) => hit.behindRail)),
        'm',
        0,
        (33 * Math.sin((angle * Math.PI) / 180)) / 60 + 0.25,
        'one substep of the speed across and 0.25 m',
      ),
      check(
        `rail at ${angle}°: speed along the road kept after 2 s`,
        Math.min(...hits.map((hit) => hit.speedKept)),
        '1',
        keeps,
        1,
        'a rail turns the car along the road',
      ),
      check(
        `rail at ${angle}°: heading after 2 s`,
        Math.max(...hits.map((hit) => hit.heading)),
        'rad',
        0,
        0.1,
        'the car ends parallel to it',
      ),
      check(
        `rail at ${angle}°: not noted or not finite`,
        count(hits, (h) => !h.noted || !h.finite),
        '',
        0,
        0,
        'no NaN',
      ),
    ];
  });
  const ends = [0, -0.6, -1.2, -1.8, -2.4, -3].map(driveOnWhereLaneEnds);
  const laneEnds = [
    check(
      'end of a lane at 30 m/s, six places: speed across',
      Math.max(...ends.map((end) => end.sideways)),
      'm/s',
      0,
      3.6,
      'twice what the taper of 60 m asks for',
    ),
    check(
      'end of a lane: centre of the car behind the rail',
      Math.max(...ends.map((end) => end.behindRail)),
      'm',
      -3,
      -0.6,
      'nobody passes through',
    ),
    check(
      'end of a lane: way beyond it after 8 s',
      Math.min(...ends.map((end) => end.beyond)),
      'm',
      100,
      200,
      'the rail leads the car on',
    ),
  ];
  return [...rows, ...rails, ...laneEnds];
}

function count<T>(items: readonly T[], which: (item: T) => boolean): number {
  return items.filter(which).length;
}

function check(name: string, value: number, unit: string, low: number, high: number, basis: string): MeasuredCheck {
  return { name, value, unit, low, high, basis };
}
