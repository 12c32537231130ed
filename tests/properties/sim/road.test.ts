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
const curvature = fc.double({ min: -0.01, max: 0.01, noNaN: true });
const clothoid: fc.Arbitrary<RoadPiece> = fc.record({
  kind: fc.constant('clothoid' as const),
  length: fc.double({ min: 20, max: 400, noNaN: true }),
  startCurvature: curvature,
  endCurvature: curvature,
});
/** Bend: straight, transition in, arc, transition out, straight; without a jump of curvature. */
const bend: fc.Arbitrary<RoadPiece[]> = fc
  .record({
    before: fc.double({ min: 50, max: 500, noNaN: true }),
    transition: fc.double({ min: 30, max: 300, noNaN: true }),
    arc: fc.double({ min: 20, max: 300, noNaN: true }),
    curvature: fc.double({ min: -0.004, max: 0.004, noNaN: true }).filter((k) => Math.abs(k) > 1e-5),
  })
  .map(({ before, transition, arc, curvature: k }) => [
    { kind: 'straight', length: before },
    { kind: 'clothoid', length: transition, startCurvature: 0, endCurvature: k },
    { kind: 'arc', length: arc, curvature: k },
    { kind: 'clothoid', length: transition, startCurvature: k, endCurvature: 0 },
  ]);
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

test('the road frame and the world frame undo each other on clothoids, however tight', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        bend,
        clothoid.map((only) => [only]),
      ),
      fc.double({ min: -0.1, max: 1.1, noNaN: true }),
      fc.double({ min: -16, max: 4, noNaN: true }),
      fc.double({ min: -30, max: 30, noNaN: true }),
      (pieces, share, d, hintError) => {
        const road = roadOf(pieces);
        const s = share * road.length;
        const pose = { x: 0, y: 0, heading: 0 };
        const point = { s: 0, d: 0, heading: 0 };
        road.toWorld(s, d, pose);
        road.toRoad(pose.x, pose.y, s + hintError, point);
        expect(Math.abs(point.s - s)).toBeLessThan(1e-8);
        expect(Math.abs(point.d - d)).toBeLessThan(1e-8);
        expect(Math.abs(point.heading - pose.heading)).toBeLessThan(1e-9);
      },
    ),
    { numRuns: 300 },
  );
});

test('with transitions neither heading nor curvature jumps anywhere, and the heading turns by the curvature', () => {
  fc.assert(
    fc.property(bend, fc.double({ min: 0, max: 1, noNaN: true }), (pieces, share) => {
      const road = roadOf(pieces);
      const transition = pieces[1] as { length: number; endCurvature: number };
      const steepest = Math.abs(transition.endCurvature) / transition.length;
      const step = 0.01;
      const joints = [pieces[0]!.length, pieces[0]!.length + pieces[1]!.length, road.length - pieces[3]!.length];
      for (const s of [share * road.length, ...joints]) {
        const before = { x: 0, y: 0, heading: 0 };
        const after = { x: 0, y: 0, heading: 0 };
        road.toWorld(s - step, 0, before);
        road.toWorld(s + step, 0, after);
        expect(Math.abs(road.curvature(s + step) - road.curvature(s - step))).toBeLessThan(
          2.01 * step * steepest + 1e-15,
        );
        const turned = (after.heading - before.heading) / (2 * step);
        expect(Math.abs(turned - road.curvature(s))).toBeLessThan(step * steepest + 1e-10);
        const chord = Math.hypot(after.x - before.x, after.y - before.y);
        expect(Math.abs(chord - 2 * step)).toBeLessThan(1e-8);
      }
    }),
  );
});

test('a clothoid is where ten thousand small arcs of its mean curvature lead', () => {
  fc.assert(
    fc.property(clothoid, (only) => {
      if (only.kind !== 'clothoid') return;
      const road = roadOf([only]);
      const pose = { x: 0, y: 0, heading: 0 };
      road.toWorld(only.length, 0, pose);
      const n = 10_000;
      const step = only.length / n;
      let x = 0;
      let y = 0;
      for (let i = 0; i < n; i++) {
        const u = (i + 0.5) * step;
        const heading =
          only.startCurvature * u + ((only.endCurvature - only.startCurvature) / only.length) * u * u * 0.5;
        x += step * Math.cos(heading);
        y += step * Math.sin(heading);
      }
      expect(Math.hypot(pose.x - x, pose.y - y)).toBeLessThan(1e-5);
    }),
    { numRuns: 40 },
  );
});

test('the reference line is continuous in position and heading where pieces join', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, clothoid), { minLength: 2, maxLength: 6 }), (pieces) => {
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
