import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkTable, type MeasuredCheck } from '../../../bench/figures/measuredCheck.ts';
import {
  type FollowedVehicle,
  laneChangeDurations,
  timeHeadways,
} from '../../../bench/trafficValidation/distributions.ts';
import { diagramPoint } from '../../../bench/trafficValidation/fundamentalDiagram.ts';
import { advanceRing, createRing, overlappingPairs } from '../../../bench/trafficValidation/ring.ts';
import { platoonResponse, queueDischarge, sugiyamaRing } from '../../../bench/trafficValidation/waves.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const { checks } = JSON.parse(read('bench/results/trafficValidation.json')) as { checks: readonly MeasuredCheck[] };
const band = (name: string) => checks.find((check) => check.name === name)!;
const expectIn = (value: number, { low, high }: MeasuredCheck) => {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
};

describe('docs/traffic-validation.md', () => {
  test('shows the committed figures', () => expect(read('docs/traffic-validation.md')).toContain(checkTable(checks)));

  test.each(checks.map((check) => [check.name, check] as const))('%s', (_name, check) => expectIn(check.value, check));
});

describe('measured anew, in short', () => {
  test('near capacity the flow is that of a freeway, and nobody collides', () => {
    const point = diagramPoint({ density: 30, km: 1, warmUpTicks: 900, ticks: 300, seed: 2 });
    expectIn(point.flow, band('capacity'));
    expect(point.collisions).toBe(0);
  });

  test('in free flow it is about as fast as the limit allows, and lanes are changed', () => {
    const point = diagramPoint({ density: 15, km: 1, warmUpTicks: 300, ticks: 600, seed: 2 });
    expect(point.speed).toBeGreaterThan(22);
    expect(point.speed).toBeLessThan(33.4);
    expect(point.changesPerKm).toBeGreaterThan(0.05);
    expect(point.collisions).toBe(0);
  });

  test('at 60 veh/km/lane it crawls without a collision', () => {
    const point = diagramPoint({ density: 60, km: 0.7, warmUpTicks: 300, ticks: 300, seed: 3 });
    expectIn(point.speed, band('speed at 60 veh/km/lane'));
    expect(point.collisions).toBe(0);
  });

  test('a queue discharges below capacity', () => {
    expectIn(queueDischarge(1), band('flow out of a standing queue'));
  });

  test.each([20, 5])('a dip dies out along a platoon at %d m/s', (speed) => {
    expectIn(platoonResponse(speed).amplification, band(`dip of the 40th over the 1st follower at ${speed} m/s`));
  });

  test('on the ring a disturbance grows, and travels upstream', () => {
    const { trace, waveSpeed } = sugiyamaRing(12);
    const slowest = (from: number) => Math.min(...trace.filter(([t]) => t >= from && t < from + 60).map(([, v]) => v));
    expect(slowest(660)).toBeLessThan(slowest(200) - 0.5);
    expectIn(waveSpeed, band('ring of 230 m: speed of the jam'));
  });
});

describe('the instruments', () => {
  test('a ring keeps its vehicles and closes at its seam', () => {
    const ring = createRing({ length: 400, lanes: 2, speedLimit: 20, perLane: 10, seed: 1 });
    for (let k = 0; k < 600; k++) advanceRing(ring);
    expect(ring.traffic.vehicles.count).toBe(20);
    const { s } = ring.traffic.vehicles;
    expect([...s.subarray(0, 20)].every((at) => at >= 0 && at < 400)).toBe(true);
    expect(overlappingPairs(ring, [])).toEqual([]);
    // Two boxes laid over each other across the seam.
    const { d } = ring.traffic.vehicles;
    s[0] = 399.5;
    s[1] = 0.5;
    d[1] = d[0]!;
    expect(overlappingPairs(ring, []).some(([i, j]) => i + j === 1)).toBe(true);
  });

  const steady = (s: number, speed: number, offset: (t: number) => number = () => -1.8): FollowedVehicle => ({
    from: 0,
    length: 4,
    s: Float64Array.from({ length: 200 }, (_, k) => s + speed * k * 0.1),
    d: Float64Array.from({ length: 200 }, (_, k) => offset(k * 0.1)),
    sDot: new Float64Array(200).fill(speed),
  });

  test('a headway is gap over own speed', () => {
    const headways = timeHeadways([steady(0, 20), steady(34, 20), steady(60, 20, () => -5.4)], {
      width: 3.6,
      count: 2,
    });
    expect(headways).toHaveLength(20);
    for (const headway of headways) expect(headway).toBeCloseTo(1.5, 9);
  });

  test('a lane change at 0.9 m/s over 3.6 m lasts 4 s', () => {
    const change = steady(0, 20, (t) => -1.8 - 0.9 * Math.min(Math.max(t - 8, 0), 4));
    const [duration, ...others] = laneChangeDurations([change], { width: 3.6, count: 2 });
    expect(others).toEqual([]);
    expect(Math.abs(duration! - 4)).toBeLessThan(0.8);
  });
});
