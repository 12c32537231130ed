import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { importNgsim } from '../recordings/adapters/ngsim.ts';
import type { Recording } from '../recordings/recording.ts';

const FILE = fileURLToPath(new URL('../../shared/data/ngsim-us101/us101-0750-frames-0914-1451.csv', import.meta.url));

/** The excerpt of NGSIM US-101, a CSV file beside the checkout. Where it is absent the script ends and says so. */
export function us101File(): string {
  if (existsSync(FILE)) return FILE;
  console.error(`${FILE}: not found; expected the excerpt of NGSIM US-101, which is not part of the project`);
  process.exit(1);
}

/** Its demonstrators. */
export async function us101Recordings(): Promise<readonly Recording[]> {
  const { recordings } = await importNgsim(readFileSync(us101File(), 'utf8'), { name: 'us101.csv' });
  return recordings;
}
