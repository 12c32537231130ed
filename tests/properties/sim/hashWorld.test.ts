import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { advanceTick } from '../../../sim/core/advanceWorld.ts';
import { hashWorld } from '../../../sim/core/hashWorld.ts';
import { restoreSnapshot, takeSnapshot } from '../../../sim/core/snapshot.ts';
import { mixColumn } from '../../../sim/core/stateHash.ts';
import { createWorld } from '../../../sim/core/world.ts';
import { CHANGING, FOLLOWING, TRAIT_STRIDE } from '../../../sim/traffic/driverColumns.ts';

const world = createWorld(buildScenario('dense@1#1').spec);
const driver = findBaselineDriver('idm-mobil').create();
driver.start(world);
for (let tick = 0; tick < 40; tick++) advanceTick(world, driver);
const { vehicles } = world;
const { restUntil, fingerprint, choosesLane } = world.traffic.drivers;
const { s, d, sDot, lane, targetLane, control, indicator, braking } = vehicles;
const COLUMNS = { s, d, sDot, lane, targetLane, control, indicator, braking, restUntil, fingerprint, choosesLane };

test('one flipped bit of any vehicle changes the hash of a world, and flipped back it is the same', () => {
  const before = hashWorld(world);
  const flip = fc.record({
    column: fc.constantFrom(...(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[])),
    slot: fc.nat(vehicles.count - 1),
    bit: fc.nat(63),
  });
  fc.assert(
    fc.property(flip, ({ column: name, slot, bit }) => {
      const column = COLUMNS[name];
      const size = column.BYTES_PER_ELEMENT;
      const bytes = new Uint8Array(column.buffer, column.byteOffset + slot * size, size);
      const place = (bit >> 3) % size;
      bytes[place]! ^= 1 << (bit & 7);
      const flipped = hashWorld(world);
      bytes[place]! ^= 1 << (bit & 7);
      expect(flipped).not.toBe(before);
      expect(hashWorld(world)).toBe(before);
    }),
    { numRuns: 500 },
  );
});

test('the headway that a driver keeps for now is part of the state, and comes back with a snapshot', () => {
  const merging = createWorld(buildScenario('lane-drop@1#1').spec);
  const through = findBaselineDriver('idm-mobil').create();
  through.start(merging);
  for (let tick = 0; tick < 150; tick++) advanceTick(merging, through);
  const { following, changing, relaxing } = merging.traffic.drivers;
  const kept = (slot: number) => slot * TRAIT_STRIDE + FOLLOWING.timeHeadway;
  const wished = (slot: number) => slot * TRAIT_STRIDE + CHANGING.wishedHeadway;
  const slots = Array.from({ length: merging.vehicles.count }, (_, slot) => slot);
  const yielding = slots.filter((slot) => following[kept(slot)] !== changing[wished(slot)]);
  expect(yielding.length).toBeGreaterThan(3);
  for (const slot of yielding) expect(relaxing[slot]).toBe(1);
  const before = hashWorld(merging);
  const snapshot = takeSnapshot(merging);
  for (const slot of yielding) {
    const headway = following[kept(slot)]!;
    following[kept(slot)] = headway + 0.01;
    expect(hashWorld(merging)).not.toBe(before);
    following[kept(slot)] = headway;
  }
  for (const slot of yielding) {
    following[kept(slot)] = changing[wished(slot)]!;
    relaxing[slot] = 0;
  }
  restoreSnapshot(merging, snapshot);
  expect(hashWorld(merging)).toBe(before);
});

test('rows beyond the counted ones have no say, whatever their number and width', () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 96 });
  fc.assert(
    fc.property(
      bytes,
      fc.nat(15),
      fc.constantFrom(Uint8Array, Int16Array, Int32Array, Float64Array),
      (of, rows, kind) => {
        const room = of.slice(0, of.length - (of.length % 8));
        const column = new kind(room.buffer);
        const counted = Math.min(rows, column.length - 1);
        const before = mixColumn(1, column as never, counted);
        room.fill(0xaa, counted * column.BYTES_PER_ELEMENT);
        expect(mixColumn(1, column as never, counted)).toBe(before);
      },
    ),
  );
});

test('the order of values counts', () => {
  fc.assert(
    fc.property(fc.int32Array({ minLength: 2, maxLength: 40 }), fc.nat(), fc.nat(), (column, one, other) => {
      const i = one % column.length;
      const j = other % column.length;
      const before = mixColumn(7, column, column.length);
      const a = column[i]!;
      const b = column[j]!;
      column[i] = b;
      column[j] = a;
      if (a === b) expect(mixColumn(7, column, column.length)).toBe(before);
      else expect(mixColumn(7, column, column.length)).not.toBe(before);
    }),
  );
});
