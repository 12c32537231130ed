import { createRandomStream } from '../sim/core/randomStream.ts';
import { instantiate, type Scenario } from './buildScenario.ts';
import type { GeneratedFamily } from './scenarioFamily.ts';

/** Significant digits of a drawn value: enough to fill a range, few enough for an id that one can read. */
const DIGITS = 4;

/**
 * Draws scenarios that fill a family's parameter ranges evenly: a Latin hypercube (McKay, Beckman & Conover 1979), in
 * which every parameter takes one value from each of `count` equal parts of its range. Each scenario has a seed of its own.
 * @param count at least 1
 * @param seed of the draw; the same seed gives the same scenarios
 * @returns shape: [count], built one at a time as they are asked for
 */
export function* drawScenarios(family: GeneratedFamily, count: number, seed: number): Generator<Scenario> {
  const random = createRandomStream(seed, 'draws');
  const columns = Object.entries(family.parameters).map(([name, { min, max }]) => {
    const parts = shuffled(count, () => random.uniform());
    const values = parts.map((part) => rounded(min + ((max - min) * (part + random.uniform())) / count, min, max));
    return [name, values] as const;
  });
  for (let i = 0; i < count; i++) {
    const values = Object.fromEntries(columns.map(([name, column]) => [name, column[i]!]));
    yield instantiate(family, values, Math.floor(random.uniform() * 0x100000000));
  }
}

/** 0 to count - 1 in random order (Fisher & Yates). */
function shuffled(count: number, uniform: () => number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function rounded(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, Number(value.toPrecision(DIGITS))));
}
