import { describe, expect, test } from 'vitest';
import { findBaselineDriver } from '../../../../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../../../../scenarios/buildScenario.ts';
import { advanceTick } from '../../../../sim/core/advanceWorld.ts';
import { createWorld } from '../../../../sim/core/world.ts';
import { createRoad, mainLane } from '../../../../sim/road/createRoad.ts';
import { meanProfile } from '../../../../sim/traffic/driverProfile.ts';
import { surveyTraffic } from '../../../../sim/traffic/surveyTraffic.ts';
import { decideTraffic, moveTraffic } from '../../../../sim/traffic/trafficModel.ts';
import { createTrafficState, type TrafficState, type VehicleSpec } from '../../../../sim/traffic/trafficState.ts';
import { addCar } from './addCar.ts';
import { overlapping } from './overlapping.ts';

/** Off-ramp of `off-ramp-exit`, and where its opening ends [m]. */
const OFF_RAMP = 3;
const CLOSES = 1600;
/** Braking that counts as hard [m/s²]. */
const HARD = 4;

/** What came of the drivers who want to leave, and have 1200 m or more to do so. */
function leave(density: number, seeds: number) {
  let wanting = 0;
  let left = 0;
  let crossedNose = 0;
  let hardTicks = 0;
  let vehicleTicks = 0;
  const touching = new Set<string>();
  for (let seed = 1; seed <= seeds; seed++) {
    const { spec } = buildScenario(`off-ramp-exit@1?exitShare=0.4&density=${density}#${seed}`);
    const world = createWorld(spec);
    const driver = findBaselineDriver('idm-mobil').create();
    driver.start(world);
    const pending = new Set(spec.vehicles.filter((v) => v.leavesByExit && v.s < CLOSES - 1200).map(({ id }) => id));
    wanting += pending.size;
    while (pending.size > 0 && world.tick < 1200) {
      advanceTick(world, driver);
      const { vehicles: v } = world;
      for (let i = 1; i < v.count; i++) {
        vehicleTicks++;
        if (v.a[i]! < -HARD) hardTicks++;
        const offset = Math.abs(v.d[i]! - world.road.laneLeftEdge(OFF_RAMP));
        if (v.s[i]! > CLOSES && v.s[i]! < CLOSES + 50 && offset < v.width[i]! / 2) crossedNose++;
        if (v.s[i]! > CLOSES && pending.delete(v.id[i]!) && v.lane[i] === OFF_RAMP) left++;
      }
      if (world.tick % 5 === 0) for (const pair of overlapping(v, 1)) touching.add(`${seed}: ${pair}`);
    }
  }
  return { wanting, left, crossedNose, touching, hardTicksPerHour: hardTicks / (vehicleTicks / 36000) };
}

describe('an exit', () => {
  test.each([8, 15])(
    'at %d veh/km/lane those who want to leave do, and nobody is hit or has to brake hard for it',
    (density) => {
      const { wanting, left, crossedNose, touching, hardTicksPerHour } = leave(density, 10);
      expect(wanting).toBeGreaterThan(20);
      expect(left / wanting).toBeGreaterThanOrEqual(0.95);
      expect(crossedNose).toBe(0);
      expect([...touching]).toEqual([]);
      // Most of it is in the first seconds, behind the ego and where the population settles.
      expect(hardTicksPerHour).toBeLessThan(10);
    },
  );
});

/** Two main lanes and an off-ramp that opens from 900 m to 1200 m, limit 30 m/s. */
function withOffRamp() {
  const offRamp = { from: 900, to: 4000, openFrom: 900, openTo: 1200, width: 3.6, speedLimit: 20 };
  return createRoad({
    pieces: [{ kind: 'straight', length: 4000 }],
    lanes: [mainLane(3.6, 30), mainLane(3.6, 30), { kind: 'off-ramp', ...offRamp }],
    shoulderLeft: 1,
    shoulderRight: 3,
    railLeft: true,
    railRight: true,
  });
}

describe('a driver who leaves by the exit', () => {
  const road = withOffRamp();
  const leaving = { leavesByExit: true };
  const add = (traffic: TrafficState, lane: number, s: number, speed: number, more: Partial<VehicleSpec>) =>
    addCar(traffic, road, lane, s, speed, more);
  const run = (traffic: TrafficState, ticks: number, look: (tick: number) => void) => {
    for (let tick = 0; tick < ticks; tick++) {
      surveyTraffic(traffic, road);
      decideTraffic(traffic, road, tick);
      moveTraffic(traffic, road);
      look(tick);
    }
  };

  test('does not rest after the lane change before', () => {
    const traffic = createTrafficState(1);
    const slot = add(traffic, 1, 920, 30, leaving);
    traffic.drivers.restUntil[slot] = 1000;
    let lane = 1;
    run(traffic, 80, () => {
      lane = traffic.vehicles.lane[slot]!;
    });
    expect(lane).toBe(2);
  });

  test('overtakes nobody on the left when it would have to come back at once', () => {
    const traffic = createTrafficState(2);
    const slot = add(traffic, 1, 60, 28, leaving);
    add(traffic, 1, 120, 20, { choosesLane: false, profile: { ...meanProfile('normal'), speedCap: 20 } });
    const lanes = new Set<number>();
    run(traffic, 300, () => lanes.add(traffic.vehicles.lane[slot]!));
    expect(lanes).toEqual(new Set([1]));
  });

  test('drives on when there was no way to the exit', () => {
    const traffic = createTrafficState(1);
    const slot = add(traffic, 1, 1150, 30, leaving);
    let slowest = 30;
    run(traffic, 100, () => {
      slowest = Math.min(slowest, traffic.vehicles.sDot[slot]!);
    });
    expect(traffic.vehicles.lane[slot]).toBe(1);
    expect(slowest).toBeGreaterThan(28);
  });
});
