import { expect, test } from 'vitest';
import { createRoad, mainLane } from '../../../../sim/road/createRoad.ts';
import { meanProfile } from '../../../../sim/traffic/driverProfile.ts';
import { surveyTraffic } from '../../../../sim/traffic/surveyTraffic.ts';
import { decideTraffic, moveTraffic } from '../../../../sim/traffic/trafficModel.ts';
import { addVehicle, createTrafficState } from '../../../../sim/traffic/trafficState.ts';
import { HAZARD_LIGHTS, VEHICLE_CONTROL, VEHICLE_KIND } from '../../../../sim/traffic/vehicleColumns.ts';

const SPEED = 25;

interface Encounter {
  readonly politeness: number;
  readonly indicator: number;
  /** Front of the follower to the rear of the ego [m]. */
  readonly gap: number;
  /** Of the ego [m/s]. */
  readonly egoSpeed?: number;
  /** Of the ego, left of the centre of its lane [m]. */
  readonly offset?: number;
}

/** An ego at constant speed on the right of two lanes, and a driver on the left one behind it; the driver after 5 s. */
function meet({ politeness, indicator, gap, egoSpeed = SPEED, offset = 0 }: Encounter) {
  const road = createRoad({
    pieces: [{ kind: 'straight', length: 2000 }],
    lanes: [mainLane(3.6, SPEED), mainLane(3.6, SPEED)],
    shoulderLeft: 1,
    shoulderRight: 3,
    railLeft: true,
    railRight: true,
  });
  const traffic = createTrafficState(2);
  const { vehicles } = traffic;
  const common = { kind: VEHICLE_KIND.car, length: 4.6, width: 1.8, choosesLane: false };
  const profile = { ...meanProfile('normal'), politeness };
  const d = road.laneCentre(1) + offset;
  addVehicle(traffic, road, { ...common, id: 0, control: VEHICLE_CONTROL.ego, s: 300, d, speed: egoSpeed, profile });
  const s = 300 - gap - 4.6;
  const left = road.laneCentre(0);
  addVehicle(traffic, road, { ...common, id: 1, control: VEHICLE_CONTROL.model, s, d: left, speed: SPEED, profile });
  let hardest = 0;
  for (let tick = 0; tick < 50; tick++) {
    vehicles.indicator[0] = indicator;
    surveyTraffic(traffic, road);
    decideTraffic(traffic, road, tick);
    hardest = Math.min(hardest, vehicles.a[1]!);
    moveTraffic(traffic, road);
    vehicles.s[0] = vehicles.s[0]! + egoSpeed * 0.1;
  }
  return { gap: vehicles.s[0]! - vehicles.s[1]! - 4.6, hardest, comfortable: profile.deceleration };
}

test.each([8, -2])('a courteous driver opens a gap of %d m for an indicating ego, with mild braking', (gap) => {
  const met = meet({ politeness: 0.4, indicator: 1, gap });
  expect(met.gap).toBeGreaterThan(gap + 6);
  expect(met.hardest).toBeLessThan(-0.3);
  expect(met.hardest).toBeGreaterThanOrEqual(-met.comfortable);
});

test('an impolite driver does not, and the more polite one gives more', () => {
  expect(meet({ politeness: 0, indicator: 1, gap: 8 }).gap).toBeCloseTo(8, 6);
  const opened = [0.05, 0.2, 0.4].map((politeness) => meet({ politeness, indicator: 1, gap: 4 }).gap);
  expect(opened[1]).toBeGreaterThan(opened[0]! + 1);
  expect(opened[2]).toBeGreaterThan(opened[1]! + 1);
});

test.each([
  ['does not indicate', { indicator: 0 }],
  ['indicates to the other side', { indicator: -1 }],
  ['has its hazard lights on', { indicator: HAZARD_LIGHTS }],
  ['is far slower', { indicator: 1, egoSpeed: 15, gap: 60 }],
  ['has just come over from the other side', { indicator: 1, offset: -0.6 }],
] as const)('nobody makes room for an ego that %s', (_, encounter) => {
  const common = { politeness: 0.4, gap: 8, ...encounter };
  const left = meet(common);
  const without = meet({ ...common, indicator: 0 });
  expect(left.gap).toBe(without.gap);
  expect(left.hardest).toBe(0);
});
