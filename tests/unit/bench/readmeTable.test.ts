import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { README_TABLES } from '../../../bench/readmeTables.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

it.each(Object.entries(README_TABLES))(
  'the README shows the committed %s and no others; after a benchmark run: npx tsx tools/readmeResults.ts',
  (marker, table) => {
    const text = table((name) => JSON.parse(read(`bench/results/${name}.json`)));
    expect(read('README.md')).toContain(`<!-- ${marker} -->\n${text}\n<!-- /${marker} -->`);
  },
);
