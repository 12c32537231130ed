import { integerField, type JsonMessage, stringsField, wrong } from './fields.ts';

const HASH = /^[0-9a-f]{8}$/;

/**
 * JSON of one `/hash` message.
 * @param tick tick of the first hash; the others follow tick by tick.
 * @throws RecordingError when a hash is not 8 hexadecimal digits.
 */
export function encodeHashes(tick: number, hashes: readonly string[], where: string): string {
  checkHashes(hashes, where);
  return JSON.stringify({ tick, hashes });
}

/** Hashes of consecutive ticks from `tick` on. @throws RecordingError naming a wrong field. */
export function decodeHashes(message: JsonMessage, where: string): { tick: number; hashes: readonly string[] } {
  const hashes = stringsField(message, 'hashes', where);
  checkHashes(hashes, where);
  return { tick: integerField(message, 'tick', where), hashes };
}

function checkHashes(hashes: readonly string[], where: string): void {
  const index = hashes.findIndex((hash) => !HASH.test(hash));
  if (index >= 0) throw wrong(hashes[index], `${where}, field hashes[${index}]`, '8 hexadecimal digits');
}
