import { describe, expect, test } from 'vitest';
import { importNgsim } from '../../../../recordings/adapters/ngsim.ts';
import { readRecording } from '../../../../recordings/readRecording.ts';
import { RecordingError } from '../../../../recordings/recordingError.ts';
import { writeRecording } from '../../../../recordings/writeRecording.ts';
import { FIXTURE_START, type FixtureVehicle, NGSIM_HEADER, ngsimCsv, ngsimRows, platoon } from './ngsimFixture.ts';

const FOOT = 0.3048;
const name = 'made-up.csv';

async function refusal(text: string, options: object = {}): Promise<RecordingError> {
  const error = await importNgsim(text, { name, ...options }).catch((thrown: unknown) => thrown);
  if (error instanceof RecordingError) return error;
  throw new Error(`expected a RecordingError, got ${String(error)}`);
}

describe('importNgsim', () => {
  test('takes the drivers in the middle of a platoon and says why it leaves out the others', async () => {
    const { recordings, leftOut } = await importNgsim(ngsimCsv(platoon(7, 121)), { name });
    // 60 m ahead are two vehicles of 30.5 m, 40 m behind are two.
    expect(recordings.map((r) => r.metadata.scenarioId)).toEqual([
      'log-replay@1?source=made-up&driver=3#0',
      'log-replay@1?source=made-up&driver=4#0',
      'log-replay@1?source=made-up&driver=5#0',
    ]);
    expect(leftOut.map((out) => out.driver)).toEqual([1, 2, 6, 7]);
    expect(leftOut[0]!.reason).toBe('60 m ahead and 40 m behind are observed for 0.0 s at most; 10 s are needed');
  });

  test('converts feet and front centres to metres and box centres', async () => {
    const { recordings } = await importNgsim(ngsimCsv(platoon(7, 121)), { name });
    const [recording] = recordings;
    const { ego, metadata, traffic, ticks } = recording!;
    expect(ticks).toBe(120);
    expect(ego.rowsPerTick).toBe(1);
    expect(metadata.ego).toEqual({ length: 15 * FOOT, width: 6 * FOOT });
    // Vehicle 3 at 800 ft, half of its 15 ft back, 20 m before the entry.
    expect(ego.s[0]).toBeCloseTo(800 * FOOT - 7.5 * FOOT + 20, 6);
    expect(ego.s[120]! - ego.s[0]!).toBeCloseTo(50 * 12 * FOOT, 6);
    expect(ego.d[60]).toBeCloseTo(-18 * FOOT, 9);
    expect(ego.sDot[60]).toBeCloseTo(50 * FOOT, 6);
    expect(ego.ax[60]).toBeCloseTo(0, 6);
    expect([...traffic[0]!.id]).toEqual([1, 2, 4, 5, 6, 7]);
    expect(traffic[0]!.s[1]! - ego.s[0]!).toBeCloseTo(100 * FOOT, 6);
    expect(metadata.startedAt).toBe(new Date(FIXTURE_START).toISOString());
    expect(metadata.driverLabel).toBe('imported');
    expect(metadata.road.lanes.length).toBe(5);
    expect(metadata.road.lanes[0]!.width).toBeCloseTo(3.6576, 9);
    expect(metadata.road.lanes[0]!.speedLimit).toBeCloseTo(29.0576, 9);
  });

  test('a lane change to the right lowers d and turns the heading right', async () => {
    const changing = platoon(7, 121).map((v) =>
      v.id === 4 ? { ...v, x: (k: number) => 18 + 12 * smoothStep(k / 120) } : v,
    );
    const { recordings } = await importNgsim(ngsimCsv(changing), { name, drivers: [4] });
    const { ego } = recordings[0]!;
    expect(ego.d[0]! - ego.d[120]!).toBeCloseTo(12 * FOOT, 2);
    expect(ego.dDot[60]).toBeLessThan(-0.4);
    expect(ego.headingOffset[60]).toBeCloseTo(Math.atan2(ego.dDot[60]!, ego.sDot[60]!), 6);
  });

  test('gives the same from csv in any column order, from text without header, and in pieces cut anywhere', async () => {
    const vehicles = platoon(5, 111);
    const expected = await importNgsim(ngsimCsv(vehicles), { name, drivers: [3] });
    const rows = ngsimRows(vehicles);
    const headerless = rows.map((row) => row.join('   ')).join('\r\n');
    const columns = NGSIM_HEADER.toUpperCase().replace('SPACE_HEADWAY', 'Space_Hdwy').split(',');
    const mixed = [
      `\ufeff${['Location', ...columns.toReversed(), 'O_Zone'].join(',')}`,
      ...rows.map((row) => ['us-101', ...row.toReversed(), ''].join(',')),
    ].join('\n');
    const bytes = new TextEncoder().encode(headerless);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 777) }, (_, i) =>
      bytes.subarray(i * 777, i * 777 + 777),
    );
    for (const source of [headerless, mixed, pieces, asynchronous(pieces)]) {
      const read = await importNgsim(source, { name, drivers: [3] });
      expect(read).toEqual(expected);
    }
  });

  test('an imported recording survives its file', async () => {
    const { recordings } = await importNgsim(ngsimCsv(platoon(7, 121)), { name });
    const read = readRecording(writeRecording(recordings[0]!), { name: 'import.mcap' });
    expect(read.warnings).toEqual([]);
    expect(read.metadata).toEqual(recordings[0]!.metadata);
    expect(read.traffic[120]!.id).toEqual(recordings[0]!.traffic[120]!.id);
  });

  test('bridges gaps of half a second, splits at longer ones, and says so', async () => {
    const gap = (from: number, frames: number) =>
      platoon(7, 181).map((v) => (v.id === 4 ? { ...v, missing: (k: number) => k >= from && k < from + frames } : v));
    const bridged = (await importNgsim(ngsimCsv(gap(100, 5)), { name, drivers: [4] })).recordings[0]!;
    expect(bridged.ticks).toBe(180);
    expect(bridged.metadata.notes.join()).toContain('5 of 181 samples of the driver');
    expect(bridged.ego.s[102]! - bridged.ego.s[0]!).toBeCloseTo(50 * 10.2 * FOOT, 6);
    const split = (await importNgsim(ngsimCsv(gap(120, 6)), { name, drivers: [4] })).recordings[0]!;
    expect(split.ticks).toBe(119);
    // The others do not see a vehicle that is not there.
    const other = (await importNgsim(ngsimCsv(gap(120, 6)), { name, drivers: [5] })).recordings[0]!;
    expect([...other.traffic[119]!.id]).toContain(4);
    expect([...other.traffic[122]!.id]).not.toContain(4);
    expect([...other.traffic[127]!.id]).toContain(4);
    expect(other.metadata.notes.join()).toMatch(/in [1-9]\d* of 181 frames a vehicle .* is missing/);
  });

  test('an id that is used again later is another vehicle', async () => {
    const again = platoon(7, 121).map((v) => ({ ...v, fromFrame: 9000, y: v.y + 200, length: v.id === 4 ? 15 : 16 }));
    const { recordings } = await importNgsim(ngsimCsv([...platoon(7, 121), ...again]), { name, drivers: [4] });
    expect(recordings.map((r) => r.metadata.driverName)).toEqual(['made-up 4', 'made-up 4-2']);
    expect(recordings.map((r) => r.ticks)).toEqual([120, 120]);
    expect(recordings[0]!.traffic.every((frame) => frame.count === 6)).toBe(true);
  });

  test('ramps and the auxiliary lane are one strip beside the main lanes', async () => {
    const ramp: FixtureVehicle = {
      id: 20,
      fromFrame: 0,
      frames: 121,
      y: 500,
      speed: 50,
      x: () => 66,
      lane: (k) => (k < 40 ? 7 : 6),
    };
    const { recordings } = await importNgsim(ngsimCsv([...platoon(7, 121), ramp]), { name, drivers: [3] });
    const { road } = recordings[0]!.metadata;
    expect(road.lanes.length).toBe(6);
    const strip = road.lanes[5]!;
    expect(strip.kind).toBe('auxiliary');
    expect(strip.from).toBeLessThan(500 * FOOT + 20);
    // Only beside the auxiliary lane may the marking be crossed.
    expect(strip.openFrom).toBeGreaterThan(strip.from + 40);
  });

  test('moves ramp vehicles back onto the ramp that were counted into lane 1', async () => {
    const ramp: FixtureVehicle = {
      id: 20,
      fromFrame: 0,
      frames: 121,
      y: 500,
      speed: 50,
      x: (k) => (k < 40 ? 6 : 66),
      lane: (k) => (k < 40 ? 1 : 6),
    };
    const { recordings } = await importNgsim(ngsimCsv([...platoon(7, 121), ramp]), { name, drivers: [3] });
    const { traffic, metadata } = recordings[0]!;
    const row = [...traffic[0]!.id].indexOf(20);
    expect(traffic[0]!.d[row]).toBeCloseTo(-66 * FOOT, 6);
    expect(metadata.notes.join()).toContain('vehicles 20 jumped');
  });

  test('a jump that is no ramp splits the track', async () => {
    const jumping = platoon(7, 221).map((v) => (v.id === 4 ? { ...v, x: (k: number) => (k < 150 ? 18 : 30) } : v));
    const { recordings } = await importNgsim(ngsimCsv(jumping), { name, drivers: [4] });
    expect(recordings[0]!.ticks).toBe(149);
    expect(Math.max(...recordings[0]!.ego.dDot.map(Math.abs))).toBeLessThan(1e-6);
  });

  test('estimates the lane width when asked', async () => {
    const lanes = platoon(7, 121).map((v) => ({ ...v, x: () => 5.9 + 11.8 * (v.id % 3), lane: () => (v.id % 3) + 1 }));
    const { recordings } = await importNgsim(ngsimCsv(lanes), { name, drivers: [4], laneWidth: 'estimate' });
    expect(recordings[0]!.metadata.road.lanes[0]!.width).toBeCloseTo(11.8 * FOOT, 6);
  });
});

