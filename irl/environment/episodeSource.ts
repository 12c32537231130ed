import type { Recording } from '../../recordings/recording.ts';
import { worldSpecOf } from '../../recordings/worldSpecOf.ts';
import { buildScenario } from '../../scenarios/buildScenario.ts';
import type { ScenarioFamily } from '../../scenarios/scenarioFamily.ts';
import { formatScenarioId, parseScenarioId } from '../../scenarios/scenarioId.ts';
import { TICK_S } from '../../sim/core/time.ts';
import type { WorldSpec } from '../../sim/core/world.ts';
import { EnvironmentError } from './environmentError.ts';

/** One episode with everything decided. */
export interface Episode {
  /** Id that rebuilds it. */
  readonly scenarioId: string;
  readonly spec: WorldSpec;
  /** Ticks after which it is truncated. */
  readonly ticks: number;
}

/** Where episodes come from. */
export interface EpisodeSource {
  /** Seed of the first episode unless another is asked for. */
  readonly firstSeed: number;
  /**
   * @param parameters scenario parameters of this episode, beside those of the source
   * @throws ScenarioError for an unknown parameter or one out of range, EnvironmentError where there are none
   */
  episode(seed: number, parameters: Readonly<Record<string, number>>): Episode;
}

/**
 * Episodes of a scenario; each seed is another one.
 * @param id such as `dense@1?density=30#1`
 * @param families additional families, found before the bundled ones
 * @throws ScenarioError when the id names nothing that can be built
 */
export function scenarioEpisodes(id: string, families: readonly ScenarioFamily[] = []): EpisodeSource {
  const parts = parseScenarioId(id);
  const source: EpisodeSource = {
    firstSeed: parts.seed,
    episode(seed, parameters) {
      const changed = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
      const scenario = buildScenario(
        formatScenarioId({ ...parts, seed, parameters: { ...parts.parameters, ...changed } }),
        families,
      );
      return { scenarioId: scenario.id, spec: scenario.spec, ticks: Math.round(scenario.durationS / TICK_S) };
    },
  };
  source.episode(source.firstSeed, {});
  return source;
}

/** The traffic of a recording, in which the ego drives; the seed changes nothing. */
export function recordingEpisodes(recording: Recording): EpisodeSource {
  const spec = worldSpecOf(recording);
  const { scenarioId, seed } = recording.metadata;
  return {
    firstSeed: seed,
    episode(_seed, parameters) {
      const name = Object.keys(parameters)[0];
      if (name !== undefined)
        throw new EnvironmentError('parameters', `"${name}"`, 'none: a recording has no parameters');
      return { scenarioId, spec, ticks: recording.ticks };
    },
  };
}
