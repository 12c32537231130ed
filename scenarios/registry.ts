import cutIn from './cut-in.json' with { type: 'json' };
import dense from './dense.json' with { type: 'json' };
import freeFlow from './free-flow.json' with { type: 'json' };
import hardBrakingLeader from './hard-braking-leader.json' with { type: 'json' };
import logReplay from './log-replay.json' with { type: 'json' };
import onRampMerge from './on-ramp-merge.json' with { type: 'json' };
import { parseScenarioFamily } from './parseScenarioFamily.ts';
import { ScenarioError } from './scenarioError.ts';
import type { ScenarioFamily } from './scenarioFamily.ts';

/** The bundled families, checked like any other file. */
export const SCENARIO_FAMILIES: readonly ScenarioFamily[] = [
  parseScenarioFamily(freeFlow, 'scenarios/free-flow.json'),
  parseScenarioFamily(dense, 'scenarios/dense.json'),
  parseScenarioFamily(cutIn, 'scenarios/cut-in.json'),
  parseScenarioFamily(hardBrakingLeader, 'scenarios/hard-braking-leader.json'),
  parseScenarioFamily(onRampMerge, 'scenarios/on-ramp-merge.json'),
  parseScenarioFamily(logReplay, 'scenarios/log-replay.json'),
];

/**
 * Finds a family by name.
 * @throws ScenarioError when there is none
 */
export function findFamily(name: string, additional: readonly ScenarioFamily[] = []): ScenarioFamily {
  const family = [...additional, ...SCENARIO_FAMILIES].find((candidate) => candidate.family === name);
  if (family) return family;
  const known = [...additional, ...SCENARIO_FAMILIES].map((candidate) => candidate.family).join(', ');
  throw new ScenarioError('scenario id', 'family', `"${name}"`, `one of: ${known}`);
}
