import { z } from 'zod';
import { scenarioFamilySchema } from '../scenarios/scenarioFamily.ts';
import { crc32 } from './crc32.ts';
import { DRIVER_LABELS, RECORDING_FORMAT_VERSION, type RecordingMetadata } from './recording.ts';
import { RecordingError } from './recordingError.ts';

/** Name of the MCAP metadata record that makes a file a recording. */
export const METADATA_RECORD = 'understudy.recording';
/** Units of every number in a recording, written into the metadata record for people who open it elsewhere. */
const UNITS = 's, m, m/s, m/s^2, rad, rad/s; road frame: s along the left road edge, d to its left';

const positive = z.number().positive();
const integer = z.number().int();

const roadSchema = z.object({
  pieces: z
    .array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('straight'), length: positive }),
        z.object({ kind: z.literal('arc'), length: positive, curvature: z.number() }),
        z.object({
          kind: z.literal('clothoid'),
          length: positive,
          startCurvature: z.number(),
          endCurvature: z.number(),
        }),
      ]),
    )
    .min(1),
  lanes: z
    .array(
      z.object({
        kind: z.enum(['main', 'auxiliary', 'on-ramp', 'off-ramp']),
        width: positive,
        speedLimit: positive,
        from: z.number(),
        to: z.number(),
        openFrom: z.number(),
        openTo: z.number(),
      }),
    )
    .min(1),
  shoulderLeft: z.number().min(0),
  shoulderRight: z.number().min(0),
  railLeft: z.boolean(),
  railRight: z.boolean(),
});

const metadataSchema = z.object({
  formatVersion: z.literal(RECORDING_FORMAT_VERSION),
  simulatorVersion: integer.min(1),
  scenarioId: z.string().min(1),
  seed: integer,
  scenarioFamily: scenarioFamilySchema.optional(),
  driverLabel: z.enum(DRIVER_LABELS),
  driverName: z.string(),
  device: z.string().min(1),
  startedAt: z.union([z.literal(''), z.iso.datetime()]),
  road: roadSchema,
  ego: z.object({ length: positive, width: positive }),
  notes: z.array(z.string()),
  branchTick: integer.min(0).optional(),
  rowsPerTick: z.union([z.literal(1), z.literal(6)]),
});

/** Metadata of a recording, and how many ego rows one tick has. */
export interface StoredMetadata {
  readonly metadata: RecordingMetadata;
  readonly rowsPerTick: number;
}

/**
 * Checks metadata.
 * @param where file name for messages.
 * @throws RecordingError naming the field, its value and what was expected.
 */
function checkMetadata(candidate: Record<string, unknown>, where: string): StoredMetadata {
  // Named before the rest: a file of another version may differ in every other field.
  if (candidate['formatVersion'] !== RECORDING_FORMAT_VERSION) {
    throw new RecordingError({
      what: `formatVersion is ${describe(candidate['formatVersion'])}`,
      where: `${where}, metadata field formatVersion`,
      expected: `${RECORDING_FORMAT_VERSION}, the version this program reads and writes`,
    });
  }
  const checked = metadataSchema.safeParse(candidate);
  if (!checked.success) {
    const issue = checked.error.issues[0]!;
    const path = issue.path.map(String).join('.');
    throw new RecordingError({
      what: `${path} is ${describe(valueAt(candidate, issue.path))}`,
      where: `${where}, metadata field ${path}`,
      expected: issue.message,
    });
  }
  const { rowsPerTick, ...metadata } = checked.data;
  return { metadata, rowsPerTick };
}

/**
 * Metadata as the text fields of an MCAP metadata record, in a fixed order. Objects and lists are JSON text.
 * @throws RecordingError naming the wrong field.
 */
export function encodeMetadata(metadata: RecordingMetadata, rowsPerTick: number): Map<string, string> {
  const { road, ego, notes, scenarioFamily, ...plain } = checkMetadata(
    { ...metadata, rowsPerTick },
    'new recording',
  ).metadata;
  const told = Object.entries(plain).filter(([, value]) => value !== undefined);
  const fields = new Map(told.map(([key, value]): [string, string] => [key, String(value)]));
  fields.set('rowsPerTick', String(rowsPerTick));
  fields.set('ego', JSON.stringify(ego));
  fields.set('road', JSON.stringify(road));
  fields.set('notes', JSON.stringify(notes));
  if (scenarioFamily) fields.set('scenarioFamily', JSON.stringify(scenarioFamily));
  fields.set('units', UNITS);
  // MCAP protects chunks by checksums but not metadata records, and a crashed drive has no checksum of the whole file.
  fields.set('crc32', metadataChecksum(fields));
  return fields;
}

/**
 * Reads and checks the fields that `encodeMetadata` wrote.
 * @param where file name for messages.
 * @throws RecordingError when a field is missing, wrong or damaged, or the format version is another one.
 */
export function decodeMetadata(fields: ReadonlyMap<string, string>, where: string): StoredMetadata {
  const record = `${where}, metadata record`;
  const stored = fields.get('crc32');
  const actual = metadataChecksum(fields);
  // Files of other versions are told apart first: they may not carry the checksum.
  if (fields.get('formatVersion') === String(RECORDING_FORMAT_VERSION) && stored !== actual) {
    throw new RecordingError({
      what: `the metadata is damaged (its checksum is ${actual})`,
      where: record,
      expected: stored === undefined ? 'a field crc32' : `checksum ${stored}`,
    });
  }
  const candidate: Record<string, unknown> = Object.fromEntries(fields);
  for (const key of ['formatVersion', 'simulatorVersion', 'seed', 'rowsPerTick', 'branchTick'])
    if (fields.has(key)) candidate[key] = numberField(fields, key);
  for (const key of ['ego', 'road', 'notes', 'scenarioFamily']) candidate[key] = jsonField(fields, key, record);
  return checkMetadata(candidate, where);
}

function numberField(fields: ReadonlyMap<string, string>, key: string): unknown {
  const text = fields.get(key);
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : text;
}

function jsonField(fields: ReadonlyMap<string, string>, key: string, where: string): unknown {
  const text = fields.get(key);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new RecordingError({
      what: `${key} is ${describe(text)}`,
      where: `${where}, field ${key}`,
      expected: 'JSON',
    });
  }
}

function metadataChecksum(fields: ReadonlyMap<string, string>): string {
  const content = [...fields].filter(([key]) => key !== 'crc32').sort(([a], [b]) => (a < b ? -1 : 1));
  return crc32(new TextEncoder().encode(JSON.stringify(content)))
    .toString(16)
    .padStart(8, '0');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
