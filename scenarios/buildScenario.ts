import type { WorldSpec } from '../sim/core/world.ts';
import { createRoad } from '../sim/road/createRoad.ts';
import { MIDSIZE_CAR } from '../sim/vehicle/bicycleParameters.ts';
import { obstructs, placeActors, type Resolve } from './placeActors.ts';
import { type FreeStretch, type JamStretch, populate, sustainingInflow } from './population.ts';
import { findFamily } from './registry.ts';
import { resolveScript } from './resolveScript.ts';
import { roadSpec } from './roadSpec.ts';
import { ScenarioError } from './scenarioError.ts';
import type { GeneratedFamily, Quantity, ScenarioFamily } from './scenarioFamily.ts';
import { formatScenarioId, parseScenarioId } from './scenarioId.ts';

/** What the ego of a scenario is there for; null for keeping going. */
export type ScenarioGoal = 'merge' | 'exit' | null;

/** A scenario with everything decided: build a world from `spec`, drive it for `durationS`. */
export interface Scenario {
  /** Canonical id: parameters at their defaults are left out, the rest in declared order. */
  readonly id: string;
  readonly family: string;
  readonly version: number;
  readonly summary: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly durationS: number;
  readonly goal: ScenarioGoal;
  /** Why some draws of the family cannot be driven without a collision; null where all can. */
  readonly adversarial: string | null;
  readonly spec: WorldSpec;
}

/** Room that the population leaves around each actor [m]. */
const ACTOR_CLEARANCE = 25;

/**
 * Builds the scenario that an id names; the same id gives the same scenario everywhere.
 * @param id such as `cut-in@1?gap=12#7`
 * @param families additional families, found before the bundled ones
 * @throws ScenarioError for a malformed id, an unknown family, version or parameter, or a value out of range
 */
export function buildScenario(id: string, families: readonly ScenarioFamily[] = []): Scenario {
  const parts = parseScenarioId(id);
  const family = findFamily(parts.family, families);
  if (family.version !== parts.version) {
    throw new ScenarioError(
      `scenario id ${id}`,
      'version',
      String(parts.version),
      `${family.version}, the version of ${family.family} known here`,
    );
  }
  if (family.kind === 'log-replay') {
    throw new ScenarioError(
      `scenario id ${id}`,
      'family',
      'log-replay',
      'a generated family; replayed traffic is built from its recording, so give the recording',
    );
  }
  return instantiate(family, parts.parameters, parts.seed);
}

/**
 * Builds a scenario of a family.
 * @param values parameter values as text or numbers; the others take their defaults
 * @throws ScenarioError for an unknown parameter or a value out of range
 */
export function instantiate(
  family: GeneratedFamily,
  values: Readonly<Record<string, string | number>>,
  seed: number,
): Scenario {
  const parameters = resolveParameters(family, values);
  const quantity = (q: Quantity) => resolve(q, parameters);
  const road = roadSpec(family);
  const egoSpeed = quantity(family.ego.speed);
  const ego = {
    s: family.ego.s,
    d: createRoad(road).laneCentre(family.ego.lane),
    speed: egoSpeed,
    ...(family.goal === 'exit' ? { leavesByExit: true } : {}),
  };
  const rows = placeActors(family, quantity, road, egoSpeed);
  const actors = rows.flat();
  const density = quantity(family.traffic.density);
  const free: FreeStretch[] = [
    {
      lane: family.ego.lane,
      from: ego.s - family.traffic.clearBehind - MIDSIZE_CAR.length / 2,
      to: ego.s + family.traffic.clearAhead + MIDSIZE_CAR.length / 2,
    },
    ...rows.flatMap((row, i) =>
      row.map((actor) => ({
        lane: family.actors[i]!.lane,
        from: actor.s - actor.length / 2 - ACTOR_CLEARANCE,
        to: actor.s + actor.length / 2 + ACTOR_CLEARANCE,
      })),
    ),
    ...(family.traffic.free ?? []).map(({ lane, behind, ahead }) => ({
      lane,
      from: ego.s - behind,
      to: ego.s + ahead,
    })),
  ];
  const exitShare = quantity(family.traffic.exitShare ?? 0);
  const ramps = (family.traffic.ramps ?? []).map((ramp) => ({ lane: ramp.lane, density: quantity(ramp.density) }));
  const population = populate(road, {
    density,
    mix: family.traffic.mix,
    seed,
    firstId: 1 + actors.length,
    free,
    ego: { lane: family.ego.lane, s: ego.s, speed: egoSpeed, length: MIDSIZE_CAR.length },
    jams: placeJams(family, quantity),
    ramps,
    exitShare,
    obstacles: rows.flatMap((row, i) => (obstructs(family.actors[i]!) ? row : [])),
  });
  return {
    id: formatScenarioId({
      family: family.family,
      version: family.version,
      parameters: changedFrom(family, parameters),
      seed,
    }),
    family: family.family,
    version: family.version,
    summary: family.summary,
    parameters,
    seed,
    durationS: family.durationS,
    goal: family.goal ?? null,
    adversarial: family.adversarial ?? null,
    spec: {
      road,
      seed,
      ego,
      vehicles: [...actors, ...population],
      inflow: sustainingInflow(createRoad(road), density, ramps, exitShare),
      driverMix: family.traffic.mix,
      scripts: family.scripts.map((script) => resolveScript(script, rows, quantity)),
      tracks: [],
    },
  };
}

function resolveParameters(
  family: GeneratedFamily,
  values: Readonly<Record<string, string | number>>,
): Record<string, number> {
  const source = `scenario ${family.family}@${family.version}`;
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(family.parameters, name)) {
      const known = Object.keys(family.parameters).join(', ') || 'none';
      throw new ScenarioError(source, `parameter ${name}`, 'not known', `one of: ${known}`);
    }
  }
  return Object.fromEntries(
    Object.entries(family.parameters).map(([name, p]) => {
      const given = values[name];
      const value = given === undefined ? p.default : given === '' ? Number.NaN : Number(given);
      if (!(value >= p.min && value <= p.max)) {
        throw new ScenarioError(
          source,
          `parameter ${name}`,
          String(given),
          `a number from ${p.min} to ${p.max} ${p.unit}`.trim(),
        );
      }
      // -0 and 0 are written alike in an id, so they must build alike.
      return [name, value + 0];
    }),
  );
}

function changedFrom(family: GeneratedFamily, parameters: Readonly<Record<string, number>>): Record<string, string> {
  const changed = Object.entries(parameters).filter(([name, value]) => value !== family.parameters[name]!.default);
  return Object.fromEntries(changed.map(([name, value]) => [name, String(value)]));
}

function resolve(quantity: Quantity, parameters: Readonly<Record<string, number>>): number {
  if (typeof quantity === 'number') return quantity;
  const negative = quantity.startsWith('-');
  const value = parameters[quantity.slice(negative ? 2 : 1)]!;
  return negative ? -value : value;
}

function placeJams(family: GeneratedFamily, quantity: Resolve): JamStretch[] {
  const { jams } = family.traffic;
  if (!jams) return [];
  const first = family.ego.s + quantity(jams.first);
  const length = quantity(jams.length);
  const period = length + quantity(jams.spacing);
  return Array.from({ length: Math.round(quantity(jams.count)) }, (_, k) => ({
    from: first + k * period,
    to: first + k * period + length,
    density: quantity(jams.density),
  }));
}
