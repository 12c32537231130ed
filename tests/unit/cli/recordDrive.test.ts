import { describe, expect, it } from 'vitest';
import { recordDrive } from '../../../cli/recordDrive.ts';
import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { worldSpecOf } from '../../../recordings/logReplay.ts';
import { readRecording } from '../../../recordings/readRecording.ts';
import { verifyRecording } from '../../../recordings/resimulate.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import cutIn from '../../../scenarios/cut-in.json' with { type: 'json' };
import { parseScenarioFamily } from '../../../scenarios/parseScenarioFamily.ts';
import { createWorld } from '../../../sim/core/world.ts';

const family = parseScenarioFamily({ ...cutIn, family: 'my-cut-in' }, 'my-cut-in.json');

function drive(ticks: number) {
  const scenario = buildScenario('my-cut-in@1?density=2&at=4#3', [family]);
  const { bytes, summary } = recordDrive({
    spec: scenario.spec,
    driver: findBaselineDriver('brisk').create(),
    ticks,
    description: {
      scenarioId: scenario.id,
      scenarioFamily: family,
      driverLabel: 'scripted',
      driverName: 'brisk',
      device: 'program',
      startedAt: '',
    },
  });
  return { recording: readRecording(bytes, { name: 'drive' }), summary };
}

describe('recordDrive', () => {
  it('carries a scenario of the user in the recording, which re-simulates without its file', () => {
    const { recording } = drive(80);
    expect(recording.metadata.scenarioFamily).toEqual(family);
    const world = createWorld(worldSpecOf(recording));
    expect(verifyRecording(recording, world)).toMatchObject({ ticks: 80, identical: true });
  });

  it('sums up what the recording holds', () => {
    const { recording, summary } = drive(80);
    const { ego, hashes, events } = recording;
    expect(summary.distance).toBeCloseTo(ego.s[ego.rows - 1]! - ego.s[0]!, 2);
    expect(summary.meanSpeed).toBeCloseTo(summary.distance / 8, 9);
    expect(summary.hash).toBe(hashes[80]);
    expect(summary.laneChanges).toBe(events.filter((event) => event.kind === 'lane-change').length);
    // The car that cuts in 14 m ahead is 3 m/s slower, so the gap closes for a while.
    expect(summary.minTtc).toBeGreaterThan(0);
    expect(summary.minTtc).toBeLessThan(60);
  });
});
