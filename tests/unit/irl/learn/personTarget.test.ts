import { describe, expect, it } from 'vitest';
import { personTarget } from '../../../../irl/learn/personTarget.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';

const MOMENTS = 100;
const STARTS = 20;

/** A person in `MOMENTS` places and an agent in the first `STARTS`, whose values follow the person's by `slope`. */
function drives(slope: number, stream: ReturnType<typeof createRandomStream>) {
  const everywhere = Float64Array.from({ length: MOMENTS }, () => 3 + stream.normal());
  const atStarts = everywhere.slice(0, STARTS);
  const agent = atStarts.map((value) => 2 + slope * value + 0.5 * stream.normal());
  return { everywhere, atStarts, agent };
}

describe('personTarget', () => {
  it.each([0, 0.5, 1])('knows its own error and makes it smaller where the agent follows by %f', (slope) => {
    const stream = createRandomStream(5, 'test');
    const repeats = 2000;
    const sums = { gap: 0, square: 0, claimed: 0, paired: 0, apart: 0 };
    const expected = 2 + slope * 3 - 3;
    for (let n = 0; n < repeats; n++) {
      const { everywhere, atStarts, agent } = drives(slope, stream);
      const target = personTarget(agent, atStarts, everywhere);
      const off = mean(agent) - target.mean - expected;
      sums.gap += off / repeats;
      sums.square += off ** 2 / repeats;
      sums.claimed += target.standardError(agent) ** 2 / repeats;
      sums.paired += (mean(agent) - mean(atStarts) - expected) ** 2 / repeats;
      sums.apart += (mean(agent) - mean(everywhere) - expected) ** 2 / repeats;
    }
    expect(Math.abs(sums.gap)).toBeLessThan(4 * Math.sqrt(sums.square / repeats));
    expect(Math.abs(sums.claimed / sums.square - 1)).toBeLessThan(0.15);
    // As good as the better of the two plain ways, but for what it costs to estimate the slope.
    expect(sums.square).toBeLessThan(1.1 * Math.min(sums.paired, sums.apart));
  });

  it('is the paired difference where rollouts start from all moments', () => {
    const { atStarts, agent } = drives(0.4, createRandomStream(1, 'test'));
    const target = personTarget(agent, atStarts, atStarts);
    const differences = agent.map((value, row) => value - atStarts[row]!);
    const deviation = Math.sqrt(
      differences.reduce((sum, value) => sum + (value - mean(differences)) ** 2, 0) / (STARTS - 1),
    );
    expect(target.mean).toBeCloseTo(mean(atStarts), 12);
    expect(target.standardError(agent)).toBeCloseTo(deviation / Math.sqrt(STARTS), 12);
  });

  it('claims no error for a single start, and none where nothing varies', () => {
    const one = personTarget(Float64Array.of(1), Float64Array.of(2), Float64Array.of(2, 5));
    expect(one.mean).toBeCloseTo(3.5, 12);
    expect(one.standardError(Float64Array.of(1))).toBe(0);
    const still = personTarget(Float64Array.of(1, 1), Float64Array.of(0, 0), Float64Array.of(0, 0, 0));
    expect(still.mean).toBe(0);
    expect(still.standardError(Float64Array.of(1, 1))).toBe(0);
  });
});

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
