import { McapIndexedReader, McapStreamReader } from '@mcap/core';
import { expect, test } from 'vitest';
import { expandLz4Frame } from '../../../recordings/lz4/lz4Frame.ts';
import { EGO_STATE_FIELDS, EGO_STATE_STEPS } from '../../../recordings/messages/egoStateMessage.ts';
import { TRAFFIC_FIELDS, TRAFFIC_STEPS } from '../../../recordings/messages/trafficMessage.ts';
import { readRecording } from '../../../recordings/readRecording.ts';
import type { Recording } from '../../../recordings/recording.ts';
import { writeRecording } from '../../../recordings/writeRecording.ts';
import { importedRecording, syntheticRecording } from './syntheticRecording.ts';

/** MCAP's readers leave decompression to the caller. */
const decompressHandlers = {
  lz4: (data: Uint8Array, size: bigint) => expandLz4Frame(data, Number(size)).bytes,
};

/** Largest difference in units of the rounding step; 0.5 is the most that rounding does. */
function stepsApart(a: Float64Array, b: Float64Array, steps: number): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!) * steps));
}

function expectSame(read: Recording, written: Recording): void {
  expect(read.metadata).toEqual(written.metadata);
  expect(read.ticks).toBe(written.ticks);
  expect(read.input).toEqual(written.input);
  expect(read.events).toEqual(written.events);
  expect(read.hashes).toEqual(written.hashes);
  expect(read.ego.rows).toBe(written.ego.rows);
  for (const field of EGO_STATE_FIELDS) {
    expect(stepsApart(read.ego[field], written.ego[field], EGO_STATE_STEPS[field])).toBeLessThanOrEqual(0.5001);
  }
  expect(read.traffic.length).toBe(written.traffic.length);
  written.traffic.forEach((frame, tick) => {
    const other = read.traffic[tick]!;
    for (const field of ['count', 'id', 'kind', 'length', 'width', 'indicator', 'braking'] as const) {
      expect(other[field]).toEqual(frame[field]);
    }
    for (const field of TRAFFIC_FIELDS) {
      expect(stepsApart(other[field], frame[field], TRAFFIC_STEPS[field])).toBeLessThanOrEqual(0.5001);
    }
  });
}

test('a recording reads back: commands to the bit, states to the stated rounding', () => {
  const written = syntheticRecording({ ticks: 47, vehicles: 12 });
  const read = readRecording(writeRecording(written), { name: 'drive.mcap' });
  expect(read.warnings).toEqual([]);
  expectSame(read, written);
});

test('a second round trip changes nothing', () => {
  const once = writeRecording(syntheticRecording({ ticks: 25, vehicles: 5 }));
  const twice = writeRecording(readRecording(once, { name: 'drive.mcap' }));
  expect(Buffer.compare(twice, once)).toBe(0);
});

test('the sign of -0 survives', () => {
  const written = syntheticRecording({ ticks: 2, vehicles: 0 });
  const read = readRecording(writeRecording(written), { name: 'drive.mcap' });
  expect(Object.is(written.input.steer[0], -0)).toBe(true);
  expect(Object.is(read.input.steer[0], -0)).toBe(true);
});

test('an imported recording has one row a tick and neither inputs nor hashes', () => {
  const written = importedRecording({ ticks: 12, vehicles: 3 });
  expectSame(readRecording(writeRecording(written), { name: 'us101.mcap' }), written);
});

test("MCAP's own indexed reader finds every message, by time and by topic", async () => {
  const bytes = writeRecording(syntheticRecording({ ticks: 30, vehicles: 4 }));
  const reader = await McapIndexedReader.Initialize({
    readable: {
      size: async () => BigInt(bytes.length),
      read: async (offset, size) => bytes.slice(Number(offset), Number(offset + size)),
    },
    decompressHandlers,
  });
  expect([...reader.channelsById.values()].map((channel) => channel.topic)).toEqual([
    '/ego/input',
    '/ego/state',
    '/traffic',
    '/event',
    '/hash',
  ]);
  expect(reader.statistics?.channelMessageCounts.get(1)).toBe(181n);
  expect(reader.chunkIndexes.length).toBe(3);
  const start = BigInt(Date.parse('2026-11-22T09:00:00.000Z')) * 1_000_000n;
  const second: number[] = [];
  for await (const message of reader.readMessages({
    topics: ['/traffic'],
    startTime: start + 1_000_000_000n,
    endTime: start + 1_900_000_000n,
  })) {
    second.push(message.sequence);
  }
  expect(second).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  const metadata = [];
  for await (const record of reader.readMetadata()) metadata.push(record.metadata.get('scenarioId'));
  expect(metadata).toEqual(['dense@1#7']);
});

test("MCAP's own stream reader accepts the file to its end, checksums included", () => {
  const reader = new McapStreamReader({ validateCrcs: true, decompressHandlers });
  reader.append(writeRecording(syntheticRecording({ ticks: 20, vehicles: 4 })));
  let messages = 0;
  for (let record = reader.nextRecord(); record; record = reader.nextRecord()) {
    if (record.type === 'Message') messages += 1;
  }
  expect(reader.done()).toBe(true);
  // 120 inputs, 121 states, 21 frames, 1 event, 2 hash messages.
  expect(messages).toBe(265);
});
