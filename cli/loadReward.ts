import { createHash } from 'node:crypto';
import type { Reward } from '../irl/features/reward.ts';
import { ContentError } from '../irl/learn/checkedContent.ts';
import { parseReward } from '../irl/learn/rewardFile.ts';
import { BadInput } from './badInput.ts';
import { readInputFile } from './inputFiles.ts';

/**
 * Reads a reward file.
 * @returns the reward and the SHA-256 of the file's bytes, 64 hex digits
 * @throws BadInput naming the file, the field and what was expected
 */
export function loadReward(path: string): { readonly reward: Reward; readonly hash: string } {
  const { content, hash } = loadContent(path, 'a reward file (made by understudy learn)', parseReward);
  return { reward: content, hash };
}

/** No JSON text begins with it. */
const MCAP_FIRST_BYTE = 0x89;

/**
 * Reads a JSON file that is checked by its own parser.
 * @param expected what the file should be, for the message
 * @param parse throws ContentError
 * @returns the content and the SHA-256 of the file's bytes, 64 hex digits
 * @throws BadInput naming the file, the field and what was expected
 */
export function loadContent<T>(
  path: string,
  expected: string,
  parse: (text: string) => T,
): { readonly content: T; readonly hash: string } {
  const bytes = readInputFile(path, expected);
  if (bytes[0] === MCAP_FIRST_BYTE) throw new BadInput(path, 'is a recording (.mcap)', expected);
  try {
    const content = parse(new TextDecoder().decode(bytes));
    return { content, hash: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const where = error.path === '' ? path : `${path}: ${error.path}`;
    throw new BadInput(where, `found ${JSON.stringify(error.value) ?? 'nothing'}`, error.expected);
  }
}
