import { buildScenario, instantiate, type Scenario } from '../../../scenarios/buildScenario.ts';
import { SCENARIO_FAMILIES } from '../../../scenarios/registry.ts';
import type { GeneratedFamily } from '../../../scenarios/scenarioFamily.ts';

/** Families that can be driven from nothing; replayed traffic needs a recording. */
export const DRIVABLE_FAMILIES: readonly GeneratedFamily[] = SCENARIO_FAMILIES.filter(
  (family): family is GeneratedFamily => family.kind === 'generated',
);

/** The choice of a scenario: family, parameters and seed, always valid. */
export interface DriveSettings {
  family: GeneratedFamily;
  /** Value of every parameter of the family, by name. */
  parameters: Record<string, number>;
  seed: number;
}

/** A family with its parameters at their defaults. */
export function defaultSettings(family: GeneratedFamily, seed: number): DriveSettings {
  const parameters = Object.fromEntries(
    Object.entries(family.parameters).map(([name, parameter]) => [name, parameter.default]),
  );
  return { family, parameters, seed };
}

/**
 * The settings that give a scenario id.
 * @throws ScenarioError when the id cannot be driven
 */
export function settingsOf(id: string): DriveSettings {
  const { family: name, parameters, seed } = buildScenario(id);
  const family = DRIVABLE_FAMILIES.find((candidate) => candidate.family === name)!;
  return { family, parameters: { ...parameters }, seed };
}

/** The scenario of the settings. */
export function scenarioOf(settings: DriveSettings): Scenario {
  return instantiate(settings.family, settings.parameters, settings.seed);
}
