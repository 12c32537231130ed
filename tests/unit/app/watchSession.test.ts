import { describe, expect, test } from 'vitest';
import type { Wheel } from '../../../app/modes/drive/wheel.ts';
import { WatchSession } from '../../../app/modes/watch/watchSession.ts';
import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { createLearnedDriver } from '../../../irl/agent/learnedDriver.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { handmadeReward } from '../../fixtures/handmadeReward.ts';

const { spec } = buildScenario('dense@1#1');

/** A clock that stands still: work never exceeds its budget, so one call simulates everything. */
const frozen = () => 0;

function learnedSession(ticks = 40): WatchSession {
  const reward = handmadeReward();
  return new WatchSession({ spec, ticks, agent: createLearnedDriver(reward), reward, ghost: null });
}

function person(): Wheel {
  return {
    driver: { ...findBaselineDriver('constant-velocity').create(), name: 'Ada' },
    raw: () => ({ device: 'program' }),
    human: true,
  };
}

describe('WatchSession', () => {
  test('simulates within its budget and shows only what is simulated', () => {
    const session = learnedSession();
    let ms = 0;
    // Every look at the clock takes 3 ms, so the budget of 8 ms is spent after a few ticks.
    session.advance(0.02, () => {
      ms += 3;
      return ms;
    });
    session.playback.advance(5, session.availableS);
    expect(session.rollout.head).toBeGreaterThan(0);
    expect(session.rollout.head).toBeLessThan(5);
    expect(session.playback.timeS).toBeCloseTo(session.availableS, 9);
    expect(session.frame().vehicles.count).toBe(session.rollout.frame(session.rollout.head).count);
  });

  test.each([
    [0.4, 120],
    [60, 250],
  ])('takes its share of frames that drawing makes slow, %d s, and leaves the rest: %d ms', (elapsedS, budgetMs) => {
    const session = learnedSession(100);
    let ms = 0;
    session.advance(elapsedS, () => {
      ms += 5;
      return ms;
    });
    // The clock is read once before the first tick and once before each.
    expect(session.rollout.head).toBe(budgetMs / 5 - 1);
  });

  test('shows positions between ticks', () => {
    const session = learnedSession();
    session.advance(0, frozen);
    session.playback.seek(1.25, session.availableS);
    const [a, b] = [session.rollout.frame(12), session.rollout.frame(13)];
    expect(session.frame().vehicles.s[0]).toBeCloseTo((a.s[0]! + b.s[0]!) / 2, 6);
  });

  test('another reward branches from the displayed tick and keeps what was before', () => {
    const session = learnedSession();
    session.advance(0, frozen);
    const before = Array.from({ length: 41 }, (_, tick) => session.rollout.frame(tick).s[0]!);
    session.playback.seek(1.5, session.availableS);
    const reward = handmadeReward();
    const slow = {
      ...reward,
      features: reward.features.map((term) => (term.group === 'speed' ? { ...term, weight: -30 } : term)),
    };
    session.changeReward(slow);
    expect(session.rollout.head).toBe(15);
    session.advance(0, frozen);
    for (let tick = 0; tick <= 15; tick++) expect(session.rollout.frame(tick).s[0]).toBe(before[tick]);
    expect(session.rollout.frame(40).s[0]).toBeLessThan(before[40]! - 2);
    expect(session.decisionAt(15)!.tick).toBe(15);
  });

  test('the person takes the wheel at the displayed tick, drives in real time, and gives it back', () => {
    const session = learnedSession(60);
    session.advance(0, frozen);
    session.playback.seek(2, session.availableS);
    session.takeOver(person());
    expect(session.personDrives).toBe(true);
    for (let frame = 0; frame < 62; frame++) session.advance(1 / 60, frozen);
    expect(session.rollout.head).toBeGreaterThanOrEqual(29);
    expect(session.rollout.head).toBeLessThanOrEqual(31);
    expect(session.playback.timeS).toBeCloseTo(2 + 61 / 60, 1);
    session.giveBack();
    expect(session.personDrives).toBe(false);
    session.advance(0, frozen);
    expect(session.rollout.complete).toBe(true);
    const names = session.rollout.events.filter((event) => event.kind === 'take-over').map(({ driver }) => driver);
    expect(names).toEqual(['Ada', session.rollout.driver.name]);
  });

  test('a driver without a reward refuses one', () => {
    const agent = findBaselineDriver('idm-mobil').create();
    const session = new WatchSession({ spec, ticks: 10, agent, reward: null, ghost: null });
    expect(() => session.changeReward(handmadeReward())).toThrow('expected a learned driver');
  });
});
