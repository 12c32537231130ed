import { describe, expect, test } from 'vitest';
import { createRoad, mainLane } from '../../../../sim/road/createRoad.ts';
import type { Road } from '../../../../sim/road/road.ts';
import { CHANGING, FOLLOWING, TRAIT_STRIDE } from '../../../../sim/traffic/driverColumns.ts';
import { type DriverProfile, meanProfile } from '../../../../sim/traffic/driverProfile.ts';
import { surveyTraffic } from '../../../../sim/traffic/surveyTraffic.ts';
import { decideTraffic, moveTraffic } from '../../../../sim/traffic/trafficModel.ts';
import { createTrafficState, headFor, type TrafficState } from '../../../../sim/traffic/trafficState.ts';
import { addCar } from './addCar.ts';

const LANE_END = 1000;

/** Two lanes of 3.6 m, limit 30 m/s; the right one ends at 1000 m where `ends`. */
function twoLanes(ends: boolean): Road {
  return createRoad({
    pieces: [{ kind: 'straight', length: 3000 }],
    lanes: [mainLane(3.6, 30), ends ? { ...mainLane(3.6, 30), to: LANE_END } : mainLane(3.6, 30)],
    shoulderLeft: 1,
    shoulderRight: 3,
    railLeft: true,
    railRight: true,
  });
}

function add(
  traffic: TrafficState,
  road: Road,
  lane: number,
  s: number,
  speed: number,
  profile: DriverProfile,
): number {
  return addCar(traffic, road, lane, s, speed, { profile });
}

function run(traffic: TrafficState, road: Road, ticks: number, look: () => void = () => {}): void {
  for (let tick = 0; tick < ticks; tick++) {
    surveyTraffic(traffic, road);
    decideTraffic(traffic, road, tick);
    moveTraffic(traffic, road);
    look();
  }
}

describe('a lane that ends', () => {
  test.each(['timid', 'normal', 'brisk', 'truck'] as const)(
    'a %s driver alone leaves it long before, without braking',
    (type) => {
      const road = twoLanes(true);
      const traffic = createTrafficState(1);
      const slot = add(traffic, road, 1, 100, 22, meanProfile(type));
      let leftAt = Number.NaN;
      let slowest = 22;
      run(traffic, road, 500, () => {
        const { d, s, sDot } = traffic.vehicles;
        slowest = Math.min(slowest, sDot[slot]!);
        if (Number.isNaN(leftAt) && d[slot]! > -2.4) leftAt = s[slot]!;
      });
      expect(leftAt).toBeLessThan(LANE_END - 150);
      expect(slowest).toBeGreaterThan(20);
    },
  );

  test('where the other lane is a wall of cars the driver waits with room for the change, signalling, and goes when they are past', () => {
    const road = twoLanes(true);
    const traffic = createTrafficState(90);
    // Impolite drivers bumper to bumper, who let nobody in.
    const wall: DriverProfile = {
      ...meanProfile('brisk'),
      politeness: 0,
      timeHeadway: 0.2,
      minimumGap: 1,
      changeThreshold: 1e3,
    };
    add(traffic, road, 0, 1010, 9, { ...wall, speedCap: 9 });
    for (let k = 1; k < 80; k++) add(traffic, road, 0, 1010 - 7.4 * k, 9, wall);
    const slot = add(traffic, road, 1, 700, 12, meanProfile('normal'));
    let waits = false;
    run(traffic, road, 1200, () => {
      const { d, s, sDot, indicator, width } = traffic.vehicles;
      if (sDot[slot]! < 0.1) {
        waits = true;
        expect(indicator[slot]).toBe(1);
        expect(LANE_END - s[slot]!).toBeGreaterThan(20);
      }
      if (s[slot]! > LANE_END) expect(d[slot]! - width[slot]! / 2).toBeGreaterThan(-3.9);
    });
    expect(waits).toBe(true);
    expect(traffic.vehicles.s[slot]).toBeGreaterThan(LANE_END + 100);
  });

  test('who merges into a short gap keeps a shorter headway at first, and goes back to its own', () => {
    const road = twoLanes(true);
    const traffic = createTrafficState(10);
    const polite: DriverProfile = { ...meanProfile('normal'), changeThreshold: 1e3 };
    for (let k = 0; k < 8; k++) add(traffic, road, 0, 900 - 30 * k, 20, polite);
    const slot = add(traffic, road, 1, 780, 20, meanProfile('normal'));
    const keptShare = () => {
      const { following, changing } = traffic.drivers;
      const row = slot * TRAIT_STRIDE;
      return following[row + FOLLOWING.timeHeadway]! / changing[row + CHANGING.wishedHeadway]!;
    };
    let shortest = Number.POSITIVE_INFINITY;
    run(traffic, road, 1000, () => {
      shortest = Math.min(shortest, keptShare());
    });
    expect(shortest).toBeLessThan(0.7);
    expect(keptShare()).toBeGreaterThan(0.95);
    expect(traffic.vehicles.lane[slot]).toBe(0);
  });
});

describe('keeping right', () => {
  test('a driver alone in the left lane moves over to the empty right one, and stays there', () => {
    const road = twoLanes(false);
    const traffic = createTrafficState(1);
    const slot = add(traffic, road, 0, 100, 28, meanProfile('normal'));
    const lanes: number[] = [];
    run(traffic, road, 600, () => lanes.push(traffic.vehicles.lane[slot]!));
    expect(lanes[200]).toBe(1);
    expect(new Set(lanes.slice(200))).toEqual(new Set([1]));
  });

  test('below 60 km/h nobody changes only to keep right', () => {
    const road = twoLanes(false);
    const traffic = createTrafficState(1);
    const slot = add(traffic, road, 0, 100, 10, { ...meanProfile('normal'), speedCap: 10 });
    run(traffic, road, 600);
    expect(traffic.vehicles.lane[slot]).toBe(0);
  });
});

test('a driver of tempo 1.5 makes the same change in two thirds of the time', () => {
  const path = (lateralTempo: number) => {
    const road = twoLanes(false);
    const traffic = createTrafficState(1);
    const slot = add(traffic, road, 0, 100, 28, { ...meanProfile('normal'), lateralTempo });
    headFor(traffic, slot, 1);
    const offsets: number[] = [];
    for (let tick = 0; tick < 60; tick++) {
      moveTraffic(traffic, road);
      offsets.push(traffic.vehicles.d[slot]!);
    }
    return offsets;
  };
  const [slow, fast] = [path(1), path(1.5)];
  for (const ticks of [9, 15, 21, 30, 45]) {
    expect(Math.abs(fast[(ticks * 2) / 3 - 1]! - slow[ticks - 1]!), `after ${ticks} ticks`).toBeLessThan(0.12);
  }
});
