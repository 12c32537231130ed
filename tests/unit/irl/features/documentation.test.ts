import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FEATURES } from '../../../../irl/features/registry.ts';

const PAGE = new URL('../../../../docs/learning.md', import.meta.url);

/** The table as it must stand in the page. */
function featureTable(): string {
  const rows = FEATURES.map(({ name, group, unit, formula, expectedSign, source }) => {
    const sign = { '-1': '-', '0': 'taste', '1': '+' }[String(expectedSign) as '-1' | '0' | '1'];
    return `| \`${name}\` | ${group} | ${unit} | ${formula.replaceAll('|', '\\|')} | ${sign} | ${source} |`;
  });
  return ['| feature | group | unit | value | expected sign | source |', '|---|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}

it('docs/learning.md holds the registry as it is', () => {
  const page = readFileSync(PAGE, 'utf8');
  const inside = page.match(/<!-- features: .*? -->\n([\s\S]*?)\n?<!-- \/features -->/)?.[1];
  expect(inside?.trim()).toBe(featureTable());
});
