import { parseReward } from '../../irl/learn/rewardFile.ts';
import type { AppContext } from './appContext.ts';

/**
 * Takes a file that was dropped or chosen: a recording or a reward, by its name.
 * @throws Error naming the file's record or field when it cannot be used
 */
export async function receiveFile(context: AppContext, file: File): Promise<void> {
  const { recordings, rewards, toasts, navigate } = context;
  const name = file.name.toLowerCase();
  if (name.endsWith('.mcap')) {
    const entry = await recordings.importFile(new Uint8Array(await file.arrayBuffer()), file.name);
    const lost = entry.warnings.length > 0 ? ` Damaged: ${entry.warnings[0]}` : '';
    toasts.tell(`${file.name} is in the list now.${lost}`, {
      label: 'Watch',
      run: () => navigate({ mode: 'watch', recording: entry.id }),
    });
  } else if (name.endsWith('.json')) {
    const entry = rewards.add(parseReward(await file.text()));
    toasts.tell(`Reward “${entry.reward.name}” can drive now.`, {
      label: 'Watch it drive',
      run: () => navigate({ mode: 'watch', driver: entry.id }),
    });
  } else {
    throw new Error('expected a recording (.mcap) or a reward (.json)');
  }
}
