import { expect, test } from 'vitest';
import { createRoad, mainLane, TAPER_M } from '../../../../sim/road/createRoad.ts';
import { createRoadProfile } from '../../../../sim/view/roadProfile.ts';

const ramp = { kind: 'on-ramp' as const, width: 3.5, speedLimit: 25, from: 100, to: 400, openFrom: 200, openTo: 400 };
const road = createRoad({
  pieces: [{ kind: 'straight', length: 1000 }],
  lanes: [mainLane(3.7, 33), mainLane(3.6, 30), ramp],
  shoulderLeft: 1,
  shoulderRight: 2,
  railLeft: true,
  railRight: true,
});

test('lanes lie side by side to the right of the reference line', () => {
  expect(road.laneCentre(0)).toBeCloseTo(-1.85);
  expect(road.laneCentre(1)).toBeCloseTo(-5.5);
  expect(road.laneLeftEdge(2)).toBeCloseTo(-7.3);
  expect(road.rightEdge(50)).toBeCloseTo(-7.3);
  expect(road.rightEdge(300)).toBeCloseTo(-10.8);
});

test('after the end of a lane the pavement narrows by and by, as it is drawn', () => {
  expect(road.rightEdge(400)).toBeCloseTo(-10.8);
  expect(road.rightEdge(400 + TAPER_M / 2)).toBeCloseTo(-7.3 - 3.5 / 2);
  expect(road.rightEdge(400 + TAPER_M)).toBeCloseTo(-7.3);
  const drawn = { left: 0, right: 0 };
  const profile = createRoadProfile(road);
  for (let s = 100; s < 600; s += 0.5) {
    // 1 m in 17 at the steepest: a wall would be a step.
    expect(Math.abs(road.rightEdge(s + 0.5) - road.rightEdge(s)), `at ${s}`).toBeLessThan(0.03);
    profile.edges(s, drawn);
    expect(drawn.right, `at ${s}`).toBeCloseTo(road.rightEdge(s), 9);
  }
});

test('a lane that begins widens the pavement before it, a ramp that comes in lies beside the road', () => {
  const added = createRoad({ ...road.spec, lanes: [...road.spec.lanes.slice(0, 2), { ...ramp, kind: 'off-ramp' }] });
  expect(added.rightEdge(100 - TAPER_M / 2)).toBeCloseTo(-7.3 - 3.5 / 2);
  expect(road.rightEdge(100 - TAPER_M / 2)).toBeCloseTo(-7.3);
});

test('a point belongs to the lane that holds it, or to the nearest one that exists there', () => {
  expect(road.laneAt(300, -2)).toBe(0);
  expect(road.laneAt(300, -9)).toBe(2);
  expect(road.laneAt(50, -9)).toBe(1);
  expect(road.laneAt(300, 4)).toBe(0);
});

test('a marking may be crossed only where it is open and both lanes exist', () => {
  expect(road.mayChange(2, 1, 150)).toBe(false);
  expect(road.mayChange(2, 1, 250)).toBe(true);
  expect(road.mayChange(1, 2, 250)).toBe(true);
  expect(road.mayChange(1, 2, 450)).toBe(false);
  expect(road.mayChange(0, 2, 250)).toBe(false);
  expect(road.mayChange(0, -1, 250)).toBe(false);
});

test('a road without extent is refused with what was expected', () => {
  const base = { shoulderLeft: 0, shoulderRight: 0, railLeft: false, railRight: false };
  expect(() => createRoad({ ...base, pieces: [], lanes: [mainLane(3.6, 30)] })).toThrow(/pieces is empty/);
  expect(() => createRoad({ ...base, pieces: [{ kind: 'straight', length: 0 }], lanes: [mainLane(3.6, 30)] })).toThrow(
    /pieces\[0\]\.length is 0; expected > 0/,
  );
  expect(() => createRoad({ ...base, pieces: [{ kind: 'straight', length: 9 }], lanes: [] })).toThrow(/lanes is empty/);
  const many = Array.from({ length: 32 }, () => mainLane(3.6, 30));
  expect(() => createRoad({ ...base, pieces: [{ kind: 'straight', length: 9 }], lanes: many })).toThrow(
    /lanes has 32 entries; expected at most 31/,
  );
});
