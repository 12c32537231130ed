import type { AppContext } from '../shell/appContext.ts';
import { formatDuration } from '../shell/formatQuantity.ts';

/** Tells of drives whose page was closed before they ended, so that nobody has to look for them. */
export function offerUnfinished({ recordings, toasts, navigate }: AppContext): void {
  for (const entry of recordings.entries) {
    if (entry.finished || entry.origin !== 'kept') continue;
    toasts.tell(
      `The page was closed during a drive in ${entry.scenarioId}. ${formatDuration(entry.durationS)} of it were saved.`,
      { label: 'Watch it', run: () => navigate({ mode: 'watch', recording: entry.id }) },
    );
  }
}
