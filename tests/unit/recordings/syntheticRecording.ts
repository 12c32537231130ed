import type { EGO_STATE_FIELDS } from '../../../recordings/messages/egoStateMessage.ts';
import type { RawInput, Recording, TrafficFrame } from '../../../recordings/recording.ts';
import { RECORDING_FORMAT_VERSION } from '../../../recordings/recording.ts';

/** Reproducible numbers in [0, 1): a linear congruential generator, so that tests need no package for it. */
export function testRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const LANE = { kind: 'main', width: 3.6, speedLimit: 33, from: 0, to: 3000, openFrom: 0, openTo: 3000 } as const;

/** A made-up drive with noise in every digit: the hard case for size and rounding. */
export function syntheticRecording(options: { ticks: number; vehicles: number; seed?: number }): Recording {
  const random = testRandom(options.seed ?? 1);
  const noise = (scale: number) => (random() - 0.5) * 2 * scale;
  const substeps = options.ticks * 6;
  const column = (rows: number, value: (row: number) => number) =>
    Float64Array.from({ length: rows }, (_, row) => value(row));
  const keys = (row: number): RawInput => ({ device: 'keyboard', keys: row % 90 < 45 ? ['KeyA', 'KeyW'] : ['KeyW'] });
  return {
    metadata: {
      formatVersion: RECORDING_FORMAT_VERSION,
      simulatorVersion: 1,
      scenarioId: 'dense@1#7',
      seed: 7,
      driverLabel: 'human',
      driverName: 'A. Tester',
      device: 'keyboard',
      startedAt: '2026-11-22T09:00:00.000Z',
      road: {
        pieces: [
          { kind: 'straight', length: 1500 },
          { kind: 'arc', length: 1500, curvature: 0.001 },
        ],
        lanes: [LANE, LANE, LANE],
        shoulderLeft: 1,
        shoulderRight: 2.5,
        railLeft: true,
        railRight: true,
      },
      ego: { length: 4.6, width: 1.85 },
      notes: ['made up for tests'],
    },
    ticks: options.ticks,
    ego: {
      rows: substeps + 1,
      rowsPerTick: 6,
      s: column(substeps + 1, (row) => 100 + row * 0.5 + noise(0.01)),
      d: column(substeps + 1, () => -5.4 + noise(0.5)),
      sDot: column(substeps + 1, () => 30 + noise(1)),
      dDot: column(substeps + 1, () => noise(0.5)),
      headingOffset: column(substeps + 1, () => noise(0.02)),
      ax: column(substeps + 1, () => noise(2)),
      ay: column(substeps + 1, () => noise(2)),
      yawRate: column(substeps + 1, () => noise(0.1)),
      steer: column(substeps + 1, () => noise(0.03)),
    },
    input: {
      rows: substeps,
      steer: column(substeps, (row) => (row % 7 === 0 ? -0 : noise(0.03))),
      throttle: column(substeps, random),
      brake: column(substeps, () => 0),
      indicator: Int8Array.from({ length: substeps }, (_, row) => (Math.floor(row / 60) % 3) - 1),
      raw: Array.from({ length: substeps }, (_, row) => keys(row)),
    },
    traffic: Array.from({ length: options.ticks + 1 }, (_, tick) => trafficFrame(tick, options.vehicles, noise)),
    events: options.ticks >= 3 ? [{ tick: 3, kind: 'lane-change', from: 1, to: 0 }] : [],
    hashes: Array.from({ length: options.ticks + 1 }, () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ),
    warnings: [],
  };
}

function trafficFrame(tick: number, vehicles: number, noise: (scale: number) => number): TrafficFrame {
  // One vehicle leaves and another comes every 2 s, so that bodies must be told again.
  const first = 1 + Math.floor(tick / 20);
  const column = (value: (i: number) => number) => Float64Array.from({ length: vehicles }, (_, i) => value(i));
  return {
    count: vehicles,
    id: Int32Array.from({ length: vehicles }, (_, i) => first + i),
    kind: Uint8Array.from({ length: vehicles }, (_, i) => ((first + i) % 5 === 0 ? 1 : 0)),
    s: column((i) => (first + i) * 40 + tick * 2.8 + noise(0.1)),
    d: column((i) => -1.8 - ((first + i) % 3) * 3.6 + noise(0.3)),
    sDot: column(() => 28 + noise(3)),
    dDot: column(() => noise(0.3)),
    a: column(() => noise(1.5)),
    headingOffset: column(() => noise(0.01)),
    length: column((i) => ((first + i) % 5 === 0 ? 12.192 : 4.572)),
    width: column((i) => ((first + i) % 5 === 0 ? 2.4384 : 1.8288)),
    indicator: Int8Array.from({ length: vehicles }, (_, i) =>
      (i + tick) % 9 === 0 ? 1 : (i + tick) % 11 === 0 ? -1 : 0,
    ),
    braking: Uint8Array.from({ length: vehicles }, (_, i) => ((i + tick) % 6 === 0 ? 1 : 0)),
  };
}

/** The same drive as an importer would give it: one row a tick, no commands, no hashes. */
export function importedRecording(options: { ticks: number; vehicles: number; seed?: number }): Recording {
  const simulated = syntheticRecording(options);
  const none = new Float64Array(0);
  const column = (field: (typeof EGO_STATE_FIELDS)[number]) => simulated.ego[field].slice(0, options.ticks + 1);
  return {
    ...simulated,
    metadata: { ...simulated.metadata, driverLabel: 'imported', startedAt: '' },
    ego: {
      rows: options.ticks + 1,
      rowsPerTick: 1,
      s: column('s'),
      d: column('d'),
      sDot: column('sDot'),
      dDot: column('dDot'),
      headingOffset: column('headingOffset'),
      ax: column('ax'),
      ay: column('ay'),
      yawRate: column('yawRate'),
      steer: column('steer'),
    },
    input: { rows: 0, steer: none, throttle: none, brake: none, indicator: new Int8Array(0), raw: [] },
    hashes: [],
  };
}
