import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/**
 * Runs a study of several independent cases, each in a process of its own, as many at once as there are cores. The
 * script calls itself with `--case NAME`, and then prints what `study` gives for that case and nothing else.
 * @returns the results in the order of the names, or undefined in a process that studied one case
 */
export async function studyApart<Row>(
  names: readonly string[],
  study: (name: string) => Promise<readonly Row[]>,
): Promise<Row[] | undefined> {
  const at = process.argv.indexOf('--case');
  if (at >= 0) {
    console.log(JSON.stringify(await study(process.argv[at + 1]!)));
    return undefined;
  }
  const found = new Map<string, readonly Row[]>();
  const waiting = [...names];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      found.set(name, await inProcess<Row>(name));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return names.flatMap((name) => found.get(name)!);
}

async function inProcess<Row>(name: string): Promise<readonly Row[]> {
  const [script, ...options] = process.argv.slice(1);
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script!, ...options, '--case', name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script}: case ${name} ended with exit code ${code}`);
  return JSON.parse(text) as Row[];
}
