import { expect, test } from 'vitest';
import { plantedReward } from '../../../../bench/plantedReward.ts';
import { laneEndCost, leadOffCost } from '../../../../irl/agent/laneEndCost.ts';
import { createLearnedDriver } from '../../../../irl/agent/learnedDriver.ts';
import { laneTable } from '../../../../irl/features/laneTable.ts';
import { sceneFromWorld } from '../../../../irl/features/sceneFromWorld.ts';
import { buildScenario } from '../../../../scenarios/buildScenario.ts';
import { driveOutcome } from '../../../../scenarios/driveOutcome.ts';
import { createWorld } from '../../../../sim/core/world.ts';

const scenario = buildScenario('weaving-section@1?density=8&rampDensity=6#2');
const { spec } = scenario;
const { openTo } = spec.road.lanes[3]!;

/** The ego on the auxiliary lane, at s. */
function onAuxiliaryLane(s: number, goesThrough: boolean) {
  const world = createWorld({ ...spec, ego: { ...spec.ego, s }, vehicles: [] });
  const scene = { ...sceneFromWorld(world, 0, 0), goesThrough };
  return { scene, lanes: laneTable(world.road), inside: world.road.laneCentre(3), beside: world.road.laneCentre(2) };
}

test('staying in an auxiliary lane costs the more the nearer the end of its opening is, for who goes through', () => {
  const cost = (s: number, goesThrough = true) => {
    const { scene, lanes, inside } = onAuxiliaryLane(s, goesThrough);
    return laneEndCost(scene, lanes, inside);
  };
  expect(cost(openTo - 500)).toBe(0);
  expect(cost(openTo - 300)).toBeGreaterThan(0);
  expect(cost(openTo - 100)).toBeGreaterThan(cost(openTo - 300));
  expect(cost(openTo + 10)).toBe(0);
  expect(cost(openTo - 100, false)).toBe(0);
  const { scene, lanes, beside } = onAuxiliaryLane(openTo - 100, true);
  expect(laneEndCost(scene, lanes, beside)).toBe(0);
});

test('being led off the road costs more than any reward, but only who goes through and is not off it yet', () => {
  const cost = (from: number, s: number, goesThrough = true) => {
    const { scene, lanes, inside } = onAuxiliaryLane(from, goesThrough);
    return leadOffCost(scene, lanes, s, inside);
  };
  expect(cost(openTo - 80, openTo - 1)).toBe(0);
  expect(cost(openTo - 80, openTo + 1)).toBeGreaterThan(100);
  expect(cost(openTo - 80, openTo + 1, false)).toBe(0);
  expect(cost(openTo + 5, openTo + 80)).toBe(0);
  const { scene, lanes, beside } = onAuxiliaryLane(openTo - 80, true);
  expect(leadOffCost(scene, lanes, openTo + 1, beside)).toBe(0);
});

test('a learned driver whose reward says nothing about ramps gets out of the auxiliary lane', () => {
  const reward = plantedReward();
  const outcome = driveOutcome(scenario, createLearnedDriver(reward));
  expect(outcome.collision).toBeNull();
  expect(outcome.goalAt).not.toBeNull();
});
