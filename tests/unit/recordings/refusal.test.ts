import { McapRecordBuilder } from '@mcap/core';
import { describe, expect, test } from 'vitest';
import { concatenate, createMcapWriter } from '../../../recordings/mcapWriter.ts';
import { readRecording } from '../../../recordings/readRecording.ts';
import type { Recording } from '../../../recordings/recording.ts';
import { RecordingError } from '../../../recordings/recordingError.ts';
import { encodeMetadata, METADATA_RECORD } from '../../../recordings/recordingMetadata.ts';
import { MESSAGE_SCHEMAS, TOPICS } from '../../../recordings/topics.ts';
import { writeRecording } from '../../../recordings/writeRecording.ts';
import { syntheticRecording } from './syntheticRecording.ts';

const good = syntheticRecording({ ticks: 3, vehicles: 2 });
const name = 'drive.mcap';

function refusal(work: () => unknown): RecordingError {
  try {
    work();
  } catch (error) {
    if (error instanceof RecordingError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A file with the given metadata fields and messages: what other programs might write. */
function file(
  fields: Map<string, string>,
  messages: readonly [channel: number, sequence: number, json: string][] = [],
): Uint8Array {
  const writer = createMcapWriter({
    library: 'somebody else',
    metadataName: METADATA_RECORD,
    metadata: fields,
    channels: TOPICS.map((topic) => ({ topic, schemaName: MESSAGE_SCHEMAS[topic].name, schema: {} })),
    startTime: 0n,
  });
  for (const [channel, sequence, json] of messages) {
    writer.beginMessage(channel, sequence, 0).text(json);
    writer.endMessage();
  }
  return concatenate([writer.end()]);
}

const state = '{"s":1,"d":-2,"sDot":3,"dDot":0,"headingOffset":0,"ax":0,"ay":0,"yawRate":0,"steer":0}';
const traffic =
  '{"id":[4],"s":[9],"d":[-1],"sDot":[2],"dDot":[0],"a":[0],"headingOffset":[0],"bodies":[[4,0,4.5,1.8]]}';
const fields = encodeMetadata(good.metadata, 6);

describe('what is no recording', () => {
  test('a file of another kind is told by its first bytes', () => {
    const error = refusal(() => readRecording(new TextEncoder().encode('PK\x03\x04 zip'), { name: 'drive.zip' }));
    expect(error).toMatchObject({ where: 'drive.zip', expected: 'an MCAP file (89 4d 43 41 50 30 0d 0a)' });
    expect(error.message).toContain('50 4b 03 04');
    expect(refusal(() => readRecording(new Uint8Array(0), { name })).message).toContain('the file is empty');
  });

  test('an MCAP file of another program', () => {
    const records = new McapRecordBuilder();
    records.writeMagic();
    records.writeHeader({ profile: 'ros2', library: 'rosbag2' });
    expect(refusal(() => readRecording(records.buffer, { name })).message).toMatch(/no readable metadata record/);
  });

  test('a recording of another format version', () => {
    const other = new Map(fields).set('formatVersion', '2');
    expect(refusal(() => readRecording(file(other), { name })).message).toBe(
      'drive.mcap, metadata field formatVersion: formatVersion is 2; expected 1, the version this program reads and writes',
    );
  });

  test.each([
    ['driverLabel', 'robot', /driverLabel is "robot"/],
    ['seed', '1.5', /seed is "1\.5"/],
    ['startedAt', 'yesterday', /startedAt is "yesterday"/],
    ['road', '{"pieces":[]}', /road\.pieces is \[\]/],
    ['notes', 'nothing', /notes is "nothing".*expected JSON/],
    ['rowsPerTick', '5', /rowsPerTick is 5/],
    ['branchTick', '-3', /branchTick is -3/],
  ])('wrong metadata: %s', (field, value, message) => {
    // Another program that writes the format would write a fitting checksum: wrong values are told from damage.
    const changed = new Map(fields).set(field, value);
    const stated = refusal(() => readRecording(file(changed), { name })).message;
    const checksum = /its checksum is ([0-9a-f]{8})/.exec(stated)![1]!;
    const error = refusal(() => readRecording(file(changed.set('crc32', checksum)), { name }));
    expect(error.message).toMatch(message);
    expect(error.where).toContain(field);
  });

  test('damaged metadata', () => {
    const changed = new Map(fields).set('driverName', 'Somebody Else');
    expect(refusal(() => readRecording(file(changed), { name })).message).toMatch(/the metadata is damaged/);
  });

  test('wrong messages are named with topic, number and field', () => {
    const read = (messages: readonly [number, number, string][]) =>
      refusal(() => readRecording(file(fields, messages), { name })).message;
    expect(read([[1, 0, state.replace('"d":-2,', '')]])).toBe(
      'drive.mcap, /ego/state message 0, field d: the value is missing; expected a finite number',
    );
    expect(read([[1, 0, 'not json']])).toMatch(/\/ego\/state message 0: the message is not JSON/);
    expect(read([[2, 0, traffic.replace('"s":[9]', '"s":[9,10]')]])).toMatch(
      /\/traffic message 0, field s.*one for each id/,
    );
    expect(read([[2, 0, traffic.replace('[[4,', '[[5,')]])).toMatch(/vehicle 4.*expected kind, length and width/);
    expect(read([[0, 0, '{"steer":0,"throttle":0,"brake":0,"indicator":2}']])).toMatch(/device report|indicator/);
    expect(read([[3, 0, '{"tick":1,"kind":"landing"}']])).toMatch(
      /\/event message 0, field kind: the value is landing/,
    );
    expect(read([[4, 0, '{"tick":0,"hashes":["xyz"]}']])).toMatch(/hashes\[0\].*8 hexadecimal digits/);
  });

  test('a file without driving data', () => {
    expect(refusal(() => readRecording(file(fields), { name })).message).toMatch(/ends before the first tick/);
    expect(
      readRecording(
        file(fields, [
          [1, 0, state],
          [2, 0, traffic],
        ]),
        { name },
      ).ticks,
    ).toBe(0);
  });

  test('ego states without the commands behind them', () => {
    const states = Array.from({ length: 7 }, (_, i): [number, number, string] => [1, i, state]);
    const messages: [number, number, string][] = [...states, [2, 0, traffic], [2, 1, traffic]];
    expect(refusal(() => readRecording(file(fields, messages), { name })).message).toMatch(/no commands/);
  });
});

describe('what cannot be written', () => {
  const write = (changes: Partial<Recording>) => refusal(() => writeRecording({ ...good, ...changes })).message;

  test('numbers that JSON cannot hold, with their place', () => {
    const steer = good.input.steer.slice();
    steer[4] = Number.NaN;
    expect(write({ input: { ...good.input, steer } })).toBe(
      '/ego/input row 4, field steer: the value is NaN; expected a finite number',
    );
    const s = good.ego.s.slice();
    s[2] = Number.POSITIVE_INFINITY;
    expect(write({ ego: { ...good.ego, s } })).toMatch(/\/ego\/state row 2, field s: the value is Infinity/);
  });

  test('columns that do not fit the ticks, and wrong metadata', () => {
    expect(write({ ticks: 4 })).toMatch(/ego\.rows is 19.*expected 25/);
    expect(write({ traffic: good.traffic.slice(1) })).toMatch(/traffic\.length is 3.*expected 4/);
    expect(write({ metadata: { ...good.metadata, device: '' } })).toMatch(/metadata field device/);
  });

  test('an infinite time to collision is kept', () => {
    const event = { tick: 1, kind: 'near-miss', other: 3, ttc: Number.POSITIVE_INFINITY, gap: 0.5 } as const;
    const read = readRecording(writeRecording({ ...good, events: [event] }), { name });
    expect(read.events).toEqual([event]);
  });
});

test('a minute with 40 vehicles and noise in every digit takes less than 2 MB', () => {
  expect(writeRecording(syntheticRecording({ ticks: 600, vehicles: 40 })).length).toBeLessThan(2e6);
});
