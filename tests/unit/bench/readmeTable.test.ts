import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readmeTable, type Us101Results } from '../../../bench/readmeTable.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

it('the README shows the committed results and no others; after a benchmark run: npx tsx tools/readmeResults.ts', () => {
  const results = JSON.parse(read('bench/results/us101.json')) as Us101Results;
  expect(read('README.md')).toContain(`<!-- results -->\n${readmeTable(results)}\n<!-- /results -->`);
});
