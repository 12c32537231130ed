import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { isInBand, type MeasuredCheck } from '../../../bench/figures/measuredCheck.ts';
import { manualCapacity, manualSpeed } from '../../../bench/trafficValidation/capacityManual.ts';
import {
  type FollowedVehicle,
  laneChangeDurations,
  timeHeadways,
} from '../../../bench/trafficValidation/distributions.ts';
import { diagramPoint } from '../../../bench/trafficValidation/fundamentalDiagram.ts';
import { measureData, measureSimulated } from '../../../bench/trafficValidation/measureFindings.ts';
import { pageTables, type TrafficResults } from '../../../bench/trafficValidation/pageTables.ts';
import { advanceRing, createRing, overlappingPairs } from '../../../bench/trafficValidation/ring.ts';
import { trafficChecks } from '../../../bench/trafficValidation/trafficChecks.ts';
import { type SimulatedFindings, summarise } from '../../../bench/trafficValidation/trafficFindings.ts';
import { SIMULATOR_VERSION } from '../../../sim/core/time.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const committed = JSON.parse(read('bench/results/trafficValidation.json')) as TrafficResults;
const RENEW = 'renew by: npx tsx bench/trafficValidation.ts';
/** Real traffic lies beside the repository and is not part of it. */
const DATA = fileURLToPath(
  new URL('../../../../shared/data/ngsim-us101/us101-0750-frames-0914-1451.csv', import.meta.url),
);

const expectIn = (value: number, { low, high }: MeasuredCheck) => {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
};
/** Numbers of a result, rounded to what engines agree on. */
const rounded = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_, v) => (typeof v === 'number' ? Number(v.toPrecision(9)) : v));

describe('the committed figures', () => {
  test('are those of this version of the simulator', () => {
    expect(committed.simulator, RENEW).toBe(SIMULATOR_VERSION);
  });

  test.each(Object.entries(pageTables(committed)))('stand in docs/traffic-validation.md: %s', (mark, table) => {
    expect(read('docs/traffic-validation.md')).toContain(`<!-- ${mark} -->\n${table}\n<!-- /${mark} -->`);
  });
});

/*
 * All that the bench simulates, by the same code and with the same seeds. Figures beside US-101 are those of the
 * simulation over the committed quantiles of the data, which the test below compares with the data where it is.
 */
describe('everything measured anew', () => {
  let findings: SimulatedFindings;
  let checks: readonly MeasuredCheck[];

  beforeAll(() => {
    findings = measureSimulated();
    checks = trafficChecks(findings, committed.data);
  }, 300_000);

  test.each(committed.checks.map(({ name, value }) => [name, value] as const))(
    '%s is in its band, and still what is committed',
    (name, value) => {
      const check = checks.find((candidate) => candidate.name === name)!;
      expect(isInBand(check), `${check.value} ${check.unit}, band ${check.low} to ${check.high}`).toBe(true);
      expect(rounded(check.value), RENEW).toBe(rounded(value));
    },
  );

  test('no figure, band or basis is missing or out of date', () => {
    expect(rounded(checks), RENEW).toEqual(rounded(committed.checks));
  });

  test('speeds of populations, merges and distributions are still what is committed', () => {
    const { speeds, merges, simulated } = findings;
    expect(rounded({ speeds, merges, simulated: summarise(simulated) }), RENEW).toEqual(
      rounded({ speeds: committed.speeds, merges: committed.merges, simulated: committed.simulated }),
    );
  });

  test('the more drivers differ, the slower they are at one density; the HCM is faster than all', () => {
    for (const { density, identical, withoutTrucks, usual } of findings.speeds) {
      expect(usual, `${density}`).toBeLessThan(withoutTrucks);
      expect(withoutTrucks, `${density}`).toBeLessThan(identical);
      const manual = manualSpeed(density, 0.1);
      if (!Number.isNaN(manual)) expect(identical, `${density}`).toBeLessThan(manual);
    }
  });
});

describe.skipIf(!existsSync(DATA))('US-101 (skipped without ../shared/data)', () => {
  test('headways and lane changes of the data are those committed', async () => {
    expect(rounded(summarise(await measureData(DATA))), RENEW).toEqual(rounded(committed.data));
  });
});

describe('with another seed', () => {
  const band = (name: string) => committed.checks.find((check) => check.name === name)!;

  test('near capacity the flow is in its band, and nobody collides', () => {
    const point = diagramPoint({ density: 30, km: 1, warmUpTicks: 900, ticks: 300, seed: 2 });
    expectIn(point.flow, band('capacity'));
    expectIn(point.speed, band('speed at capacity'));
    expect(point.collisions).toBe(0);
  });

  test('at 15 veh/km/lane the speed is in its band, and lanes are changed', () => {
    const point = diagramPoint({ density: 15, km: 3, warmUpTicks: 2000, ticks: 600, seed: 2 });
    expectIn(point.speed, band('speed at 15 veh/km/lane'));
    expectIn(point.changesPerKm, band('lane changes at 15 veh/km/lane'));
    expect(point.collisions).toBe(0);
  });

  test('at 60 veh/km/lane it crawls without a collision', () => {
    const point = diagramPoint({ density: 60, km: 0.7, warmUpTicks: 300, ticks: 300, seed: 3 });
    expectIn(point.speed, band('speed at 60 veh/km/lane'));
    expect(point.collisions).toBe(0);
  });
});

describe('the instruments', () => {
  test('the manual gives its own table: 75 mi/h up to 1000 cars/h/lane, 68.3 at 26 per mile, 53.3 at capacity', () => {
    const [metresPerSecond, perMile] = [1609.344 / 3600, 1 / 1.609344];
    expect(manualSpeed(11 * perMile, 0) / metresPerSecond).toBeCloseTo(75, 9);
    expect(manualSpeed(26 * perMile, 0) / metresPerSecond).toBeCloseTo(68.3, 0);
    expect(manualSpeed(44.99 * perMile, 0) / metresPerSecond).toBeCloseTo(53.3, 0);
    expect(manualSpeed(46 * perMile, 0)).toBeNaN();
    expect(manualCapacity(0.1)).toBeCloseTo(2400 / 1.05, 9);
  });

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
