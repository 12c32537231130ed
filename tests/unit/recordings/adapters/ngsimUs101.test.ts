import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importNgsim } from '../../../../recordings/adapters/ngsim.ts';

/** Real trajectories, kept outside the project; these tests are skipped, visibly, where they are absent. */
const folder = '../shared/data/ngsim-us101';
const file = join(folder, 'us101-0750-frames-0914-1451.csv');

describe.skipIf(!existsSync(file))('NGSIM US-101, real data (../shared/data/ngsim-us101)', () => {
  test('gives at least 15 drivers with 10 s of observed surroundings and says why the others are left out', async () => {
    const { recordings, leftOut } = await importNgsim(createReadStream(file), { name: file });
    expect(recordings.length).toBeGreaterThanOrEqual(15);
    expect(recordings.length + leftOut.length).toBe(192);
    expect(new Set(recordings.map((r) => r.metadata.driverName)).size).toBe(recordings.length);
    for (const { ticks, ego, traffic, metadata } of recordings) {
      expect(ticks).toBeGreaterThanOrEqual(100);
      expect(metadata.road.lanes.length).toBe(6);
      for (let tick = 0; tick <= ticks; tick++) {
        const s = traffic[tick]!.s;
        expect(Math.max(...s) - ego.s[tick]!).toBeGreaterThanOrEqual(60);
        expect(ego.s[tick]! - Math.min(...s)).toBeGreaterThanOrEqual(40);
      }
      // Cars, not noise: smoothed accelerations stay within what the tyres of a car on a motorway give.
      expect(Math.max(...ego.ax.map(Math.abs))).toBeLessThan(5);
      expect(Math.max(...ego.ay.map(Math.abs))).toBeLessThan(3);
      expect(Math.max(...ego.d)).toBeLessThan(0);
    }
  });

  test('no two vehicles of a recording are in the same place', async () => {
    const { recordings } = await importNgsim(createReadStream(file), { name: file });
    let overlaps = 0;
    for (const { traffic } of recordings) {
      for (const { count, s, d, length, width } of traffic) {
        for (let i = 0; i < count; i++) {
          for (let j = 0; j < i; j++) {
            const along = Math.abs(s[i]! - s[j]!) < (length[i]! + length[j]!) / 2;
            const across = Math.abs(d[i]! - d[j]!) < (width[i]! + width[j]!) / 2;
            if (along && across) overlaps += 1;
          }
        }
      }
    }
    expect(overlaps).toBe(0);
  });
});
