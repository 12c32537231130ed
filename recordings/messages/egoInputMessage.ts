import type { EgoCommand } from '../../sim/vehicle/egoCommand.ts';
import type { RawInput } from '../recording.ts';
import { type JsonMessage, numberField, numbersField, signField, stringsField, wrong } from './fields.ts';
import { exactText } from './numberText.ts';

/** JSON of a device report: a fixed order of fields, so that equal reports give equal text. @throws RecordingError */
export function rawInputText(raw: RawInput, where: string): string {
  switch (raw.device) {
    case 'keyboard':
      return JSON.stringify({ device: raw.device, keys: raw.keys });
    case 'gamepad':
    case 'wheel': {
      const list = (values: readonly number[], field: string) =>
        `[${values.map((value, i) => exactText(value, `${where}, field raw.${field}[${i}]`)).join(',')}]`;
      return `{"device":"${raw.device}","axes":${list(raw.axes, 'axes')},"buttons":${list(raw.buttons, 'buttons')}}`;
    }
    case 'program':
      return '{"device":"program"}';
  }
}

/**
 * JSON of one `/ego/input` message.
 * @param raw text of the device report, or undefined where it is the same as in the message before.
 * @throws RecordingError when a value is not finite or the indicator is none of -1, 0, 1.
 */
export function encodeEgoInput(command: Readonly<EgoCommand>, raw: string | undefined, where: string): string {
  signField({ indicator: command.indicator }, 'indicator', where);
  const exact = (field: 'steer' | 'throttle' | 'brake') => exactText(command[field], `${where}, field ${field}`);
  const report = raw === undefined ? '' : `,"raw":${raw}`;
  return `{"steer":${exact('steer')},"throttle":${exact('throttle')},"brake":${exact('brake')},"indicator":${command.indicator}${report}}`;
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
