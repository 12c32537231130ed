import { buildScenario, type Scenario } from '../scenarios/buildScenario.ts';
import { parseScenarioFamily } from '../scenarios/parseScenarioFamily.ts';
import { findFamily, SCENARIO_FAMILIES } from '../scenarios/registry.ts';
import { ScenarioError } from '../scenarios/scenarioError.ts';
import type { ScenarioFamily } from '../scenarios/scenarioFamily.ts';
import { formatScenarioId, parseScenarioId, type ScenarioId } from '../scenarios/scenarioId.ts';
import { BadInput } from './badInput.ts';
import { readJsonFile } from './inputFiles.ts';

/** What the user named as a scenario. */
export interface ScenarioReference {
  readonly id: ScenarioId;
  readonly family: ScenarioFamily;
  /** The file the family came from; undefined for a bundled family. */
  readonly file: string | undefined;
}

/** Changes to the id from options of their own. */
export interface ScenarioChanges {
  /** `name=value` texts; they win over the id's parameters. */
  readonly param?: readonly string[];
  /** Wins over the id's seed. */
  readonly seed?: number;
}

const FILE = /^(.+\.json)(?:\?([^#]*))?(?:#(\d+))?$/;
const SHORT_ID = /^([a-z][a-z0-9-]*)(@\d+)?(?:\?([^#]*))?(?:#(\d+))?$/;
const EXPECTED =
  'a scenario id such as "dense@1?density=30#7", a family name such as dense, or a scenario file such as mine.json';

/**
 * Finds the scenario that a text names: an id; a family's name, whose newest version, defaults and seed 0 are meant;
 * or a scenario file, with `?name=value` and `#seed` behind it like in an id.
 * @throws BadInput, ScenarioError
 */
export function findScenario(text: string, changes: ScenarioChanges = {}): ScenarioReference {
  const file = FILE.exec(text);
  const short = SHORT_ID.exec(text);
  if (file) {
    const family = readScenarioFile(file[1]!);
    return { id: idFor(family, undefined, file[2], file[3], changes), family, file: file[1] };
  }
  if (!short) throw new BadInput('scenario', `"${text}"`, EXPECTED);
  const family = findFamily(short[1]!);
  return { id: idFor(family, short[2], short[3], short[4], changes), family, file: undefined };
}

/** Builds the scenario of a reference. @throws ScenarioError */
export function buildReference({ id, family, file }: ScenarioReference): Scenario {
  return buildScenario(formatScenarioId(id), file === undefined ? [] : [family]);
}

/**
 * Reads and checks a scenario file.
 * @throws BadInput when it is no JSON; ScenarioError naming path, value and expectation, also when it has the name of a
 * bundled family and is another one: an id means the same everywhere
 */
export function readScenarioFile(path: string): ScenarioFamily {
  const family = parseScenarioFamily(readJsonFile(path, 'a scenario file (JSON)'), path);
  const bundled = SCENARIO_FAMILIES.find((known) => known.family === family.family);
  if (bundled && JSON.stringify(bundled) !== JSON.stringify(family)) {
    throw new ScenarioError(path, 'family', `"${family.family}", a bundled family`, 'a name of its own');
  }
  return family;
}

function idFor(
  family: ScenarioFamily,
  version: string | undefined,
  parameters: string | undefined,
  seed: string | undefined,
  changes: ScenarioChanges,
): ScenarioId {
  const id = parseScenarioId(
    `${family.family}${version ?? `@${family.version}`}${parameters ? `?${parameters}` : ''}#${changes.seed ?? seed ?? 0}`,
  );
  const changed = (changes.param ?? []).map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new BadInput('--param', `"${pair}"`, 'name=value, such as density=30');
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  const twice = changed.find(([name], k) => changed.findIndex(([other]) => other === name) < k);
  if (twice) throw new BadInput('--param', `${twice[0]} is given twice`, 'one value');
  return { ...id, parameters: { ...id.parameters, ...Object.fromEntries(changed) } };
}

/** A scenario to be driven and recorded. */
export interface DrivenScenario {
  readonly scenario: Scenario;
  /** What the recording has to carry, because no other machine knows the family. */
  readonly scenarioFamily: ScenarioFamily | undefined;
}

/** Builds a scenario that is to be recorded. @throws BadInput, ScenarioError */
export function buildDrivenScenario(text: string, changes: ScenarioChanges): DrivenScenario {
  const reference = findScenario(text, changes);
  return {
    scenario: buildReference(reference),
    scenarioFamily: reference.file === undefined ? undefined : reference.family,
  };
}
