import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../../scenarios/scenarioJsonSchema.ts';

const folder = new URL('../../../scenarios/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

describe('scenario.schema.json', () => {
  it('is what the schema in the code gives; after a change run: npx tsx tools/scenarioSchema.ts', () => {
    expect(read('scenario.schema.json')).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
  });

  it('is named by every bundled family, so that editors complete it', () => {
    const families = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'));
    expect(families.length).toBeGreaterThan(5);
    for (const name of families) expect(read(name).$schema, name).toBe('./scenario.schema.json');
  });
});
