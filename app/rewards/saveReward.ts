import type { Reward } from '../../irl/features/reward.ts';
import { formatReward } from '../../irl/learn/rewardFile.ts';
import { saveFile } from '../shell/saveFile.ts';

/** Offers a reward as a download, `NAME.reward.json`. */
export function saveReward(reward: Reward): void {
  saveFile(formatReward(reward), `${reward.name}.reward.json`, 'application/json');
}
