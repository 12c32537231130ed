import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRoad, mainLane } from '../../../sim/road/createRoad.ts';
import type { RoadPiece } from '../../../sim/road/road.ts';

const piece: fc.Arbitrary<RoadPiece> = fc.oneof(
  fc.record({ kind: fc.constant('straight' as const), length: fc.double({ min: 50, max: 900, noNaN: true }) }),
  fc.record({
    kind: fc.constant('arc' as const),
    length: fc.double({ min: 50, max: 500, noNaN: true }),
    curvature: fc.double({ min: -0.002, max: 0.002, noNaN: true }).filter((k) => Math.abs(k) > 1e-5),
  }),
);
const roadOf = (pieces: readonly RoadPiece[]) =>
  createRoad({
    pieces,
    lanes: [mainLane(3.6, 33), mainLane(3.6, 33), mainLane(3.6, 33)],
    shoulderLeft: 1,
    shoulderRight: 3,
    railLeft: true,
    railRight: true,
  });

test('the road frame and the world frame undo each other, beyond both ends too', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 6 }),
      fc.double({ min: -0.2, max: 1.2, noNaN: true }),
      fc.double({ min: -20, max: 8, noNaN: true }),
      fc.double({ min: -30, max: 30, noNaN: true }),
      (pieces, share, d, hintError) => {
        const road = roadOf(pieces);
        const s = share * road.length;
        const pose = { x: 0, y: 0, heading: 0 };
        const point = { s: 0, d: 0, heading: 0 };
        road.toWorld(s, d, pose);
        road.toRoad(pose.x, pose.y, s + hintError, point);
        expect(Math.abs(point.s - s)).toBeLessThan(1e-6);
        expect(Math.abs(point.d - d)).toBeLessThan(1e-6);
        expect(Math.abs(point.heading - pose.heading)).toBeLessThan(1e-9);
      },
    ),
  );
});

test('the reference line is continuous in position and heading where pieces join', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 2, maxLength: 6 }), (pieces) => {
      const road = roadOf(pieces);
      let s = 0;
      const before = { x: 0, y: 0, heading: 0 };
      const after = { x: 0, y: 0, heading: 0 };
      for (const { length } of pieces.slice(0, -1)) {
        s += length;
        road.toWorld(s - 1e-7, -5, before);
        road.toWorld(s + 1e-7, -5, after);
        expect(Math.hypot(before.x - after.x, before.y - after.y)).toBeLessThan(1e-6);
        expect(Math.abs(before.heading - after.heading)).toBeLessThan(1e-8);
      }
    }),
  );
});
