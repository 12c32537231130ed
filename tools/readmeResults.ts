// Puts the figures of bench/results into the README, between its markers. Run after the benchmarks.
import { readFileSync, writeFileSync } from 'node:fs';
import { README_TABLES } from '../bench/readmeTables.ts';

const readme = new URL('../README.md', import.meta.url);
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../bench/results/${name}.json`, import.meta.url), 'utf8'));
let text = readFileSync(readme, 'utf8');
for (const [marker, table] of Object.entries(README_TABLES)) {
  const marked = new RegExp(`(<!-- ${marker} -->\\n)[\\s\\S]*(<!-- /${marker} -->)`);
  if (!marked.test(text)) {
    throw new Error(`README.md: the markers are missing; expected <!-- ${marker} --> and <!-- /${marker} -->`);
  }
  text = text.replace(marked, (_, start: string, end: string) => `${start}${table(read)}\n${end}`);
}
writeFileSync(readme, text);
