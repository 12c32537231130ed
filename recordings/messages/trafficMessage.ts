import { HAZARD_LIGHTS } from '../../sim/traffic/vehicleColumns.ts';
import type { TrafficFrame } from '../recording.ts';
import { integerField, type JsonMessage, numbersField, wrong } from './fields.ts';
import { exactText, roundedText } from './numberText.ts';

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

/**
 * JSON of one `/traffic` message.
 * @param told bodies that earlier messages of the same chunk told, by id; those that are new are told here and added.
 * @throws RecordingError when a value is not finite.
 */
export function encodeTraffic(frame: TrafficFrame, told: Map<number, Body>, where: string): string {
  const ids = frame.id.subarray(0, frame.count);
  let text = `{"id":[${ids.join(',')}]`;
  for (const field of TRAFFIC_FIELDS) {
    const values = frame[field];
    const steps = TRAFFIC_STEPS[field];
    text += `,"${field}":[`;
    for (let i = 0; i < frame.count; i++) {
      if (i > 0) text += ',';
      text += roundedText(values[i]!, steps, `${where}, field ${field}[${i}]`);
    }
    text += ']';
  }
  text += idList('left', ids, (i) => frame.indicator[i] === 1 || frame.indicator[i] === HAZARD_LIGHTS);
  text += idList('right', ids, (i) => frame.indicator[i] === -1 || frame.indicator[i] === HAZARD_LIGHTS);
  text += idList('braking', ids, (i) => frame.braking[i] === 1);
  return `${text}${newBodies(frame, told, where)}}`;
}

function idList(field: string, ids: Int32Array, holds: (index: number) => boolean): string {
  const chosen = ids.filter((_, i) => holds(i));
  return chosen.length > 0 ? `,"${field}":[${chosen.join(',')}]` : '';
}

function newBodies(frame: TrafficFrame, told: Map<number, Body>, where: string): string {
  const rows: string[] = [];
  for (let i = 0; i < frame.count; i++) {
    const id = frame.id[i]!;
    const body = { kind: frame.kind[i]!, length: frame.length[i]!, width: frame.width[i]! };
    const known = told.get(id);
    if (known && known.kind === body.kind && known.length === body.length && known.width === body.width) continue;
    told.set(id, body);
    const at = `${where}, vehicle ${id}`;
    rows.push(
      `[${id},${body.kind},${exactText(body.length, `${at}, length`)},${exactText(body.width, `${at}, width`)}]`,
    );
  }
  return rows.length > 0 ? `,"bodies":[${rows.join(',')}]` : '';
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
