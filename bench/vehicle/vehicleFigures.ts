import { linePlot } from '../figures/linePlot.ts';
import { LINEAR_UNDERSTEER, linearYawGain, steeringCurve, stepSteer, yawGain } from './corneringTests.ts';
import { COURSE, type CourseDriver, driveCourse, searchDriver } from './doubleLaneChange.ts';
import { speedTraces } from './longitudinalTests.ts';
import { LIMIT_SINE, NORMAL_SINE, stepSizeError } from './stepSizeTests.ts';
import { COURSE_DRIVER, COURSE_SPEED } from './vehicleChecks.ts';

/** The figures of docs/vehicle.md by file name. */
export function vehicleFigures(): Readonly<Record<string, string>> {
  const { throttle, brake } = speedTraces();
  const speeds = Array.from({ length: 23 }, (_, i) => 2 + 2 * i);
  const curve = steeringCurve();
  const rates = [30, 60, 120, 240];
  const run = driveCourse(COURSE_SPEED, COURSE_DRIVER);
  const percent = (name: string, sine: typeof NORMAL_SINE) => ({
    name,
    points: rates.map((hz) => [Math.log2(hz / 30), Math.log10(100 * stepSizeError(sine, hz))] as const),
  });
  return {
    'vehicle-straight': linePlot({
      title: 'Full throttle from rest, full brake from 100 km/h',
      x: 'time [s]',
      y: 'speed [m/s]',
      series: [
        { name: 'throttle', points: throttle },
        { name: 'brake', points: brake },
      ],
    }),
    'vehicle-yaw-gain': linePlot({
      title: 'Yaw gain',
      x: 'speed [m/s]',
      y: 'yaw rate / road-wheel angle [1/s]',
      series: [
        { name: 'simulated', points: speeds.map((v) => [v, yawGain(v)] as const), style: 'dots' },
        { name: 'v / (L + K v²)', points: speeds.map((v) => [v, linearYawGain(v)] as const), style: 'dashed' },
      ],
    }),
    'vehicle-understeer': linePlot({
      title: 'Steady cornering at 25 m/s',
      x: 'lateral acceleration [m/s²]',
      y: 'steering beyond L a / v² [mrad]',
      series: [
        { name: 'simulated', points: curve.map(([a, extra]) => [a, 1e3 * extra] as const), style: 'dots' },
        {
          name: 'K a, linear tyres',
          points: [0, 9].map((a) => [a, 1e3 * LINEAR_UNDERSTEER * a] as const),
          style: 'dashed',
        },
      ],
    }),
    'vehicle-step-steer': linePlot({
      title: 'Step of the steering at 80 km/h, settling near 4 m/s²',
      x: 'time [s]',
      y: 'yaw rate [rad/s]',
      series: [{ name: 'simulated', points: stepSteer().trace.filter(([time]) => time <= 2.5) }],
    }),
    'vehicle-double-lane-change': linePlot({
      title: 'Double lane change at 73 km/h: centre of the car between the lanes',
      x: 'x [m]',
      y: 'y [m]',
      series: [
        { name: 'car', points: run.trace },
        ...COURSE.flatMap((gate, k) => [{ name: `lane ${k + 1}`, points: outline(gate), style: 'dashed' as const }]),
      ],
    }),
    'vehicle-step-size': linePlot({
      title: 'Error of the lateral way against 1920 Hz',
      x: 'log2 of the rate / 30 Hz: 0 is 30, 3 is 240 Hz',
      y: 'log10 of the error in %',
      series: [percent('lane change', NORMAL_SINE), percent('at the limit', LIMIT_SINE)],
    }),
  };
}

function outline(gate: (typeof COURSE)[number]): [number, number][] {
  const { from, to, right, left } = gate;
  return [
    [from, right],
    [to, right],
    [to, left],
    [from, left],
    [from, right],
  ];
}

/** Random driver parameters that are tried at each speed. */
const TRIES = 3000;
const SEEDS = [1, 2, 3, 4] as const;

/** Raises the entry speed by 1 km/h at a time until no driver that passes is found; one sentence. */
export function courseSearchText(): string {
  let driver: CourseDriver = COURSE_DRIVER;
  for (let kmh = 70; ; kmh++) {
    const passed = SEEDS.map((seed) => () => searchDriver(kmh / 3.6, driver, TRIES, seed)).reduce<CourseDriver | null>(
      (found, search) => {
        if (found !== null) return found;
        const result = search();
        return result.run.worst < 0 ? result.driver : null;
      },
      null,
    );
    if (passed !== null) {
      driver = passed;
      continue;
    }
    return `Among ${SEEDS.length * TRIES} drivers tried at each speed one passes at ${kmh - 1} km/h, none at ${kmh} km/h.`;
  }
}
