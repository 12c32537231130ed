import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRoad, mainLane } from '../../../sim/road/createRoad.ts';
import { followingAcceleration } from '../../../sim/traffic/carFollowing.ts';
import { meanProfile } from '../../../sim/traffic/driverProfile.ts';
import {
  leaderOf,
  NOBODY,
  nearestAhead,
  nearestBehind,
  otherLaneOf,
  otherLeaderOf,
  unsettle,
} from '../../../sim/traffic/neighbours.ts';
import { surveyTraffic } from '../../../sim/traffic/surveyTraffic.ts';
import { decideTraffic, moveTraffic } from '../../../sim/traffic/trafficModel.ts';
import { addVehicle, createTrafficState, removeVehicle, type TrafficState } from '../../../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from '../../../sim/traffic/vehicleColumns.ts';

const ROAD = createRoad({
  pieces: [{ kind: 'straight', length: 2000 }],
  lanes: [mainLane(3.6, 36), mainLane(3.6, 33), mainLane(3.6, 30)],
  shoulderLeft: 1,
  shoulderRight: 3,
  railLeft: true,
  railRight: true,
});
const TYPES = ['timid', 'normal', 'brisk', 'truck'] as const;

interface DrawnVehicle {
  readonly s: number;
  readonly lane: number;
  readonly offset: number;
  readonly speed: number;
  readonly type: (typeof TYPES)[number];
}

/** Positions are on a grid of half metres, so that equal ones occur. */
const vehicle = fc.record({
  s: fc.integer({ min: 0, max: 800 }).map((k) => k / 2),
  lane: fc.integer({ min: 0, max: 2 }),
  offset: fc.oneof(fc.constant(0), fc.double({ min: -1.7, max: 1.7, noNaN: true })),
  speed: fc.double({ min: 0, max: 40, noNaN: true }),
  type: fc.constantFrom(...TYPES),
});

function add(traffic: TrafficState, id: number, { s, lane, offset, speed, type }: DrawnVehicle): void {
  addVehicle(traffic, ROAD, {
    id,
    kind: type === 'truck' ? VEHICLE_KIND.truck : VEHICLE_KIND.car,
    control: VEHICLE_CONTROL.model,
    s,
    d: ROAD.laneCentre(lane) + offset,
    speed,
    length: type === 'truck' ? 13 : 4.6,
    width: 1.9,
    profile: meanProfile(type),
    choosesLane: true,
  });
}

/** The vehicle ahead in a lane, by looking at everybody: the nearest of larger s, or of equal s and lower slot. */
function aheadByLooking(traffic: TrafficState, slot: number, lane: number): number {
  const { count, s, lane: laneOf } = traffic.vehicles;
  const isAhead = (i: number, j: number) => s[i]! > s[j]! || (s[i] === s[j] && i < j);
  let best = NOBODY;
  for (let i = 0; i < count; i++) {
    if (i === slot || !isAhead(i, slot) || (laneOf[i] !== lane && otherLaneOf(traffic.neighbours, i) !== lane))
      continue;
    if (best === NOBODY || isAhead(best, i)) best = i;
  }
  return best;
}

test('leaders and accelerations of a survey are those that looking at everybody gives', () => {
  fc.assert(
    fc.property(fc.array(vehicle, { minLength: 1, maxLength: 60 }), fc.infiniteStream(fc.nat()), (specs, picks) => {
      const traffic = createTrafficState(specs.length);
      for (const [id, spec] of specs.entries()) add(traffic, id, spec);
      surveyTraffic(traffic, ROAD);
      // Some leave, some jump: the order has to be mended, not only made.
      for (let k = 0; k < 3 && traffic.vehicles.count > 1; k++) {
        removeVehicle(traffic, picks.next().value! % traffic.vehicles.count);
        const slot = picks.next().value! % traffic.vehicles.count;
        traffic.vehicles.s[slot] = (picks.next().value! % 800) / 2;
      }
      surveyTraffic(traffic, ROAD);
      const { vehicles, neighbours, wanted } = traffic;
      for (let i = 0; i < vehicles.count; i++) {
        const lane = vehicles.lane[i]!;
        const other = otherLaneOf(neighbours, i);
        const leader = aheadByLooking(traffic, i, lane);
        const second = other === NOBODY ? NOBODY : aheadByLooking(traffic, i, other);
        expect(leaderOf(neighbours, i)).toBe(leader);
        expect(otherLeaderOf(neighbours, i)).toBe(second);
        const own = followingAcceleration(traffic, ROAD, i, leader, lane);
        const beside = second === NOBODY ? own : followingAcceleration(traffic, ROAD, i, second, lane);
        expect(wanted[i]).toBeCloseTo(Math.min(own, beside), 9);
        for (let target = 0; target < 3; target++) {
          const ahead = aheadByLooking(traffic, i, target);
          const inSight = ahead !== NOBODY && vehicles.s[ahead]! <= vehicles.s[i]! + 300;
          expect(nearestAhead(vehicles, neighbours, i, target)).toBe(inSight ? ahead : NOBODY);
          const behind = nearestBehind(vehicles, neighbours, i, target);
          if (behind !== NOBODY) expect(aheadByLooking(traffic, behind, target) === i || lane !== target).toBe(true);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('a survey does not depend on what the tables held before', () => {
  fc.assert(
    fc.property(fc.array(vehicle, { minLength: 1, maxLength: 40 }), (specs) => {
      const fresh = createTrafficState(specs.length);
      const used = createTrafficState(specs.length);
      for (const [id, spec] of specs.entries()) {
        add(fresh, id, spec);
        add(used, id, spec);
        surveyTraffic(used, ROAD);
      }
      surveyTraffic(fresh, ROAD);
      surveyTraffic(used, ROAD);
      expect(used.neighbours.order).toEqual(fresh.neighbours.order);
      expect(used.neighbours.places).toEqual(fresh.neighbours.places);
      expect(used.neighbours.leader).toEqual(fresh.neighbours.leader);
      expect(used.neighbours.keeping).toEqual(fresh.neighbours.keeping);
      expect(used.wanted).toEqual(fresh.wanted);
    }),
    { numRuns: 100 },
  );
});

test('tables that were mended tick by tick are those that are made anew', () => {
  fc.assert(
    fc.property(fc.array(vehicle, { minLength: 20, maxLength: 70 }), (specs) => {
      const traffic = createTrafficState(specs.length);
      for (const [id, spec] of specs.entries()) add(traffic, id, spec);
      const { vehicles, neighbours } = traffic;
      for (let tick = 0; tick < 150; tick++) {
        surveyTraffic(traffic, ROAD);
        const mended = {
          places: neighbours.places.slice(),
          leader: neighbours.leader.slice(),
          keeping: neighbours.keeping.slice(),
          occupied: neighbours.occupied.slice(),
          wanted: traffic.wanted.slice(),
        };
        for (let slot = 0; slot < vehicles.count; slot++) unsettle(neighbours, slot);
        neighbours.linked = false;
        surveyTraffic(traffic, ROAD);
        expect(mended).toEqual({
          places: neighbours.places,
          leader: neighbours.leader,
          keeping: neighbours.keeping,
          occupied: neighbours.occupied,
          wanted: traffic.wanted,
        });
        decideTraffic(traffic, ROAD, tick);
        moveTraffic(traffic, ROAD);
      }
    }),
    { numRuns: 10 },
  );
});
