import type { EgoCommand } from '../../sim/vehicle/egoCommand.ts';
import { type ByteWriter, type FixedText, fixedText } from '../byteWriter.ts';
import type { RawInput } from '../recording.ts';
import { type JsonMessage, numberField, numbersField, signField, stringsField, wrong } from './fields.ts';
import { notFinite, writeExact, writeInteger } from './numberText.ts';

const CLOSE = 0x7d;

const STEER = fixedText('{"steer":');
const THROTTLE = fixedText(',"throttle":');
const BRAKE = fixedText(',"brake":');
const INDICATOR = fixedText(',"indicator":');

/**
 * Writes one `/ego/input` message.
 * @param raw the device report, or undefined where it is the same as in the message before.
 * @param row number of the message, for errors.
 * @throws RecordingError when a value is not finite or the indicator is none of -1, 0, 1.
 */
export function writeEgoInput(
  out: ByteWriter,
  command: Readonly<EgoCommand>,
  raw: RawInput | undefined,
  row: number,
): void {
  const { steer, throttle, brake, indicator } = command;
  if (indicator !== -1 && indicator !== 0 && indicator !== 1) signField({ indicator }, 'indicator', at(row));
  exactField(out, STEER, steer, 'steer', row);
  exactField(out, THROTTLE, throttle, 'throttle', row);
  exactField(out, BRAKE, brake, 'brake', row);
  out.fixed(INDICATOR);
  writeInteger(out, indicator);
  if (raw !== undefined) {
    out.text(',"raw":');
    writeRawInput(out, raw, at(row));
  }
  out.uint8(CLOSE);
}

function exactField(out: ByteWriter, key: FixedText, value: number, field: string, row: number): void {
  if (!Number.isFinite(value)) throw notFinite(value, `${at(row)}, field ${field}`);
  out.fixed(key);
  writeExact(out, value);
}

function at(row: number): string {
  return `/ego/input row ${row}`;
}

function writeRawInput(out: ByteWriter, raw: RawInput, where: string): void {
  if (raw.device === 'gamepad' || raw.device === 'wheel') {
    out.text(`{"device":"${raw.device}","axes":`);
    writeExactList(out, raw.axes, `${where}, field raw.axes`);
    out.text(',"buttons":');
    writeExactList(out, raw.buttons, `${where}, field raw.buttons`);
    out.uint8(CLOSE);
  } else {
    out.text(
      JSON.stringify(raw.device === 'keyboard' ? { device: raw.device, keys: raw.keys } : { device: raw.device }),
    );
  }
}

function writeExactList(out: ByteWriter, values: readonly number[], where: string): void {
  out.text('[');
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) throw notFinite(value, `${where}[${i}]`);
    if (i > 0) out.text(',');
    writeExact(out, value);
  });
  out.text(']');
}

/** Whether two device reports have the same content, signs of zeros included. */
export function sameRawInput(a: RawInput, b: RawInput): boolean {
  if (a === b) return true;
  if (a.device === 'keyboard') return b.device === 'keyboard' && sameList(a.keys, b.keys);
  if (a.device === 'program') return b.device === 'program';
  return a.device === b.device && sameList(a.axes, b.axes) && sameList(a.buttons, b.buttons);
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/** Values of one `/ego/input` message. */
export interface DecodedInput {
  readonly command: EgoCommand;
  /** The device report; the one before when the message has none. */
  readonly raw: RawInput;
}

/** @param before device report of the message before, if any. @throws RecordingError naming a wrong field. */
export function decodeEgoInput(message: JsonMessage, where: string, before: RawInput | undefined): DecodedInput {
  const raw = message['raw'] === undefined ? before : decodeRawInput(message['raw'], `${where}, field raw`);
  if (!raw) throw wrong(undefined, `${where}, field raw`, 'a device report in the first message');
  const command = {
    steer: numberField(message, 'steer', where),
    throttle: numberField(message, 'throttle', where),
    brake: numberField(message, 'brake', where),
    indicator: signField(message, 'indicator', where),
  };
  return { command, raw };
}

function decodeRawInput(value: unknown, where: string): RawInput {
  if (typeof value !== 'object' || value === null) throw wrong(value, where, 'a device report');
  const report = value as JsonMessage;
  const device = report['device'];
  switch (device) {
    case 'keyboard':
      return { device, keys: stringsField(report, 'keys', where) };
    case 'gamepad':
    case 'wheel':
      return { device, axes: numbersField(report, 'axes', where), buttons: numbersField(report, 'buttons', where) };
    case 'program':
      return { device };
    default:
      throw wrong(device, `${where}.device`, 'keyboard, gamepad, wheel or program');
  }
}
