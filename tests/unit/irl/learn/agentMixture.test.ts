import { describe, expect, it } from 'vitest';
import type { AgentMatching } from '../../../../irl/learn/agentMatching.ts';
import { growMixture, nearestAgent, nearestMixture, type TriedAgent } from '../../../../irl/learn/agentMixture.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';

const TOLERANCE = 0.02;

/**
 * A world of a few ways to drive: under any weights the agent takes the one it likes best. Shapes: [ways][features].
 */
function worldOf(ways: readonly (readonly number[])[], person: readonly number[]) {
  const matching = {
    person: Float64Array.from(person),
    mix: (agents: readonly Float64Array[], shares: Float64Array) =>
      Float64Array.from(person, (_, i) => agents.reduce((sum, agent, k) => sum + shares[k]! * agent[i]!, 0)),
    matches: (agent: Float64Array) =>
      agent.every((value, i) => Math.abs(value - person[i]!) <= TOLERANCE) ? 'matched' : undefined,
  } as Partial<AgentMatching> as AgentMatching;
  const tried: TriedAgent[] = [];
  const drive = async (theta: Float64Array) => {
    const liking = (way: readonly number[]) => way.reduce((sum, value, i) => sum + value * theta[i]!, 0);
    const agent = Float64Array.from(ways.reduce((best, way) => (liking(way) > liking(best) ? way : best)));
    tried.push({ theta, agent, gaps: agent.map((value, i) => value - person[i]!) });
  };
  const grow = async (rounds: number, highest = new Float64Array(person.length).fill(Number.POSITIVE_INFINITY)) => {
    await growMixture({ matching, tried, highest, rounds, drive });
    return nearestMixture(matching, tried);
  };
  return { matching, tried, drive, grow };
}

describe('growMixture', () => {
  it('matches a person between the ways to drive, whom no single agent matches', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const stream = createRandomStream(seed, 'test');
      const ways = Array.from({ length: 8 }, () => Array.from({ length: 3 }, () => 2 * stream.normal()));
      const parts = ways.map(() => stream.uniform());
      const whole = parts.reduce((sum, part) => sum + part, 0);
      const person = [0, 1, 2].map((i) => ways.reduce((sum, way, k) => sum + (parts[k]! / whole) * way[i]!, 0));
      const { matching, tried, drive, grow } = worldOf(ways, person);
      await drive(Float64Array.of(1, 0, 0));
      const before = nearestMixture(matching, tried).margin;
      const mixture = await grow(40);
      expect(matching.matches(nearestAgent(matching, tried).agent), `${seed}`).toBeUndefined();
      expect(matching.matches(mixture.agent), `${seed}`).toBe('matched');
      expect(mixture.margin).toBeLessThan(before);
    }
  });

  it('ends with the nearest mixture where none matches, and soon', async () => {
    const { tried, drive, grow } = worldOf(
      [
        [0, 0],
        [1, 0],
      ],
      [0.25, 1],
    );
    await drive(Float64Array.of(1, 0));
    const mixture = await grow(40);
    expect([...mixture.gaps]).toEqual([expect.closeTo(0, 9), -1]);
    expect(tried.length).toBeLessThan(12);
  });

  it('stops at an agent that matches alone, and keeps to the largest weights allowed', async () => {
    const { matching, tried, drive, grow } = worldOf(
      [
        [1, 0],
        [0, 1],
      ],
      [0, 1],
    );
    await drive(Float64Array.of(1, 0));
    await grow(40);
    expect(matching.matches(nearestAgent(matching, tried).agent)).toBe('matched');
    const driven = tried.length;
    await grow(40);
    expect(tried.length).toBe(driven);

    const capped = worldOf([[1], [2]], [2]);
    await capped.drive(Float64Array.of(-1));
    await capped.grow(6, Float64Array.of(-0.5));
    expect(capped.tried.length).toBeGreaterThan(1);
    expect(capped.tried.every(({ theta }) => theta[0]! <= -0.5)).toBe(true);
  });
});
