import { HAZARD_LIGHTS } from '../../sim/traffic/vehicleColumns.ts';
import { type ByteWriter, type FixedText, fixedText } from '../byteWriter.ts';
import type { TrafficFrame } from '../recording.ts';
import { integerField, type JsonMessage, numbersField, wrong } from './fields.ts';
import { decimalsOf, exactText, notFinite, writeInteger, writeRounded } from './numberText.ts';

const COMMA = 0x2c;
const CLOSE_LIST = 0x5d;
const CLOSE = 0x7d;

/** Columns that change from tick to tick, in message order. */
export const TRAFFIC_FIELDS = ['s', 'd', 'sDot', 'dDot', 'a', 'headingOffset'] as const;
/** Stored steps per unit: millimetres, mm/s, mm/s² and 1e-4 rad. */
export const TRAFFIC_STEPS = { s: 1e3, d: 1e3, sDot: 1e3, dDot: 1e3, a: 1e3, headingOffset: 1e4 } as const;

/** What never changes about a vehicle. */
export interface Body {
  readonly kind: number;
  /** [m] */
  readonly length: number;
  /** [m] */
  readonly width: number;
}

/** A body that a message told. */
interface ToldBody extends Body {
  /** As the message has it: vehicles are told again in every chunk. */
  readonly text: FixedText;
  /** Number of the chunk in which it was told last. */
  chunk: number;
}

/** What earlier messages told of bodies. */
export interface ToldBodies {
  readonly byId: Map<number, ToldBody>;
  /** Number of the open chunk; in each, bodies are told anew, so that it can be read without the ones before. */
  chunk: number;
}

/** Nothing told yet. */
export function noBodiesTold(): ToldBodies {
  return { byId: new Map(), chunk: 0 };
}

/** Columns of vehicles, indexed by slot: those of a frame or of a world. */
export type TrafficColumns = Omit<TrafficFrame, 'count'>;

const ID = fixedText('{"id":[');
const COLUMN_KEYS = TRAFFIC_FIELDS.map((field) => fixedText(`],"${field}":[`));
const COLUMN_DECIMALS = TRAFFIC_FIELDS.map((field) => decimalsOf(TRAFFIC_STEPS[field]));
const LEFT = fixedText(',"left":[');
const RIGHT = fixedText(',"right":[');
const BRAKING = fixedText(',"braking":[');
const BODIES = fixedText(',"bodies":[');

/**
 * Writes one `/traffic` message.
 * @param slots the vehicles that are told, in this order: the first `count` numbers are slots of the columns.
 * @param told what earlier messages told of bodies; those that are new in the chunk are told here and added.
 * @param tick number of the message, for errors.
 * @throws RecordingError when a value is not finite.
 */
export function writeTraffic(
  out: ByteWriter,
  columns: TrafficColumns,
  slots: Int32Array,
  count: number,
  told: ToldBodies,
  tick: number,
): void {
  const { id, indicator, braking } = columns;
  out.fixed(ID);
  for (let i = 0; i < count; i++) {
    if (i > 0) out.uint8(COMMA);
    writeInteger(out, id[slots[i]!]!);
  }
  for (let k = 0; k < TRAFFIC_FIELDS.length; k++) {
    out.fixed(COLUMN_KEYS[k]!);
    writeColumn(out, columns[TRAFFIC_FIELDS[k]!], k, slots, count, tick);
  }
  out.uint8(CLOSE_LIST);
  let listed = 0;
  for (let i = 0; i < count; i++) {
    const lights = indicator[slots[i]!]!;
    if (lights === 1 || lights === HAZARD_LIGHTS) writeListed(out, LEFT, listed++, id[slots[i]!]!);
  }
  listed = endList(out, listed);
  for (let i = 0; i < count; i++) {
    const lights = indicator[slots[i]!]!;
    if (lights === -1 || lights === HAZARD_LIGHTS) writeListed(out, RIGHT, listed++, id[slots[i]!]!);
  }
  listed = endList(out, listed);
  for (let i = 0; i < count; i++) if (braking[slots[i]!] === 1) writeListed(out, BRAKING, listed++, id[slots[i]!]!);
  endList(out, listed);
  writeNewBodies(out, columns, slots, count, told, tick);
  out.uint8(CLOSE);
}

function writeColumn(
  out: ByteWriter,
  values: Float64Array,
  field: number,
  slots: Int32Array,
  count: number,
  tick: number,
): void {
  const decimals = COLUMN_DECIMALS[field]!;
  for (let i = 0; i < count; i++) {
    const value = values[slots[i]!]!;
    if (!Number.isFinite(value)) throw notFinite(value, `${at(tick)}, field ${TRAFFIC_FIELDS[field]}[${i}]`);
    if (i > 0) out.uint8(COMMA);
    writeRounded(out, value, decimals);
  }
}

