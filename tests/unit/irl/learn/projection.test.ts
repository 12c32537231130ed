import { describe, expect, it } from 'vitest';
import { learnReward } from '../../../../irl/learn/learnReward.ts';
import { projectOnto, startProjection } from '../../../../irl/learn/projectionIteration.ts';
import { styleRecording } from '../../../fixtures/irl/styleRecording.ts';

describe('projectOnto', () => {
  const person = Float64Array.of(1, 1);

  it('finds the foot of the perpendicular, and weights that point from there to the person', () => {
    const state = projectOnto(person, startProjection(person, Float64Array.of(0, 0)), Float64Array.of(2, 0));
    expect([...state.mixture]).toEqual([1, 0]);
    expect([...state.weights]).toEqual([0, 1]);
    expect(state.margin).toBe(1);
    expect(state.shares).toEqual([0.5, 0.5]);
  });

  it('stays in the hull of the agents and never moves away from the person', () => {
    const start = startProjection(person, Float64Array.of(0, 0));
    expect([...projectOnto(person, start, Float64Array.of(0.5, 0.5)).mixture]).toEqual([0.5, 0.5]);
    const same = { ...start, shares: [1, 0] };
    expect(projectOnto(person, start, Float64Array.of(-1, -2))).toEqual(same);
    expect(projectOnto(person, start, Float64Array.of(0, 0))).toEqual(same);
  });

  it('reaches a person inside the hull of agents that do the best of three things', () => {
    const agents = [Float64Array.of(0, 0), Float64Array.of(3, 0), Float64Array.of(0, 3)];
    let state = startProjection(person, agents[0]!);
    for (let round = 0; round < 200; round++) {
      const value = (agent: Float64Array) => agent.reduce((sum, x, i) => sum + x * state.weights[i]!, 0);
      state = projectOnto(
        person,
        state,
        agents.reduce((best, agent) => (value(agent) > value(best) ? agent : best)),
      );
    }
    expect(state.margin).toBeLessThan(0.05);
    // The shares are those of the agents that came, so they mix to the point they are said to mix to.
    expect(state.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });
});

it('projection learns weights of a set length and reports the gaps of the agent it chose', async () => {
  const source = { recording: styleRecording('calm', 'dense@1#3', 150), hash: 'f'.repeat(64) };
  const quick = { candidates: 40, strideTicks: 20, rollouts: 3, rounds: 4 };
  const { reward, summary } = await learnReward([source], { ...quick, method: 'projection' });
  const maxent = await learnReward([source], { ...quick, method: 'maxent' });
  const length = (terms: readonly { readonly weight: number }[]) => Math.hypot(...terms.map((term) => term.weight));
  const report = summary.closedLoop!;
  expect(length(reward.features)).toBeCloseTo(length(maxent.reward.features), 6);
  const largest = (key: 'atStart' | 'gap') => Math.max(...report.gaps.map((one) => Math.abs(one[key])));
  expect(largest('gap')).toBeLessThan(largest('atStart'));
  expect(report.rounds).toBeLessThanOrEqual(4);
  expect(summary.mixedAgents!.length).toBe(report.rounds);
  expect(summary.mixedAgents!.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  const chosen = reward.features.map(({ weight }) => weight);
  expect(summary.mixedAgents!.map(({ weights }) => weights)).toContainEqual(chosen);
  expect(reward.learner).toMatchObject({ name: 'projection', options: { ended: report.ended } });
});
