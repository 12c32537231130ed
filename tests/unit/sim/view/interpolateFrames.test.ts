import { describe, expect, it } from 'vitest';
import { interpolateFrames } from '../../../../sim/view/interpolateFrames.ts';
import { captureEgoAndTraffic, captureVehicles, createViewVehicles } from '../../../../sim/view/viewVehicles.ts';

interface Row {
  id: number;
  s: number;
  d?: number;
  sDot?: number;
  braking?: number;
}

function snapshot(timeS: number, rows: readonly Row[], capacity = 8) {
  const vehicles = createViewVehicles(capacity);
  vehicles.timeS = timeS;
  vehicles.count = rows.length;
  for (const [i, row] of rows.entries()) {
    vehicles.id[i] = row.id;
    vehicles.s[i] = row.s;
    vehicles.d[i] = row.d ?? 0;
    vehicles.sDot[i] = row.sDot ?? 0;
    vehicles.braking[i] = row.braking ?? 0;
  }
  return vehicles;
}

const placesOf = (vehicles: ReturnType<typeof snapshot>) =>
  Object.fromEntries(Array.from({ length: vehicles.count }, (_, i) => [vehicles.id[i], vehicles.s[i]]));

describe('interpolateFrames', () => {
  it('matches vehicles by id when slots have moved', () => {
    const a = snapshot(1, [
      { id: 0, s: 0 },
      { id: 7, s: 100 },
      { id: 9, s: 50 },
    ]);
    const b = snapshot(1.1, [
      { id: 0, s: 3 },
      { id: 9, s: 52 },
      { id: 7, s: 102 },
    ]);
    const out = createViewVehicles(8);
    interpolateFrames(a, b, 0.5, out);
    expect(placesOf(out)).toEqual({ 0: 1.5, 7: 101, 9: 51 });
    expect(out.timeS).toBeCloseTo(1.05, 12);
    expect(out.id[0]).toBe(0);
  });

  it('equals the snapshots at both ends', () => {
    const a = snapshot(0, [
      { id: 0, s: 1, d: -2 },
      { id: 3, s: 40, d: -6 },
    ]);
    const b = snapshot(0.1, [
      { id: 0, s: 4, d: -2.1 },
      { id: 3, s: 42, d: -5.9 },
    ]);
    const out = createViewVehicles(8);
    for (const [fraction, expected] of [
      [0, a],
      [1, b],
    ] as const) {
      interpolateFrames(a, b, fraction, out);
      expect([...out.s.slice(0, 2), ...out.d.slice(0, 2)]).toEqual([
        ...expected.s.slice(0, 2),
        ...expected.d.slice(0, 2),
      ]);
    }
  });

  it('carries a vehicle that leaves or enters along at its speed', () => {
    const a = snapshot(0, [
      { id: 0, s: 0 },
      { id: 1, s: 10, sDot: 30 },
    ]);
    const b = snapshot(0.1, [
      { id: 0, s: 0 },
      { id: 2, s: 90, sDot: 20 },
    ]);
    const out = createViewVehicles(8);
    interpolateFrames(a, b, 0.25, out);
    expect(placesOf(out)).toEqual({ 0: 0, 1: 10.75 });
    interpolateFrames(a, b, 0.75, out);
    expect(placesOf(out)).toEqual({ 0: 0, 2: 89.5 });
  });

  it('switches lights in the middle', () => {
    const a = snapshot(0, [{ id: 0, s: 0, braking: 0 }]);
    const b = snapshot(0.1, [{ id: 0, s: 1, braking: 1 }]);
    const out = createViewVehicles(8);
    interpolateFrames(a, b, 0.4, out);
    expect(out.braking[0]).toBe(0);
    interpolateFrames(a, b, 0.6, out);
    expect(out.braking[0]).toBe(1);
  });

  it('says so when there is too little room', () => {
    const a = snapshot(0, [
      { id: 0, s: 0 },
      { id: 1, s: 0 },
    ]);
    expect(() => interpolateFrames(a, a, 0.5, createViewVehicles(1))).toThrow(/room for 1 vehicles/);
    expect(() => captureVehicles(a, 0, createViewVehicles(1))).toThrow(/room for 1 vehicles, but 2/);
  });
});

describe('captureEgoAndTraffic', () => {
  it('puts the ego before the traffic', () => {
    const traffic = snapshot(0, [{ id: 5, s: 33, sDot: 21 }]);
    const out = createViewVehicles(4);
    const ego = {
      s: 1,
      d: -2,
      sDot: 30,
      headingOffset: 0.1,
      ax: -3,
      length: 4.6,
      width: 1.8,
      indicator: -1,
      braking: true,
    };
    captureEgoAndTraffic(ego, traffic, 2.5, out);
    expect([out.count, out.timeS, out.id[0], out.id[1]]).toEqual([2, 2.5, 0, 5]);
    expect([out.s[0], out.a[0], out.indicator[0], out.braking[0], out.sDot[1]]).toEqual([1, -3, -1, 1, 21]);
  });
});