/** Writes the next id of a list; the key comes with the first, so that no list is empty. */
function writeListed(out: ByteWriter, key: FixedText, listed: number, id: number): void {
  if (listed === 0) out.fixed(key);
  else out.uint8(COMMA);
  writeInteger(out, id);
}

/** @returns the number of ids in the next list so far, 0. */
function endList(out: ByteWriter, listed: number): number {
  if (listed > 0) out.uint8(CLOSE_LIST);
  return 0;
}

function writeNewBodies(
  out: ByteWriter,
  columns: TrafficColumns,
  slots: Int32Array,
  count: number,
  told: ToldBodies,
  tick: number,
): void {
  let listed = 0;
  for (let i = 0; i < count; i++) {
    const slot = slots[i]!;
    const id = columns.id[slot]!;
    const kind = columns.kind[slot]!;
    const length = columns.length[slot]!;
    const width = columns.width[slot]!;
    let body = told.byId.get(id);
    if (body === undefined || body.kind !== kind || body.length !== length || body.width !== width) {
      if (!Number.isFinite(length)) throw notFinite(length, `${at(tick)}, vehicle ${id}, length`);
      if (!Number.isFinite(width)) throw notFinite(width, `${at(tick)}, vehicle ${id}, width`);
      const text = fixedText(`[${id},${kind},${exactText(length)},${exactText(width)}]`);
      body = { kind, length, width, text, chunk: -1 };
      told.byId.set(id, body);
    }
    if (body.chunk === told.chunk) continue;
    body.chunk = told.chunk;
    if (listed++ === 0) out.fixed(BODIES);
    else out.uint8(COMMA);
    out.fixed(body.text);
  }
  endList(out, listed);
}

function at(tick: number): string {
  return `/traffic tick ${tick}`;
}

/**
 * Traffic of one message.
 * @param told bodies told so far; new ones are added.
 * @throws RecordingError naming a wrong field.
 */
export function decodeTraffic(message: JsonMessage, where: string, told: Map<number, Body>): TrafficFrame {
  learnBodies(message, where, told);
  const ids = Int32Array.from(numbersField(message, 'id', where));
  const count = ids.length;
  const column = (field: (typeof TRAFFIC_FIELDS)[number]) =>
    Float64Array.from(numbersField(message, field, where, count));
  const index = new Map(Array.from(ids, (id, i): [number, number] => [id, i]));
  if (index.size !== count) throw wrong(message['id'], `${where}, field id`, 'every id once');
  const frame: TrafficFrame = {
    count,
    id: ids,
    kind: new Uint8Array(count),
    s: column('s'),
    d: column('d'),
    sDot: column('sDot'),
    dDot: column('dDot'),
    a: column('a'),
    headingOffset: column('headingOffset'),
    length: new Float64Array(count),
    width: new Float64Array(count),
    indicator: new Int8Array(count),
    braking: new Uint8Array(count),
  };
  for (let i = 0; i < count; i++) {
    const body = told.get(ids[i]!);
    if (!body) throw wrong(undefined, `${where}, field bodies, vehicle ${ids[i]}`, 'kind, length and width');
    frame.kind[i] = body.kind;
    frame.length[i] = body.length;
    frame.width[i] = body.width;
  }
  mark(message, 'left', where, index, (i) => (frame.indicator[i] = 1));
  mark(message, 'right', where, index, (i) => (frame.indicator[i] = frame.indicator[i] === 1 ? HAZARD_LIGHTS : -1));
  mark(message, 'braking', where, index, (i) => (frame.braking[i] = 1));
  return frame;
}

function learnBodies(message: JsonMessage, where: string, told: Map<number, Body>): void {
  const rows = message['bodies'];
  if (rows === undefined) return;
  if (!Array.isArray(rows)) throw wrong(rows, `${where}, field bodies`, 'a list of [id, kind, length, width]');
  for (const row of rows) {
    const [id, kind, length, width] = numbersField({ row }, 'row', `${where}, field bodies`, 4);
    integerField({ kind }, 'kind', `${where}, field bodies, vehicle ${id}`);
    told.set(id!, { kind: kind!, length: length!, width: width! });
  }
}

function mark(
  message: JsonMessage,
  field: string,
  where: string,
  index: ReadonlyMap<number, number>,
  set: (index: number) => void,
): void {
  if (message[field] === undefined) return;
  for (const id of numbersField(message, field, where)) {
    const i = index.get(id);
    if (i === undefined) throw wrong(id, `${where}, field ${field}`, 'an id of this message');
    set(i);
  }
}
