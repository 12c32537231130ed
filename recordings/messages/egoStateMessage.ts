import { type ByteWriter, type FixedText, fixedText } from '../byteWriter.ts';
import type { EgoStateColumns } from '../recording.ts';
import { type JsonMessage, numberField } from './fields.ts';
import { decimalsOf, notFinite, writeRounded } from './numberText.ts';

const CLOSE = 0x7d;

/** Quantities of one ego row, in message order. */
export const EGO_STATE_FIELDS = ['s', 'd', 'sDot', 'dDot', 'headingOffset', 'ax', 'ay', 'yawRate', 'steer'] as const;
export type EgoStateField = (typeof EGO_STATE_FIELDS)[number];
/** One ego row: s, d [m], sDot, dDot [m/s], headingOffset [rad], ax, ay [m/s²], yawRate [rad/s], steer [rad]. */
export type EgoStateRow = Readonly<Record<EgoStateField, number>>;

/**
 * Stored steps per unit. Positions and speeds are finer than drawing needs, because learning takes second differences
 * of speeds at 0.1 s: 1e-5 m/s leaves 2e-3 m/s³ of jerk.
 */
export const EGO_STATE_STEPS: Readonly<Record<EgoStateField, number>> = {
  s: 1e4,
  d: 1e4,
  sDot: 1e5,
  dDot: 1e5,
  headingOffset: 1e6,
  ax: 1e4,
  ay: 1e4,
  yawRate: 1e6,
  steer: 1e6,
};

/** How a quantity is written: its name, what stands before the value, decimal places. */
interface Quantity {
  readonly field: EgoStateField;
  readonly key: FixedText;
  readonly decimals: number;
}

function quantity(field: EgoStateField): Quantity {
  const key = fixedText(`${field === EGO_STATE_FIELDS[0] ? '{' : ','}"${field}":`);
  return { field, key, decimals: decimalsOf(EGO_STATE_STEPS[field]) };
}

const S = quantity('s');
const D = quantity('d');
const S_DOT = quantity('sDot');
const D_DOT = quantity('dDot');
const HEADING_OFFSET = quantity('headingOffset');
const AX = quantity('ax');
const AY = quantity('ay');
const YAW_RATE = quantity('yawRate');
const STEER = quantity('steer');

/**
 * Writes one `/ego/state` message. @param index number of the row, for errors. @throws RecordingError when a value is
 * not finite.
 */
export function writeEgoState(out: ByteWriter, row: EgoStateRow, index: number): void {
  writeQuantity(out, S, row.s, index);
  writeQuantity(out, D, row.d, index);
  writeQuantity(out, S_DOT, row.sDot, index);
  writeQuantity(out, D_DOT, row.dDot, index);
  writeQuantity(out, HEADING_OFFSET, row.headingOffset, index);
  writeQuantity(out, AX, row.ax, index);
  writeQuantity(out, AY, row.ay, index);
  writeQuantity(out, YAW_RATE, row.yawRate, index);
  writeQuantity(out, STEER, row.steer, index);
  out.uint8(CLOSE);
}

function writeQuantity(out: ByteWriter, { field, key, decimals }: Quantity, value: number, index: number): void {
  if (!Number.isFinite(value)) throw notFinite(value, `/ego/state row ${index}, field ${field}`);
  out.fixed(key);
  writeRounded(out, value, decimals);
}

/** One row of the columns. */
export function egoStateRow(columns: EgoStateColumns, row: number): EgoStateRow {
  return {
    s: columns.s[row]!,
    d: columns.d[row]!,
    sDot: columns.sDot[row]!,
    dDot: columns.dDot[row]!,
    headingOffset: columns.headingOffset[row]!,
    ax: columns.ax[row]!,
    ay: columns.ay[row]!,
    yawRate: columns.yawRate[row]!,
    steer: columns.steer[row]!,
  };
}

/** Appends a message's values to `out`, in field order. @throws RecordingError naming a wrong field. */
export function decodeEgoState(message: JsonMessage, where: string, out: number[]): void {
  for (const field of EGO_STATE_FIELDS) out.push(numberField(message, field, where));
}
