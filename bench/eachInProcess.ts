import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Processes at a time. */
const AT_ONCE = 2;

/**
 * Runs a script once for each argument, `--one ARGUMENT`, two at a time, each in a process of its own; every run prints
 * one JSON value.
 * @param onResult called as runs end, in any order
 * @throws Error when a run fails
 */
export async function eachInProcess<Result>(
  script: string,
  args: readonly string[],
  onResult: (result: Result, argument: string) => void,
): Promise<void> {
  const waiting = [...args];
  const work = async () => {
    for (let argument = waiting.shift(); argument !== undefined; argument = waiting.shift()) {
      onResult((await run(script, argument)) as Result, argument);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function run(script: string, argument: string): Promise<unknown> {
  const args = ['--import', import.meta.resolve('tsx'), fileURLToPath(script), '--one', argument];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(text));
      else reject(new Error(`${script} --one ${argument}: ended with exit code ${code}`));
    });
  });
}
