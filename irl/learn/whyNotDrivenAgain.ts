import type { Recording } from '../../recordings/recording.ts';
import { LOG_REPLAY_FAMILY, worldSpecOf } from '../../recordings/worldSpecOf.ts';
import { ScenarioError } from '../../scenarios/scenarioError.ts';
import { parseScenarioId } from '../../scenarios/scenarioId.ts';
import { SIMULATOR_VERSION, SUBSTEPS_PER_TICK } from '../../sim/core/time.ts';

/**
 * Why a recording cannot be driven again by its commands up to any moment, so that an agent could drive on from there
 * among traffic that reacts to it; undefined when it can. Such recordings can only replay their traffic around an
 * agent.
 */
export function whyNotDrivenAgain(recording: Recording): string | undefined {
  const { metadata, input, ticks } = recording;
  if (input.rows === 0) return 'it has no commands, so its traffic can only replay and would not react to an agent';
  if (metadata.simulatorVersion !== SIMULATOR_VERSION) {
    return `it was driven in version ${metadata.simulatorVersion} of the simulator, and its commands lead elsewhere in version ${SIMULATOR_VERSION}`;
  }
  if (input.rows !== ticks * SUBSTEPS_PER_TICK) {
    return `it has ${input.rows} commands for ${ticks} ticks, ${ticks * SUBSTEPS_PER_TICK} are needed`;
  }
  try {
    if (parseScenarioId(metadata.scenarioId).family === LOG_REPLAY_FAMILY) {
      return 'it was driven among traffic that only replays and would not react to an agent';
    }
    worldSpecOf(recording);
    return undefined;
  } catch (error) {
    if (error instanceof ScenarioError) return `its scenario is not known here (${error.message})`;
    throw error;
  }
}
