import { describe, expect, it } from 'vitest';
import { recordDrive } from '../../../cli/recordDrive.ts';
import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { readRecording } from '../../../recordings/readRecording.ts';
import type { Recording } from '../../../recordings/recording.ts';
import { verifyRecording } from '../../../recordings/resimulate.ts';
import { worldSpecOf } from '../../../recordings/worldSpecOf.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import hardBraking from '../../../scenarios/hard-braking-leader.json' with { type: 'json' };
import { parseScenarioFamily } from '../../../scenarios/parseScenarioFamily.ts';
import { createWorld } from '../../../sim/core/world.ts';

const family = parseScenarioFamily({ ...hardBraking, family: 'my-braking' }, 'my-braking.json');

function drive(ticks: number) {
  const scenario = buildScenario('my-braking@1?at=4#3', [family]);
  const { bytes, summary } = recordDrive({
    spec: scenario.spec,
    driver: findBaselineDriver('tailgating').create(),
    ticks,
    description: {
      scenarioId: scenario.id,
      scenarioFamily: family,
      driverLabel: 'scripted',
      driverName: 'tailgating',
      device: 'program',
      startedAt: '',
    },
  });
  return { recording: readRecording(bytes, { name: 'drive' }), summary };
}

describe('recordDrive', () => {
  it('carries a scenario of the user in the recording, which re-simulates without its file', () => {
    const { recording } = drive(120);
    expect(recording.metadata.scenarioFamily).toEqual(family);
    const world = createWorld(worldSpecOf(recording));
    expect(verifyRecording(recording, world)).toMatchObject({ ticks: 120, identical: true });
  });

  it('is over at the end of the road, and says so', () => {
    const { spec, id } = buildScenario('free-flow@1?density=0&speed=38#1');
    const { summary } = recordDrive({
      spec,
      driver: findBaselineDriver('constant-velocity').create(),
      ticks: 3000,
      description: { scenarioId: id, driverLabel: 'baseline', driverName: '', device: 'program', startedAt: '' },
    });
    const { road, ego } = createWorld(spec);
    expect(summary.roadEnded).toBe(true);
    expect(summary.distance - (road.length - ego.s)).toBeGreaterThanOrEqual(0);
    expect(summary.distance - (road.length - ego.s)).toBeLessThan(5);
    expect(drive(20).summary.roadEnded).toBe(false);
  });

  it('sums up what the recording holds', () => {
    const { recording, summary } = drive(120);
    const { ego, hashes, events } = recording;
    expect(summary.distance).toBeCloseTo(ego.s[ego.rows - 1]! - ego.s[0]!, 2);
    expect(summary.meanSpeed).toBeCloseTo(summary.distance / 12, 9);
    expect(summary.hash).toBe(hashes[120]);
    expect(summary.laneChanges).toBe(events.filter((event) => event.kind === 'lane-change').length);
    expect(summary.minTtc! / smallestTtc(recording)).toBeCloseTo(1, 2);
  });
});

/** From the recorded states: gap over closing speed to whoever is ahead in the ego's path, after each tick [s]. */
function smallestTtc({ ego, traffic, metadata }: Recording): number {
  const times = traffic.slice(1).flatMap((frame, before) => {
    const row = (before + 1) * ego.rowsPerTick;
    return Array.from({ length: frame.count }, (_, i) => {
      const gap = frame.s[i]! - ego.s[row]! - (frame.length[i]! + metadata.ego.length) / 2;
      const overlap = (frame.width[i]! + metadata.ego.width) / 2 - Math.abs(frame.d[i]! - ego.d[row]!);
      const closing = ego.sDot[row]! - frame.sDot[i]!;
      return gap > 0 && overlap > 0 && closing > 0 ? gap / closing : Number.POSITIVE_INFINITY;
    });
  });
  return Math.min(...times);
}
