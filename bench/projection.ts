import { projectMotion } from '../irl/candidates/projection.ts';
import { pseudoInverse } from '../irl/candidates/pseudoInverse.ts';
import { demonstrationScenes } from '../irl/features/demonstrationScenes.ts';
import { MOTION_SAMPLES } from '../irl/features/motion.ts';
import { demonstratedMotion, sceneAt } from '../irl/features/sceneFromRecording.ts';
import { quantile } from '../irl/learn/quantile.ts';
import { publishResult } from './publishResult.ts';
import { us101Recordings } from './us101Data.ts';

/*
 * How well families of motions hold what people do: least-squares fit of 5 s windows of the imported US-101
 * demonstrators, from the present state, and the largest error over the window.
 * `npx tsx bench/projection.ts [--json]`, or without --json into bench/results/projection.json. Needs
 * ../shared/data/ngsim-us101.
 */

const recordings = await us101Recordings();

const times = Array.from({ length: MOTION_SAMPLES }, (_, k) => k / 10);
const power = (n: number) => times.map((t) => (t / 5) ** n);
/** t³ and t⁴ from a knot on: two quartics with continuous acceleration. */
const joined = (knot: number) => [3, 4].map((n) => times.map((t) => (t > knot ? ((t - knot) / 5) ** n : 0)));

/** Families in one coordinate by the functions they add to present position, speed and acceleration. */
const FAMILIES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  'quartic, free end speed and acceleration (2)': [power(3), power(4)],
  'quintic, free end (3)': [power(3), power(4), power(5)],
  'sextic (4)': [power(3), power(4), power(5), power(6)],
  'piecewise linear acceleration, knots 1.25 2.5 3.75 (4)': [
    power(3),
    ...[1.25, 2.5, 3.75].map((knot) => joined(knot)[0]!),
  ],
  'two quartics joined at 1 s (4)': [power(3), power(4), ...joined(1)],
  'two quartics joined at 1.5 s (4)': [power(3), power(4), ...joined(1.5)],
  'two quartics joined at 2 s (4)': [power(3), power(4), ...joined(2)],
  'two quartics joined at 2.5 s (4)': [power(3), power(4), ...joined(2.5)],
};

/** Largest error of the least-squares fit of one coordinate. */
function fitError(
  values: Float64Array,
  rate: number,
  bend: number,
  basis: readonly (readonly number[])[],
  operator: Float64Array,
): number {
  const rest = times.map((t, k) => values[k]! - values[0]! - rate * t - (bend * t * t) / 2);
  const weights = basis.map((_, row) =>
    rest.reduce((sum, value, k) => sum + operator[row * MOTION_SAMPLES + k]! * value, 0),
  );
  return Math.max(
    ...rest.map((value, k) => Math.abs(value - basis.reduce((sum, f, row) => sum + weights[row]! * f[k]!, 0))),
  );
}

const windows = recordings.flatMap((recording) =>
  demonstrationScenes(recording).ticks.map((tick) => ({
    ego: sceneAt(recording, tick).ego,
    motion: demonstratedMotion(recording, tick),
  })),
);
const describe = (errors: readonly number[]) => ({
  p50: Number(quantile(errors, 0.5).toFixed(3)),
  p95: Number(quantile(errors, 0.95).toFixed(3)),
  max: Number(quantile(errors, 1).toFixed(3)),
});
const coordinates = { longitudinal: 's', lateral: 'd' } as const;
const rows = Object.entries(coordinates).flatMap(([coordinate, key]) =>
  Object.entries(FAMILIES).map(([family, basis]) => {
    const operator = pseudoInverse(Float64Array.from(basis.flat()), basis.length, MOTION_SAMPLES);
    const errors = windows.map(({ ego, motion }) =>
      key === 's'
        ? fitError(motion.s, ego.sDot, ego.sDdot, basis, operator)
        : fitError(motion.d, ego.dDot, ego.dDdot, basis, operator),
    );
    return { coordinate, family, ...describe(errors) };
  }),
);
const chosen = windows.map(({ ego, motion }) => {
  const projection = projectMotion(ego, motion);
  let lateral = 0;
  for (let k = 0; k < MOTION_SAMPLES; k++)
    lateral = Math.max(lateral, Math.abs(projection.motion.d[k]! - motion.d[k]!));
  return { whole: projection.error, lateral };
});
rows.push({
  coordinate: 'lateral',
  family: 'CHOSEN: quintic to rest plus sway (3)',
  ...describe(chosen.map((c) => c.lateral)),
});
rows.push({
  coordinate: 'both',
  family: 'CHOSEN: candidate family, Euclidean (7)',
  ...describe(chosen.map((c) => c.whole)),
});

publishResult('projection', { drivers: recordings.length, windows: windows.length, rows });
