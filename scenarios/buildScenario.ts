import type { WorldSpec } from '../sim/core/world.ts';
import { createRoad, mainLane } from '../sim/road/createRoad.ts';
import type { LaneSpec, RoadSpec } from '../sim/road/road.ts';
import { type DriverProfile, meanProfile } from '../sim/traffic/driverProfile.ts';
import type { ScriptAction, ScriptSpec } from '../sim/traffic/script.ts';
import type { VehicleSpec } from '../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from '../sim/traffic/vehicleColumns.ts';
import { MIDSIZE_CAR } from '../sim/vehicle/bicycleParameters.ts';
import { type FreeStretch, populate, sustainingInflow } from './population.ts';
import { findFamily } from './registry.ts';
import { ScenarioError } from './scenarioError.ts';
import type { GeneratedFamily, Quantity, ScenarioFamily } from './scenarioFamily.ts';
import { formatScenarioId, parseScenarioId } from './scenarioId.ts';

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
  readonly spec: WorldSpec;
}

/** Scripted actors are able to keep up with any ego. */
const ACTOR: DriverProfile = { ...meanProfile('brisk'), speedFactor: 1.6 };
const ACTOR_SIZE = {
  car: { kind: VEHICLE_KIND.car, length: 4.7, width: 1.85 },
  truck: { kind: VEHICLE_KIND.truck, length: 13, width: 2.5 },
} as const;
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
  const ego = { s: family.ego.s, d: createRoad(road).laneCentre(family.ego.lane), speed: egoSpeed };
  const actors = placeActors(family, parameters, road, egoSpeed);
  const density = quantity(family.traffic.density);
  const free: FreeStretch[] = [
    {
      lane: family.ego.lane,
      from: ego.s - family.traffic.clearBehind - MIDSIZE_CAR.length / 2,
      to: ego.s + family.traffic.clearAhead + MIDSIZE_CAR.length / 2,
    },
    ...actors.map((actor, i) => ({
      lane: family.actors[i]!.lane,
      from: actor.s - actor.length / 2 - ACTOR_CLEARANCE,
      to: actor.s + actor.length / 2 + ACTOR_CLEARANCE,
    })),
  ];
  const population = populate(road, { density, mix: family.traffic.mix, seed, firstId: 1 + actors.length, free });
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
    spec: {
      road,
      seed,
      ego,
      vehicles: [...actors, ...population],
      inflow: sustainingInflow(createRoad(road), density),
      driverMix: family.traffic.mix,
      scripts: family.scripts.map((script) => resolveScript(script, parameters)),
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
    if (!(name in family.parameters)) {
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

function roadSpec(family: GeneratedFamily): RoadSpec {
  const lanes = family.road.lanes.map((lane): LaneSpec => {
    const main = mainLane(lane.width, lane.speedLimit);
    return {
      ...main,
      kind: lane.kind,
      from: lane.from ?? main.from,
      to: lane.to ?? main.to,
      openFrom: lane.openFrom ?? main.openFrom,
      openTo: lane.openTo ?? main.openTo,
    };
  });
  return { ...family.road, lanes };
}

function placeActors(
  family: GeneratedFamily,
  parameters: Readonly<Record<string, number>>,
  spec: RoadSpec,
  egoSpeed: number,
): VehicleSpec[] {
  const road = createRoad(spec);
  return family.actors.map((actor, i) => {
    const size = ACTOR_SIZE[actor.kind];
    const gap = resolve(actor.gap, parameters);
    const reach = (size.length + MIDSIZE_CAR.length) / 2;
    return {
      id: 1 + i,
      ...size,
      control: VEHICLE_CONTROL.model,
      s: family.ego.s + gap + (gap >= 0 ? reach : -reach),
      d: road.laneCentre(actor.lane),
      speed: Math.max(0, egoSpeed + resolve(actor.relativeSpeed, parameters)),
      profile: ACTOR,
      choosesLane: false,
    };
  });
}

function resolveScript(
  script: GeneratedFamily['scripts'][number],
  parameters: Readonly<Record<string, number>>,
): ScriptSpec {
  const quantity = (q: Quantity) => resolve(q, parameters);
  const { trigger, action } = script;
  const resolvedAction: ScriptAction =
    action.kind === 'cut-in'
      ? {
          kind: 'cut-in',
          lane: action.lane,
          relativeSpeed: quantity(action.relativeSpeed),
          holdS: quantity(action.holdS),
        }
      : {
          kind: 'brake',
          deceleration: quantity(action.deceleration),
          untilSpeed: quantity(action.untilSpeed),
          holdS: quantity(action.holdS),
        };
  return {
    actor: 1 + script.actor,
    keepGap: script.keepGap === undefined ? null : quantity(script.keepGap),
    trigger:
      trigger.kind === 'time'
        ? { kind: 'time', at: quantity(trigger.at) }
        : { kind: 'gap-below', gap: quantity(trigger.gap) },
    action: resolvedAction,
  };
}
