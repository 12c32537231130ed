import type { EgoStateColumns } from '../recording.ts';
import { type JsonMessage, numberField } from './fields.ts';
import { roundedText } from './numberText.ts';

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

/** JSON of one `/ego/state` message. @throws RecordingError when a value is not finite. */
export function encodeEgoState(row: EgoStateRow, where: string): string {
  let text = '{';
  for (const field of EGO_STATE_FIELDS) {
    if (text.length > 1) text += ',';
    text += `"${field}":${roundedText(row[field], EGO_STATE_STEPS[field], `${where}, field ${field}`)}`;
  }
  return `${text}}`;
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
