import { z } from 'zod';
import { SCENARIO_FORMAT_VERSION, scenarioFamilySchema } from './scenarioFamily.ts';

/** JSON schema of a scenario file, for editors; `scenarios/scenario.schema.json` holds it. */
export function scenarioJsonSchema(): object {
  return {
    title: `Understudy scenario family, format ${SCENARIO_FORMAT_VERSION}`,
    ...z.toJSONSchema(scenarioFamilySchema, { target: 'draft-2020-12' }),
  };
}
