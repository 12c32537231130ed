import { expect, test } from 'vitest';
import { emptyReading, type ReadableVehicles, readRoad } from '../../../app/modes/drive/roadReading.ts';
import { createRoad, mainLane } from '../../../sim/road/createRoad.ts';

const road = createRoad({
  pieces: [{ kind: 'straight', length: 1000 }],
  lanes: [mainLane(3.6, 33), mainLane(3.6, 30)],
  shoulderLeft: 1,
  shoulderRight: 2,
  railLeft: true,
  railRight: true,
});
const car = { s: 100, d: -1.8, sDot: 20, length: 5, width: 1.8 };

function vehicles(...rows: readonly [s: number, d: number, speed: number][]): ReadableVehicles {
  return {
    count: rows.length,
    s: Float64Array.from(rows, ([s]) => s),
    d: Float64Array.from(rows, ([, d]) => d),
    sDot: Float64Array.from(rows, ([, , speed]) => speed),
    length: Float64Array.from(rows, () => 5),
    width: Float64Array.from(rows, () => 1.8),
  };
}
const read = (others: ReadableVehicles, own = car) => {
  const out = emptyReading();
  readRoad(road, own, others, 0, out);
  return out;
};

test('the gap is from bumper to bumper and the headway is gap by own speed', () => {
  const reading = read(vehicles([145, -1.8, 15]));
  expect(reading).toMatchObject({ gap: 40, headwayS: 2, ttcS: 8, lane: 0, limit: 33, speed: 20 });
  expect(reading.offset).toBeCloseTo(0, 12);
});

test('vehicles behind, in the other lane, or far ahead are no leaders', () => {
  const reading = read(vehicles([60, -1.8, 30], [130, -5.4, 15], [400, -1.8, 10]));
  expect(reading.gap).toBe(Number.POSITIVE_INFINITY);
  expect(reading.headwayS).toBe(Number.POSITIVE_INFINITY);
});

test('a vehicle of the other lane that reaches into the way is a leader', () => {
  expect(read(vehicles([130, -3.7, 15])).gap).toBe(25);
});

test('the nearest leader counts, and overlapping boxes have no negative gap', () => {
  expect(read(vehicles([150, -1.8, 15], [120, -1.8, 25])).gap).toBe(15);
  expect(read(vehicles([103, -1.8, 15])).gap).toBe(0);
});

test('at standstill a headway in seconds says nothing', () => {
  expect(read(vehicles([120, -1.8, 5]), { ...car, sDot: 0 }).headwayS).toBe(Number.POSITIVE_INFINITY);
});
