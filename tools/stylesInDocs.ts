// Puts the figures of bench/results/styles.json into docs/learning.md, between its markers. Run after bench/styles.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { type StylesResults, stylesTable } from '../bench/stylesTable.ts';

const document = new URL('../docs/learning.md', import.meta.url);
const results = JSON.parse(
  readFileSync(new URL('../bench/results/styles.json', import.meta.url), 'utf8'),
) as StylesResults;
const marked = /(<!-- styles -->\n)[\s\S]*(<!-- \/styles -->)/;
const text = readFileSync(document, 'utf8');
if (!marked.test(text)) {
  throw new Error('docs/learning.md: the markers are missing; expected <!-- styles --> and <!-- /styles -->');
}
writeFileSync(
  document,
  text.replace(marked, (_, start: string, end: string) => `${start}${stylesTable(results)}\n${end}`),
);
