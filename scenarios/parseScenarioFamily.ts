import type { z } from 'zod';
import { leadsOff } from '../sim/road/laneUse.ts';
import { roadSpec } from './roadSpec.ts';
import { ScenarioError } from './scenarioError.ts';
import { type GeneratedFamily, type ScenarioFamily, scenarioFamilySchema } from './scenarioFamily.ts';

/**
 * Checks a scenario family that was read from a file.
 * @param value parsed JSON
 * @param source name of the file, for messages
 * @throws ScenarioError naming the path, the value found and what was expected
 */
export function parseScenarioFamily(value: unknown, source: string): ScenarioFamily {
  const result = scenarioFamilySchema.safeParse(value);
  if (!result.success) throw firstError(result.error, value, source);
  if (result.data.kind === 'generated') checkReferences(result.data, source);
  return result.data;
}

function firstError(error: z.ZodError, value: unknown, source: string): ScenarioError {
  const issue = error.issues[0]!;
  const path = formatPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const parent = path === '' ? '' : `${path}.`;
    return new ScenarioError(source, `${parent}${issue.keys[0]}`, 'not a known field', 'no such field here');
  }
  const found = valueAt(value, issue.path);
  return new ScenarioError(source, path, found === undefined ? 'missing' : show(found), expectation(issue));
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `a value of type ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((v) => JSON.stringify(v)).join(' or ');
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? issue.options.map((option) => JSON.stringify(option)).join(' or ')
        : 'a number or "$parameter"';
    default:
      return issue.message;
  }
}

const EXIT_EXPECTED = 'an off-ramp among road.lanes, or an auxiliary lane that goes on beyond its openTo';

/** Everything that refers to something else in the file: parameters, lanes, actors. */
function checkReferences(family: GeneratedFamily, source: string): void {
  const fail = (path: string, found: unknown, expected: string): never => {
    throw new ScenarioError(source, path, show(found), expected);
  };
  for (const [name, p] of Object.entries(family.parameters)) {
    if (!(p.min <= p.max)) fail(`parameters.${name}.min`, p.min, `at most max (${p.max})`);
    if (p.default < p.min || p.default > p.max) {
      fail(`parameters.${name}.default`, p.default, `between min and max (${p.min} to ${p.max})`);
    }
  }
  const names = Object.keys(family.parameters);
  const used = new Set<string>();
  visitStrings(family, [], (text, path) => {
    const name = /^-?\$([a-z][A-Za-z0-9]*)$/.exec(text)?.[1];
    if (name) used.add(name);
    if (name && !names.includes(name)) {
      fail(
        formatPath(path),
        text,
        `one of the parameters ${names.map((n) => `$${n}`).join(', ') || '(none declared)'}`,
      );
    }
  });
  const length = family.road.pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (family.ego.s >= length) fail('ego.s', family.ego.s, `less than the length of the road, ${length} m`);
  const lanes = family.road.lanes.length;
  const checkLane = (path: string, lane: number) => {
    if (lane >= lanes) fail(path, lane, `a lane from 0 to ${lanes - 1}`);
  };
  checkLane('ego.lane', family.ego.lane);
  for (const [i, actor] of family.actors.entries()) {
    checkLane(`actors[${i}].lane`, actor.lane);
    const motions = [actor.relativeSpeed, actor.speed, actor.stands].filter((given) => given !== undefined).length;
    if (motions !== 1) fail(`actors[${i}]`, `${motions} of them`, 'one of relativeSpeed, speed and stands');
    if (actor.count !== undefined && actor.spacing === undefined)
      fail(`actors[${i}].spacing`, 'missing', 'the gap in the row [m]');
  }
  for (const [i, ramp] of (family.traffic.ramps ?? []).entries()) {
    checkLane(`traffic.ramps[${i}].lane`, ramp.lane);
    const { kind } = family.road.lanes[ramp.lane]!;
    if (kind !== 'on-ramp' && kind !== 'auxiliary')
      fail(`traffic.ramps[${i}].lane`, `${ramp.lane}, which is ${kind}`, 'a lane of kind on-ramp or auxiliary');
  }
  for (const [i, free] of (family.traffic.free ?? []).entries()) checkLane(`traffic.free[${i}].lane`, free.lane);
  const exits = roadSpec(family).lanes.some(leadsOff);
  if (family.goal === 'exit' && !exits) fail('goal', 'exit', EXIT_EXPECTED);
  if (family.traffic.exitShare !== undefined && !exits)
    fail('traffic.exitShare', family.traffic.exitShare, EXIT_EXPECTED);
  for (const [i, script] of family.scripts.entries()) {
    if (script.actor >= family.actors.length) {
      fail(`scripts[${i}].actor`, script.actor, `an index into actors (${family.actors.length} declared)`);
    }
    if (script.action.kind !== 'brake') checkLane(`scripts[${i}].action.lane`, script.action.lane);
  }
  const unused = names.find((name) => !used.has(name));
  if (unused) fail(`parameters.${unused}`, 'used nowhere', `a parameter that something refers to by "$${unused}"`);
}

type Path = readonly PropertyKey[];

function visitStrings(value: unknown, path: Path, visit: (text: string, path: Path) => void): void {
  if (typeof value === 'string') visit(value, path);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      visitStrings(child, [...path, Array.isArray(value) ? Number(key) : key], visit);
    }
  }
}

function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
