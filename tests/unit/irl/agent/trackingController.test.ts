import { describe, expect, test } from 'vitest';
import { type Reference, trackReference } from '../../../../irl/agent/trackingController.ts';
import { advanceSubstep } from '../../../../sim/core/advanceWorld.ts';
import { createWorld } from '../../../../sim/core/world.ts';
import { mainLane } from '../../../../sim/road/createRoad.ts';
import type { RoadPiece } from '../../../../sim/road/road.ts';
import { neutralCommand } from '../../../../sim/vehicle/egoCommand.ts';

/** Follows a reference given as a function of time; returns the largest departures along and across [m]. */
function follow(pieces: readonly RoadPiece[], speed: number, seconds: number, at: (t: number, out: Reference) => void) {
  const world = createWorld({
    road: {
      pieces,
      lanes: [mainLane(3.6, 33), mainLane(3.6, 33), mainLane(3.6, 33)],
      shoulderLeft: 1,
      shoulderRight: 2,
      railLeft: true,
      railRight: true,
    },
    seed: 1,
    ego: { s: 50, d: -5.4, speed },
    vehicles: [],
    inflow: [],
    driverMix: { timid: 0, normal: 1, brisk: 0, truck: 0 },
    scripts: [],
    tracks: [],
  });
  const reference: Reference = { s: 0, d: 0, sDot: 0, dDot: 0, sDdot: 0, dDdot: 0 };
  const command = neutralCommand();
  let along = 0;
  let across = 0;
  for (let k = 0; k < seconds * 60; k++) {
    at(k / 60, reference);
    along = Math.max(along, Math.abs(reference.s - world.ego.s));
    across = Math.max(across, Math.abs(reference.d - world.ego.d));
    trackReference(reference, 1, world.ego, world.road, world.car, command);
    advanceSubstep(world, command);
  }
  expect(world.events.filter((event) => event.kind !== 'lane-change')).toEqual([]);
  return { along, across };
}
const straight: readonly RoadPiece[] = [{ kind: 'straight', length: 3000 }];

describe('the tracking controller keeps the car on its reference', () => {
  test.each([5, 15, 30])('lane change in 5 s at %d m/s', (speed) => {
    const { along, across } = follow(straight, speed, 9, (t, out) => {
      const x = Math.min(t / 5, 1);
      out.s = 50 + speed * t;
      out.sDot = speed;
      out.sDdot = 0;
      out.d = -5.4 + 3.6 * (10 * x ** 3 - 15 * x ** 4 + 6 * x ** 5);
      out.dDot = (3.6 / 5) * (30 * x ** 2 - 60 * x ** 3 + 30 * x ** 4);
      out.dDdot = (3.6 / 25) * (60 * x - 180 * x ** 2 + 120 * x ** 3);
    });
    expect(along).toBeLessThan(0.2);
    expect(across).toBeLessThan(0.25);
  });

  test.each([1 / 600, -1 / 400])('bends of curvature %d at 25 m/s', (curvature) => {
    const pieces: RoadPiece[] = [
      { kind: 'straight', length: 120 },
      { kind: 'arc', length: 300, curvature },
      { kind: 'straight', length: 400 },
    ];
    const { along, across } = follow(pieces, 25, 18, (t, out) => {
      out.s = 50 + 25 * t;
      out.d = -5.4;
      out.sDot = 25;
      out.dDot = 0;
      out.sDdot = 0;
      out.dDdot = 0;
    });
    expect(along).toBeLessThan(0.5);
    expect(across).toBeLessThan(0.35);
  });

  test('braking with 5 m/s² to a standstill', () => {
    const { along, across } = follow(straight, 25, 8, (t, out) => {
      const braking = Math.min(t, 5);
      out.s = 50 + 25 * braking - 2.5 * braking * braking;
      out.sDot = 25 - 5 * braking;
      out.sDdot = t < 5 ? -5 : 0;
      out.d = -5.4;
      out.dDot = 0;
      out.dDdot = 0;
    });
    expect(along).toBeLessThan(0.4);
    expect(across).toBeLessThan(0.01);
  });
});
