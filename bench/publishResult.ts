import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/**
 * Prints a result as one JSON object where the command line has `--json`, or writes it to `bench/results/<name>.json`.
 * Date and machine are put before it.
 */
export function publishResult(name: string, result: object): void {
  const complete = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores, ${cpus()[0]!.model.trim()}, Node ${process.versions.node}`,
    ...result,
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(complete));
  else writeFileSync(new URL(`results/${name}.json`, import.meta.url), `${JSON.stringify(complete, null, 2)}\n`);
}
