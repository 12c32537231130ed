import { ScenarioError } from './scenarioError.ts';

/** A scenario id taken apart: `family@version?key=value&key=value#seed`. */
export interface ScenarioId {
  readonly family: string;
  readonly version: number;
  readonly parameters: Readonly<Record<string, string>>;
  readonly seed: number;
}

const GRAMMAR = /^([a-z][a-z0-9-]*)@(\d+)(?:\?([^#]*))?#(\d+)$/;

/**
 * Takes an id apart; whether the family and its parameters exist is not checked here.
 * @throws ScenarioError when the text is not of the form `family@version?key=value#seed`
 */
export function parseScenarioId(text: string): ScenarioId {
  const match = GRAMMAR.exec(text);
  if (!match) {
    throw new ScenarioError(
      'scenario id',
      '',
      JSON.stringify(text),
      'family@version?key=value&...#seed, such as cut-in@1?gap=12#7',
    );
  }
  const parameters: Record<string, string> = {};
  for (const pair of (match[3] ?? '').split('&').filter((p) => p !== '')) {
    const [key = '', value, more] = pair.split('=');
    if (value === undefined || key === '')
      throw new ScenarioError(`scenario id ${text}`, pair, 'without a value', 'key=value');
    if (more !== undefined) throw new ScenarioError(`scenario id ${text}`, pair, 'with several values', 'key=value');
    const name = decoded(key, text);
    if (Object.hasOwn(parameters, name))
      throw new ScenarioError(`scenario id ${text}`, name, 'there twice', 'one value');
    parameters[name] = decoded(value, text);
  }
  const seed = Number(match[4]);
  if (seed > 0xffffffff)
    throw new ScenarioError(`scenario id ${text}`, 'seed', String(seed), 'an integer from 0 to 4294967295');
  return { family: match[1]!, version: Number(match[2]), parameters, seed };
}

function decoded(part: string, text: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ScenarioError(`scenario id ${text}`, part, 'not decodable', 'percent signs as in %20');
  }
}

/** Writes an id; the inverse of `parseScenarioId`. */
export function formatScenarioId(id: ScenarioId): string {
  const pairs = Object.entries(id.parameters).map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
  );
  return `${id.family}@${id.version}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}#${id.seed}`;
}
