import { RecordingError } from '../recordingError.ts';

/**
 * JSON text of a number that reads back to the same bits; -0 keeps its sign, which `JSON.stringify` would drop.
 * @param where message and field for the error.
 * @throws RecordingError for NaN and infinities, which JSON cannot hold.
 */
export function exactText(value: number, where: string): string {
  if (!Number.isFinite(value)) throw notFinite(value, where);
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A number rounded to a multiple of 1 / `perUnit`, as it will be read back; never -0. Rounding twice changes nothing. */
export function roundedTo(value: number, perUnit: number): number {
  return Math.round(value * perUnit) / perUnit + 0;
}

/**
 * Shortest JSON text of a number rounded to a multiple of 1 / `perUnit`; never -0.
 * @throws RecordingError for NaN and infinities.
 */
export function roundedText(value: number, perUnit: number, where: string): string {
  if (!Number.isFinite(value)) throw notFinite(value, where);
  return String(roundedTo(value, perUnit));
}

function notFinite(value: number, where: string): RecordingError {
  return new RecordingError({ what: `the value is ${value}`, where, expected: 'a finite number' });
}
