import { RecordingError } from '../recordingError.ts';

/** Content of one JSON message. */
export type JsonMessage = Readonly<Record<string, unknown>>;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses a message that must be a JSON object.
 * @throws RecordingError when it is not.
 */
export function parseMessage(data: Uint8Array, where: string): JsonMessage {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(data));
  } catch {
    throw new RecordingError({ what: 'the message is not JSON', where, expected: 'a JSON object' });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(value, where, 'a JSON object');
  return value as JsonMessage;
}

/** A finite number. @throws RecordingError naming the field. */
export function numberField(message: JsonMessage, field: string, where: string): number {
  const value = message[field];
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw wrong(value, `${where}, field ${field}`, 'a finite number');
  return value;
}

/** One of -1, 0 and 1. @throws RecordingError naming the field. */
export function signField(message: JsonMessage, field: string, where: string): number {
  const value = message[field];
  if (value !== -1 && value !== 0 && value !== 1) throw wrong(value, `${where}, field ${field}`, '-1, 0 or 1');
  return value;
}

/** A whole number of at least `least`. @throws RecordingError naming the field. */
export function integerField(message: JsonMessage, field: string, where: string, least = 0): number {
  const value = message[field];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw wrong(value, `${where}, field ${field}`, `a whole number of at least ${least}`);
  }
  return value;
}

/** A list of finite numbers of a given length (any, when undefined). @throws RecordingError naming the field. */
export function numbersField(message: JsonMessage, field: string, where: string, length?: number): readonly number[] {
  const value = message[field];
  if (!Array.isArray(value)) throw wrong(value, `${where}, field ${field}`, 'a list of numbers');
  if (length !== undefined && value.length !== length) {
    throw wrong(`${value.length} numbers`, `${where}, field ${field}`, `${length} numbers, one for each id`);
  }
  for (let i = 0; i < value.length; i++) {
    if (typeof value[i] !== 'number' || !Number.isFinite(value[i])) {
      throw wrong(value[i], `${where}, field ${field}[${i}]`, 'a finite number');
    }
  }
  return value as number[];
}

/** A list of strings. @throws RecordingError naming the field. */
export function stringsField(message: JsonMessage, field: string, where: string): readonly string[] {
  const value = message[field];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw wrong(value, `${where}, field ${field}`, 'a list of strings');
  }
  return value as string[];
}

/** Error for a value that is not what was expected. */
export function wrong(value: unknown, where: string, expected: string): RecordingError {
  const text =
    value === undefined ? 'missing' : typeof value === 'string' ? value : (JSON.stringify(value) ?? 'missing');
  return new RecordingError({
    what: `the value is ${text.length > 60 ? `${text.slice(0, 57)}...` : text}`,
    where,
    expected,
  });
}
