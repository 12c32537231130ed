import { buildScenario } from '../scenarios/buildScenario.ts';
import { parseScenarioFamily } from '../scenarios/parseScenarioFamily.ts';
import { parseScenarioId } from '../scenarios/scenarioId.ts';
import type { WorldSpec } from '../sim/core/world.ts';
import { logReplaySpec } from './logReplaySpec.ts';
import type { Recording } from './recording.ts';

/** Name of the family of scenarios that are built from a recording. */
export const LOG_REPLAY_FAMILY = 'log-replay';

/**
 * The world a recording was made in, at its start; of imported traffic, the world in which that traffic replays.
 * @throws ScenarioError when the recording's scenario id is not known here
 */
export function worldSpecOf(recording: Recording): WorldSpec {
  const { scenarioId, scenarioFamily } = recording.metadata;
  if (parseScenarioId(scenarioId).family === LOG_REPLAY_FAMILY) return logReplaySpec(recording).spec;
  const families = scenarioFamily ? [parseScenarioFamily(scenarioFamily, 'scenario of the recording')] : [];
  return buildScenario(scenarioId, families).spec;
}
