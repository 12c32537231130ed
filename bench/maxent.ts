import { FEATURE_COUNT } from '../irl/features/registry.ts';
import { fitMaxent } from '../irl/learn/maxent.ts';
import { createRandomStream } from '../sim/core/randomStream.ts';
import { publishResult } from './publishResult.ts';

/*
 * Time of `maxent` on given features: 10,000 scenes x 300 candidates unless told otherwise.
 * `npx tsx bench/maxent.ts [--json] [SCENES]`, without `--json` into bench/results/maxent.json.
 */

const scenes = Number(process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 10_000);
const perScene = 301;
const columns = FEATURE_COUNT;
const stream = createRandomStream(1, 'maxent bench');
const planted = Float64Array.from({ length: columns }, () => stream.normal());
const values = new Float64Array(scenes * perScene * columns);
for (let at = 0; at < values.length; at++) values[at] = stream.uniform() + stream.uniform() + stream.uniform() - 1.5;
// The person takes the best option under planted weights and Gumbel noise, which is a draw from the logit.
for (let scene = 0; scene < scenes; scene++) {
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < perScene; j++) {
    const at = (scene * perScene + j) * columns;
    let utility = -Math.log(-Math.log(1 - stream.uniform()));
    for (let i = 0; i < columns; i++) utility += planted[i]! * values[at + i]!;
    if (utility > highest) {
      highest = utility;
      best = j;
    }
  }
  const first = scene * perScene * columns;
  const chosen = values.slice(first + best * columns, first + (best + 1) * columns);
  values.copyWithin(first + best * columns, first, first + columns);
  values.set(chosen, first);
}
const data = {
  scenes,
  columns,
  start: Int32Array.from({ length: scenes + 1 }, (_, i) => i * perScene),
  values,
  logWeight: new Float64Array(scenes * perScene),
};
const started = performance.now();
const fit = fitMaxent(data);
const seconds = (performance.now() - started) / 1000;
const off = planted.map((weight, i) => (fit.theta[i]! - weight) / fit.sd[i]!);
publishResult('maxent', {
  scenes,
  candidates: perScene - 1,
  features: columns,
  seconds: Number(seconds.toFixed(2)),
  iterations: fit.iterations,
  gradientNorm: fit.gradientNorm,
  rootMeanSquareZ: Number((Math.hypot(...off) / Math.sqrt(columns)).toFixed(2)),
});