describe('a wrong NGSIM file', () => {
  const good = ngsimCsv(platoon(3, 20));
  const spoil = (line: number, column: number, value: string) => {
    const lines = good.split('\n');
    const cells = lines[line - 1]!.split(',');
    cells[column] = value;
    lines[line - 1] = cells.join(',');
    return lines.join('\n');
  };

  test.each([
    [5, 4, 'abc', 'Local_X', 'feet from the left edge'],
    [5, 4, '', 'Local_X', 'feet from the left edge'],
    [7, 0, '1.5', 'Vehicle_ID', 'a whole number'],
    [7, 10, '4', 'v_Class', '1 (motorcycle), 2 (car) or 3 (truck)'],
    [9, 8, '0', 'v_Length', 'a length in feet above 0'],
    [9, 13, '101', 'Lane_ID', 'a freeway lane number'],
    [9, 3, '1118847000850', 'Global_Time', 'steps of 100'],
  ])(
    'line %i, column %i, value "%s": names the field and what was expected',
    async (line, column, value, field, expected) => {
      const error = await refusal(spoil(line, column, value));
      expect(error.message).toContain(`${name}, line ${line}, field ${field}`);
      expect(error.message).toContain(`"${value}"`);
      expect(error.message).toContain(expected);
    },
  );

  test('names missing columns, short lines, wrong widths and empty files', async () => {
    expect((await refusal(good.replace('Local_Y', 'Local_Q'))).message).toMatch(
      /line 1: the header has no column Local_Y/,
    );
    expect((await refusal(`${good}\n1,2,3`)).message).toMatch(/line 62: the line has 3 fields; expected 18 fields/);
    expect((await refusal('1 2 3 4')).message).toMatch(/a row of 4 numbers without a header/);
    expect((await refusal('')).message).toMatch(/the file is empty/);
    expect((await refusal(NGSIM_HEADER)).message).toMatch(/the file has no rows/);
    expect((await refusal('x'.repeat(70_000))).message).toMatch(/a line of more than 65536 characters/);
  });

  test('names a vehicle with two bodies', async () => {
    const rows = good.split('\n');
    rows[5] = rows[5]!.replace(',15,', ',16,');
    expect((await refusal(rows.join('\n'))).message).toMatch(/vehicle 1 has two bodies \(4\.57 x 1\.83 m and 4\.88/);
  });

  test('names a vehicle at two places, an unknown driver, several places, and too many rows', async () => {
    const twice = `${good}\n${good.split('\n')[1]!.replace('18.000', '25.000')}`;
    expect((await refusal(twice)).message).toMatch(/vehicle 1 is at two places at Global_Time 1118847000000/);
    expect((await refusal(good, { drivers: [1, 77] })).message).toMatch(/there is no vehicle 77/);
    const places = good.split('\n').map((line, i) => `${line},${i === 0 ? 'Location' : i < 30 ? 'us-101' : 'i-80'}`);
    expect((await refusal(places.join('\n'))).message).toMatch(
      /line 31, field Location: the file holds several places/,
    );
    expect((await refusal(places.join('\n'), { location: 'peachtree' })).message).toMatch(
      /no rows of the place peachtree/,
    );
    const street = good.split('\n').map((line, i) => `${line},${i === 0 ? 'Location' : 'lankershim'}`);
    expect((await refusal(street.join('\n'))).message).toMatch(/the place is "lankershim"; expected a freeway/);
    expect((await refusal(good, { maxRows: 10 })).message).toMatch(/more than 10 rows/);
  });

  test('a row that is there twice is no fault', async () => {
    const { recordings } = await importNgsim(
      `${ngsimCsv(platoon(7, 121))}\n${ngsimCsv(platoon(1, 3)).split('\n')[1]}`,
      { name },
    );
    expect(recordings.length).toBe(3);
  });
});

function smoothStep(share: number): number {
  return share * share * (3 - 2 * share);
}

async function* asynchronous<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
