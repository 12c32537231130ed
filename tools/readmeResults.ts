// Puts the figures of bench/results into the README, between its markers. Run after the benchmarks.
import { readFileSync, writeFileSync } from 'node:fs';
import { readmeTable, type Us101Results } from '../bench/readmeTable.ts';

const readme = new URL('../README.md', import.meta.url);
const results = JSON.parse(
  readFileSync(new URL('../bench/results/us101.json', import.meta.url), 'utf8'),
) as Us101Results;
const marked = /(<!-- results -->\n)[\s\S]*(<!-- \/results -->)/;
const text = readFileSync(readme, 'utf8');
if (!marked.test(text))
  throw new Error('README.md: the markers are missing; expected <!-- results --> and <!-- /results -->');
writeFileSync(
  readme,
  text.replace(marked, (_, start: string, end: string) => `${start}${readmeTable(results)}\n${end}`),
);
