// Writes scenarios/scenario.schema.json, which editors use to complete scenario files. Run after a change of the
// schema.
import { writeFileSync } from 'node:fs';
import { scenarioJsonSchema } from '../scenarios/scenarioJsonSchema.ts';

const file = new URL('../scenarios/scenario.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
