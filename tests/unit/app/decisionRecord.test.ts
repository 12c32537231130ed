import { expect, test } from 'vitest';
import {
  CANDIDATE_POINTS,
  candidateOverlay,
  type DecisionRecord,
  recordDecision,
} from '../../../app/modes/watch/decisionRecord.ts';
import { createLearnedDriver } from '../../../irl/agent/learnedDriver.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { createWorld } from '../../../sim/core/world.ts';
import { neutralCommand } from '../../../sim/vehicle/egoCommand.ts';
import { handmadeReward } from '../../fixtures/handmadeReward.ts';

const world = createWorld(buildScenario('dense@1#1').spec);
const reward = handmadeReward();
const driver = createLearnedDriver(reward);
driver.start(world);
driver.command(world, neutralCommand());
const decision = driver.decision!;
const weights = new Map(reward.features.map(({ name, weight }) => [name, weight]));
const record: DecisionRecord = recordDecision(decision, weights, world.road);

test('contributions of the chosen motion sum to its reward', () => {
  const sum = record.choice!.contributions.reduce((total, part) => total + part, 0);
  expect(sum).toBeCloseTo(decision.reward[decision.chosen]!, 9);
});

test('the alternative is allowed, another manoeuvre, and not better than the choice', () => {
  expect(record.alternative).not.toBeNull();
  expect(record.alternative!.reward).toBeLessThanOrEqual(record.choice!.reward);
  expect(record.alternative!.title).not.toBe(record.choice!.title);
});

test('merit ranks the allowed candidates: the best has 1, the refused 0', () => {
  const allowed = Array.from(decision.refused.keys()).filter((i) => decision.refused[i] === 0);
  const best = allowed.reduce((a, b) => (decision.reward[a]! >= decision.reward[b]! ? a : b));
  expect(record.merit[best]).toBe(1);
  for (let i = 0; i < record.count; i++) if (record.refused[i] !== 0) expect(record.merit[i]).toBe(0);
});

test('refusals count every candidate once', () => {
  expect(record.refusals.reduce((a, b) => a + b, 0)).toBe(record.count);
});

test('the overlay has the candidates to a centimetre, ends included', () => {
  const overlay = candidateOverlay(record);
  expect(overlay.motions).toHaveLength(decision.candidates.length);
  for (const [i, motion] of overlay.motions.entries()) {
    expect(motion.s).toHaveLength(CANDIDATE_POINTS);
    expect(motion.s[0]).toBeCloseTo(decision.candidates[i]!.s[0]!, 2);
    expect(motion.s[CANDIDATE_POINTS - 1]).toBeCloseTo(decision.candidates[i]!.s[50]!, 2);
    expect(motion.d[CANDIDATE_POINTS - 1]).toBeCloseTo(decision.candidates[i]!.d[50]!, 2);
  }
});
