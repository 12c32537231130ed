import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRecording } from '../../../recordings/readRecording.ts';
import type { Recording } from '../../../recordings/recording.ts';
import { verifyRecording } from '../../../recordings/resimulate.ts';
import { worldSpecOf } from '../../../recordings/worldSpecOf.ts';
import { createWorld } from '../../../sim/core/world.ts';

// The demos were made by the simulator as it was; a difference here means that its behaviour has changed. If that is
// meant, bump SIMULATOR_VERSION and run `npm run demos`.
const folder = new URL('../../../recordings/demos/', import.meta.url);
const bytes = (style: string) => readFileSync(new URL(`${style}.mcap`, folder));
const demo = (style: string) => readRecording(bytes(style), { name: `${style}.mcap` });
const STYLES = ['calm', 'brisk', 'tailgating'];

describe('bundled demos', () => {
  it('are the three styles', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.mcap'));
    expect(files.sort()).toEqual(STYLES.map((style) => `${style}.mcap`).sort());
  });

  it.each(STYLES)('%s is whole, short, labelled scripted and re-simulates to the same bits', (style) => {
    const recording = demo(style);
    expect(recording.warnings).toEqual([]);
    expect(recording.metadata.driverLabel).toBe('scripted');
    expect(recording.metadata.driverName).toBe(style);
    expect(recording.ticks).toBeLessThanOrEqual(300);
    expect(bytes(style).length).toBeLessThan(1_000_000);
    expect(recording.events.filter((event) => event.kind === 'collision')).toEqual([]);
    expect(verifyRecording(recording, createWorld(worldSpecOf(recording)))).toEqual({
      ticks: recording.ticks,
      identical: true,
      firstDifference: null,
      unverifiedTicks: 0,
    });
  });

  it('show their styles: brisk is faster than calm on the same road, tailgating follows closest', () => {
    const [calm, brisk, tailgating] = STYLES.map(demo) as [Recording, Recording, Recording];
    expect(brisk.metadata.scenarioId).toBe(calm.metadata.scenarioId);
    expect(distance(brisk)).toBeGreaterThan(1.1 * distance(calm));
    expect(medianHeadway(tailgating)).toBeLessThan(0.6 * medianHeadway(brisk));
    expect(medianHeadway(tailgating)).toBeLessThan(0.6 * medianHeadway(calm));
  });
});

function distance({ ego }: Recording): number {
  return ego.s[ego.rows - 1]! - ego.s[0]!;
}

/** Median time headway to whoever is ahead within 6 s [s]. */
function medianHeadway({ ego, traffic, metadata }: Recording): number {
  const headways = traffic.flatMap((frame, tick) => {
    const row = tick * ego.rowsPerTick;
    const gaps = Array.from(frame.s.subarray(0, frame.count), (s, i) => {
      const apart = Math.abs(frame.d[i]! - ego.d[row]!) - (frame.width[i]! + metadata.ego.width) / 2;
      const gap = s - ego.s[row]! - (frame.length[i]! + metadata.ego.length) / 2;
      return apart < 0 && gap > 0 ? gap : Number.POSITIVE_INFINITY;
    });
    const headway = Math.min(...gaps) / ego.sDot[row]!;
    return headway < 6 ? [headway] : [];
  });
  return headways.sort((a, b) => a - b)[headways.length >> 1]!;
}
