import { createHash } from 'node:crypto';
import { readRecording } from '../recordings/readRecording.ts';
import type { Recording } from '../recordings/recording.ts';
import { BadInput } from './badInput.ts';
import type { CommandConsole } from './commandConsole.ts';
import { readInputFile } from './inputFiles.ts';

/** A recording and the file it came from. */
export interface LoadedRecording {
  readonly path: string;
  readonly recording: Recording;
  /** SHA-256 of the file's bytes, 64 hex digits. */
  readonly hash: string;
}

/** Text of the option that all commands which read recordings share. */
export const RECOVER_OPTION = ['--recover', 'use what is left of damaged or cut-off recordings'] as const;

/**
 * Reads a recording. One that is damaged or cut off is refused unless `recover` is given: results from a part of a
 * drive should not come about unnoticed.
 * @throws BadInput, RecordingError naming the file, the place and what was expected
 */
export function loadRecording(path: string, recover: boolean, out: Pick<CommandConsole, 'note'>): LoadedRecording {
  const bytes = readInputFile(path, 'a recording (.mcap)');
  const recording = readRecording(bytes, { name: path });
  if (recording.warnings.length > 0) {
    if (!recover) {
      const left = `--recover to use what is left (${(recording.ticks / 10).toFixed(1)} s)`;
      throw new BadInput(path, recording.warnings.join('; '), `a whole recording, or ${left}`);
    }
    for (const warning of recording.warnings) out.note(`${path}: ${warning}`);
  }
  return { path, recording, hash: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * Reads recordings; a file that holds the same as an earlier one is left out and said, because it would count twice.
 * @throws as `loadRecording`
 */
export function loadRecordings(paths: readonly string[], recover: boolean, out: CommandConsole): LoadedRecording[] {
  const byHash = new Map<string, LoadedRecording>();
  for (const path of paths) {
    const loaded = loadRecording(path, recover, out);
    const same = byHash.get(loaded.hash);
    if (same) out.note(`${path}: the same as ${same.path}, left out`);
    else byHash.set(loaded.hash, loaded);
  }
  return [...byHash.values()];
}
