import type { RecordingShelf } from './recordingShelf.ts';

/** Time between two demos [ms]: reading one takes some frames' time. */
const REST_MS = 700;

/**
 * Reads the bundled demos one by one while the page has nothing to do, so that the list can say what they hold.
 * @param isBusy while it says so, nothing is read
 */
export function describeDemos(recordings: RecordingShelf, isBusy: () => boolean): void {
  const next = () => {
    const unknown = recordings.entries.find((entry) => entry.origin === 'bundled' && entry.durationS === 0);
    if (!unknown) return;
    const read = isBusy() ? Promise.resolve() : recordings.load(unknown.id).then(() => {});
    // A demo that cannot be fetched is told of when somebody asks for it.
    read.then(() => setTimeout(next, REST_MS)).catch(() => {});
  };
  setTimeout(next, REST_MS);
}
