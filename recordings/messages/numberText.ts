import type { ByteWriter } from '../byteWriter.ts';
import { RecordingError } from '../recordingError.ts';

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
/** Below it a number of steps is written digit by digit; its decimal is then the shortest that reads back the same. */
const DIGITWISE = 1e9;
/** Most decimal places: fewer than the seven from which on JavaScript writes small numbers with an exponent. */
const MOST_DECIMALS = 6;
/** Room for a sign, nine digits, a point, six more and the bytes that stores of four write too much. */
const MOST_BYTES = 24;
const POWERS_OF_TEN = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

/** Decimal places of numbers that are stored in steps of 1 / `perUnit`, a power of ten up to 1e6. */
export function decimalsOf(perUnit: number): number {
  const decimals = POWERS_OF_TEN.indexOf(perUnit);
  if (decimals < 0) throw new RangeError(`perUnit is ${perUnit}; expected a power of ten up to 1e${MOST_DECIMALS}`);
  return decimals;
}

/**
 * A number rounded to a multiple of 1 / `perUnit`, as it will be read back; never -0. Rounding twice changes nothing,
 * and what is too large to be counted in steps stays as it is.
 */
export function roundedTo(value: number, perUnit: number): number {
  const steps = Math.round(value * perUnit);
  return Number.isFinite(steps) ? steps / perUnit + 0 : value;
}

/**
 * Writes the shortest JSON text of a finite number rounded to `decimals` places (`decimalsOf`); never -0. It is the
 * text JavaScript has for `roundedTo`.
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

/**
 * JSON text of a finite number that reads back to the same bits; -0 keeps its sign, which `JSON.stringify` drops.
 */
export function exactText(value: number): string {
  return value === 0 && 1 / value < 0 ? '-0' : String(value);
}

/** Writes the `exactText` of a finite number. */
export function writeExact(out: ByteWriter, value: number): void {
  if (value === (value | 0) && (value !== 0 || 1 / value > 0)) writeInteger(out, value);
  else out.text(exactText(value));
}

/** Refuses NaN and infinities, which JSON cannot hold. @param where message and field. */
export function notFinite(value: number, where: string): RecordingError {
  return new RecordingError({ what: `the value is ${value}`, where, expected: 'a finite number' });
}

/** The three ASCII digits of each number below 1000, the first in the lowest byte, so that one store writes them. */
const THREE_DIGITS = Int32Array.from(
  { length: 1000 },
  (_, n) => (ZERO + Math.floor(n / 100)) | ((ZERO + (Math.floor(n / 10) % 10)) << 8) | ((ZERO + (n % 10)) << 16),
);
/** How many of the three digits are left without the zeros at their end. */
const SIGNIFICANT = Uint8Array.from({ length: 1000 }, (_, n) => (n % 10 ? 3 : n % 100 ? 2 : n ? 1 : 0));

/** Writes `steps` / 10^`decimals` without needless zeros; `steps` is a whole number of less than nine digits. */
function writeSteps(out: ByteWriter, steps: number, decimals: number): void {
  out.reserve(MOST_BYTES);
  const view = out.view;
  let at = out.length;
  let rest = steps;
  if (rest < 0) {
    view.setUint8(at++, MINUS);
    rest = -rest;
  }
  const unit = POWERS_OF_TEN[decimals]!;
  const whole = wholeOf(rest, decimals);
  at = writeWhole(view, at, whole);
  if (rest !== whole * unit) {
    const millionths = ((rest - whole * unit) * POWERS_OF_TEN[MOST_DECIMALS - decimals]!) | 0;
    const first = (millionths / 1000) | 0;
    const last = millionths - first * 1000;
    view.setInt32(at, POINT | (THREE_DIGITS[first]! << 8), true);
    view.setInt32(at + 4, THREE_DIGITS[last]!, true);
    at += last === 0 ? 1 + SIGNIFICANT[first]! : 4 + SIGNIFICANT[last]!;
  }
  out.length = at;
}

/** Whole part of `steps` / 10^`decimals`; division by a constant is several times faster. */
function wholeOf(steps: number, decimals: number): number {
  switch (decimals) {
    case 0:
      return steps;
    case 3:
      return (steps / 1e3) | 0;
    case 4:
      return (steps / 1e4) | 0;
    case 5:
      return (steps / 1e5) | 0;
    case 6:
      return (steps / 1e6) | 0;
    default:
      return (steps / POWERS_OF_TEN[decimals]!) | 0;
  }
}

/** @returns where the number below 1e9 ends. */
function writeWhole(view: DataView, at: number, whole: number): number {
  if (whole < 1000) return writeLeading(view, at, whole);
  const thousands = (whole / 1000) | 0;
  const end = writeWhole(view, at, thousands);
  view.setInt32(end, THREE_DIGITS[whole - thousands * 1000]!, true);
  return end + 3;
}

/** Writes a number below 1000 without zeros before it. */
function writeLeading(view: DataView, at: number, value: number): number {
  const digits = value < 10 ? 1 : value < 100 ? 2 : 3;
  view.setInt32(at, THREE_DIGITS[value]! >> (8 * (3 - digits)), true);
  return at + digits;
}
