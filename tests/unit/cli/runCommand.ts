import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What one run of the command gave. */
export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs the real command in the project's folder. */
export function runCommand(...args: readonly string[]): Promise<CommandRun> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, 'cli/understudy.mjs'), ...args], { cwd: ROOT }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** The one JSON object on standard output; throws when there is anything else. */
export function jsonOf({ stdout }: CommandRun): Record<string, unknown> {
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** A folder of its own, and how to remove it. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'understudy-cli-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
