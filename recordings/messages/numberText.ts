import type { ByteWriter } from '../byteWriter.ts';
import { RecordingError } from '../recordingError.ts';

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
/** Below it a number of steps is written digit by digit; its decimal is then the shortest that reads back the same. */
const DIGITWISE = 1e9;
/** Most decimal places: fewer than the seven from which on JavaScript writes small numbers with an exponent. */
const MOST_DECIMALS = 6;
const POWERS_OF_TEN = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

/** Decimal places of numbers that are stored in steps of 1 / `perUnit`, a power of ten up to 1e6. */
export function decimalsOf(perUnit: number): number {
  const decimals = POWERS_OF_TEN.indexOf(perUnit);
  if (decimals < 0) throw new RangeError(`perUnit is ${perUnit}; expected a power of ten up to 1e${MOST_DECIMALS}`);
  return decimals;
}

/** A number rounded to a multiple of 1 / `perUnit`, as it will be read back; never -0. Rounding twice changes nothing. */
export function roundedTo(value: number, perUnit: number): number {
  return Math.round(value * perUnit) / perUnit + 0;
}

/**
 * Writes the shortest JSON text of a finite number rounded to `decimals` places (`decimalsOf`); never -0. It is the text
 * JavaScript has for `roundedTo`.
 */
export function writeRounded(out: ByteWriter, value: number, decimals: number): void {
  const steps = Math.round(value * POWERS_OF_TEN[decimals]!);
  if (steps > -DIGITWISE && steps < DIGITWISE) writeSteps(out, steps | 0, decimals);
  else out.text(String(roundedTo(value, POWERS_OF_TEN[decimals]!)));
}

/** Writes a whole number of less than 1e9. */
export function writeInteger(out: ByteWriter, value: number): void {
  if (value > -DIGITWISE && value < DIGITWISE) writeSteps(out, value | 0, 0);
  else out.text(String(value));
}

/** Writes JSON text of a finite number that reads back to the same bits; -0 keeps its sign, which `JSON.stringify` drops. */
export function writeExact(out: ByteWriter, value: number): void {
  if (value === 0) out.text(1 / value < 0 ? '-0' : '0');
  else out.text(String(value));
}

/** Refuses NaN and infinities, which JSON cannot hold. @param where message and field. */
export function notFinite(value: number, where: string): RecordingError {
  return new RecordingError({ what: `the value is ${value}`, where, expected: 'a finite number' });
}

/** Writes `steps` / 10^`decimals` without needless zeros; `steps` is a 32-bit integer. */
function writeSteps(out: ByteWriter, steps: number, decimals: number): void {
  out.reserve(16);
  const bytes = out.bytes;
  let start = out.length;
  let rest = steps;
  if (rest < 0) {
    bytes[start++] = MINUS;
    rest = -rest;
  }
  let places = decimals;
  while (places > 0) {
    const tenth = (rest / 10) | 0;
    if (tenth * 10 !== rest) break;
    rest = tenth;
    places -= 1;
  }
  let end = start + Math.max(digitCount(rest), places + 1);
  if (places > 0) end += 1;
  out.length = end;
  if (places > 0) {
    for (; places > 0; places--) {
      const tenth = (rest / 10) | 0;
      bytes[--end] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    bytes[--end] = POINT;
  }
  while (end > start) {
    const tenth = (rest / 10) | 0;
    bytes[--end] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
}

function digitCount(value: number): number {
  if (value < 1e4) return value < 1e2 ? (value < 10 ? 1 : 2) : value < 1e3 ? 3 : 4;
  if (value < 1e6) return value < 1e5 ? 5 : 6;
  return value < 1e7 ? 7 : value < 1e8 ? 8 : 9;
}
