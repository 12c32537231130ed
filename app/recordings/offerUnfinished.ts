import type { AppContext } from '../shell/appContext.ts';
import { formatDuration } from '../shell/formatQuantity.ts';

/** Offers drives whose page was closed before they ended, so that nobody has to look for them. */
export function offerUnfinished(context: AppContext): void {
  for (const entry of context.recordings.entries) {
    if (entry.finished) continue;
    context.toasts.ask(
      `The page was closed during a drive in ${entry.scenarioId}; ${formatDuration(entry.durationS)} of it were saved.`,
      { label: 'Recover', run: () => void recoverDrive(context, entry.id) },
    );
  }
}

/** Makes a whole recording of what a closed page left. */
export async function recoverDrive({ recordings, toasts, navigate }: AppContext, id: string): Promise<void> {
  try {
    const entry = await recordings.recover(id);
    toasts.tell(`Recovered ${formatDuration(entry.durationS)} of driving.`, {
      label: 'Watch',
      run: () => navigate({ mode: 'watch', recording: entry.id }),
    });
  } catch (error) {
    toasts.fail('The drive could not be recovered', error);
  }
}
