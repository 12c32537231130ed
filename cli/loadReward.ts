import { createHash } from 'node:crypto';
import type { Reward } from '../irl/features/reward.ts';
import { RewardError } from '../irl/learn/rewardError.ts';
import { parseReward } from '../irl/learn/rewardFile.ts';
import { BadInput } from './badInput.ts';
import { readInputFile } from './inputFiles.ts';

/**
 * Reads a reward file.
 * @returns the reward and the SHA-256 of the file's bytes, 64 hex digits
 * @throws BadInput naming the file, the field and what was expected
 */
export function loadReward(path: string): { readonly reward: Reward; readonly hash: string } {
  const bytes = readInputFile(path, 'a reward file (made by understudy learn)');
  try {
    const reward = parseReward(new TextDecoder().decode(bytes));
    return { reward, hash: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if (!(error instanceof RewardError)) throw error;
    const where = error.path === '' ? path : `${path}: ${error.path}`;
    throw new BadInput(where, `found ${JSON.stringify(error.value) ?? 'nothing'}`, error.expected);
  }
}
