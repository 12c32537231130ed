import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { BadInput } from './badInput.ts';
import { WorkFailed } from './workFailed.ts';

/** Files that a command writes: all of them appear under their names at `commit`, or none. */
export interface OutputFiles {
  /**
   * Claims a path before the work begins, so that a long run does not end in a refusal.
   * @throws BadInput when it exists and may not be overwritten, is no regular file, or cannot be made where it is
   */
  claim(path: string): void;
  /**
   * Writes a file under a temporary name in the same folder; of pieces, each is written before the next is asked for.
   * @throws BadInput as `claim`; WorkFailed when it cannot be written
   */
  write(path: string, content: Uint8Array | string | Iterable<Uint8Array>): void;
  /** Renames all files to their names. */
  commit(): void;
  /** Removes what was written and not committed. Safe to call at any time. */
  abandon(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const SIGNAL_NUMBER = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/**
 * Opens a set of output files.
 * @param force whether files that exist are replaced
 */
export function createOutputFiles(force: boolean): OutputFiles {
  const pending = new Map<string, string>();

  function abandon(): void {
    for (const temporary of pending.values()) rmSync(temporary, { force: true });
    pending.clear();
    listen(false);
  }

  function stop(signal: NodeJS.Signals): void {
    abandon();
    process.exit(128 + SIGNAL_NUMBER[signal as keyof typeof SIGNAL_NUMBER]);
  }

  // Only while a temporary file exists: a handler would keep Ctrl-C from ending a long computation at once.
  function listen(on: boolean): void {
    for (const signal of SIGNALS) process.off(signal, stop);
    process.off('exit', abandon);
    if (!on) return;
    for (const signal of SIGNALS) process.on(signal, stop);
    process.on('exit', abandon);
  }

  function claim(path: string): void {
    if (!existsSync(path)) {
      requireWritableParent(path);
      return;
    }
    const found = statSync(path);
    if (found.isDirectory()) throw new BadInput(path, 'is a folder', 'the name of a file to write');
    // A device would be replaced by the file.
    if (!found.isFile()) throw new BadInput(path, 'is no regular file', 'the name of a file to write');
    if (!force) throw new BadInput(path, 'exists', 'a new file name, or --force to replace the file');
  }

  return {
    claim,
    write(path, content) {
      claim(path);
      const target = resolve(path);
      const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
      listen(true);
      try {
        makeFolder(dirname(target));
        pending.set(target, temporary);
        if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(temporary, content);
        else writePieces(temporary, content);
      } catch (error) {
        abandon();
        throw new WorkFailed(`${path}: cannot be written (${(error as Error).message})`);
      }
    },
    commit() {
      for (const target of pending.keys()) claim(target);
      for (const [target, temporary] of pending) {
        renameSync(temporary, target);
        pending.delete(target);
      }
      listen(false);
    },
    abandon,
  };
}

function writePieces(path: string, pieces: Iterable<Uint8Array>): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

/**
 * Makes a folder and those above it. Node's own recursive way never returns where a file system refuses a new folder as
 * if the one above were missing, as /proc does.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function requireWritableParent(path: string): void {
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  const expected = 'a folder that files can be written to';
  if (!statSync(folder).isDirectory()) throw new BadInput(path, `${folder} is a file`, expected);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new BadInput(path, `${folder} cannot be written to`, expected);
  }
}

/** Writes one file: temporary name, then rename; nothing is left on failure. */
export function writeOutputFile(path: string, content: Uint8Array | string, force: boolean): void {
  const files = createOutputFiles(force);
  try {
    files.write(path, content);
    files.commit();
  } finally {
    files.abandon();
  }
}

/** Endings by which the page and folders of files tell what a file is. */
export type FileEnding = '.mcap' | '.json';

/**
 * Checks that a file may be written, before the work begins.
 * @throws BadInput as `OutputFiles.claim`, or when the name ends otherwise
 */
export function claimOutputFile(path: string, ending: FileEnding, force: boolean): void {
  requireEnding(path, ending);
  createOutputFiles(force).claim(path);
}

/** @throws BadInput when a name ends otherwise: its file would not be taken for what it is */
export function requireEnding(path: string, ending: FileEnding): void {
  if (!path.endsWith(ending)) throw new BadInput('--out', path, `a name that ends in ${ending}`);
}
