import type { Recorder } from '../../../recordings/recorder.ts';
import { TICKS_PER_CHUNK } from '../../../recordings/writeRecording.ts';
import type { DriveWriter } from '../../recordings/recordingShelf.ts';
import type { AppContext } from '../../shell/appContext.ts';

/** A running drive on its way into the browser's storage. */
export interface KeptDrive {
  /** Stores the seconds that were completed since the last call. */
  keepParts(): void;
  /** Stores the rest and closes the recording. @returns its id once it is safe, or null when it could not be stored */
  finish(): Promise<string | null>;
  /** Deletes what was stored. */
  discard(): Promise<void>;
}

/** Starts to store what a recorder records. Failures are told to the person, and the drive goes on. */
export function keepDrive({ recordings, toasts }: AppContext, recorder: Recorder): KeptDrive {
  // The writer opens while the first second is driven; parts wait for it.
  const writer: Promise<DriveWriter | null> = recordings.begin(recorder.metadata).catch((error: unknown) => {
    toasts.fail('This drive cannot be stored in this browser; it can still be driven', error);
    return null;
  });
  const attempt = async (work: (open: DriveWriter) => Promise<string | null>) => {
    const open = await writer;
    try {
      return open && (await work(open));
    } catch (error) {
      toasts.fail('The end of this drive could not be stored', error);
      return null;
    }
  };
  return {
    keepParts() {
      const part = recorder.part();
      // Parts end with whole seconds; the ticks since then are still with the recorder.
      const ticks = recorder.ticks() - (recorder.ticks() % TICKS_PER_CHUNK);
      if (part) void writer.then((open) => open?.append(part, ticks));
    },
    finish() {
      const ticks = recorder.ticks();
      const rest = recorder.finish();
      return attempt(async (open) => {
        await open.finish(rest, ticks);
        return open.id;
      });
    },
    async discard() {
      await attempt(async (open) => {
        await open.discard();
        return null;
      });
    },
  };
}
