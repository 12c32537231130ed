import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/**
 * Runs a study of several independent cases, each in a process of its own, as many at once as there are cores. The
 * script calls itself with the same options and `--one CASE`, and then prints what `study` gives for that case and
 * nothing else.
 * @param onResult called in the gathering process as cases end, in any order
 * @returns the results by case, in the order of the cases, or undefined in a process that studied one of them
 * @throws Error naming the cases that failed, once all others are through
 */
export async function studyEach<Result>(
  cases: readonly string[],
  study: (name: string) => Promise<Result>,
  onResult: (result: Result, name: string) => void = () => {},
): Promise<ReadonlyMap<string, Result> | undefined> {
  const at = process.argv.indexOf('--one');
  if (at >= 0) {
    console.log(JSON.stringify(await study(process.argv[at + 1]!)));
    return undefined;
  }
  const found = new Map<string, Result>();
  const failed: string[] = [];
  const waiting = [...cases];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      try {
        const result = await inProcess<Result>(name);
        found.set(name, result);
        onResult(result, name);
      } catch (error) {
        failed.push((error as Error).message);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (failed.length > 0) throw new Error(failed.join('\n'));
  return new Map(cases.map((name) => [name, found.get(name)!]));
}

async function inProcess<Result>(name: string): Promise<Result> {
  const [script, ...options] = process.argv.slice(1);
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script!, ...options, '--one', name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script} --one ${name} ended with exit code ${code}`);
  return JSON.parse(text) as Result;
}
