import { createRoad } from '../sim/road/createRoad.ts';
import type { RoadSpec } from '../sim/road/road.ts';
import { type DriverProfile, meanProfile } from '../sim/traffic/driverProfile.ts';
import type { VehicleSpec } from '../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from '../sim/traffic/vehicleColumns.ts';
import { MIDSIZE_CAR } from '../sim/vehicle/bicycleParameters.ts';
import type { GeneratedFamily, Quantity } from './scenarioFamily.ts';

/** Scripted actors are able to keep up with any ego; the tempo of their lane changes does not depend on a type of driver. */
const ACTOR: DriverProfile = { ...meanProfile('brisk'), speedFactor: 1.6, lateralTempo: 1 };
const ACTOR_SIZE = {
  car: { kind: VEHICLE_KIND.car, length: 4.7, width: 1.85 },
  truck: { kind: VEHICLE_KIND.truck, length: 13, width: 2.5 },
} as const;
/** Value of a quantity under the parameters of a scenario. */
export type Resolve = (quantity: Quantity) => number;
type ActorFamily = GeneratedFamily['actors'][number];

/** Actors whose slowness the population has to foresee; the others drive about as fast as the ego. */
export function obstructs(actor: ActorFamily): boolean {
  return actor.stands === true || actor.speed !== undefined || actor.count !== undefined;
}

/**
 * The vehicles of each actor, nearest to the ego first; ids from 1.
 * @param egoSpeed [m/s]
 * @returns shape: [actors][vehicles in the row]
 */
export function placeActors(
  family: GeneratedFamily,
  quantity: Resolve,
  spec: RoadSpec,
  egoSpeed: number,
): VehicleSpec[][] {
  const road = createRoad(spec);
  let id = 1;
  return family.actors.map((actor) => {
    const size = ACTOR_SIZE[actor.kind];
    const gap = quantity(actor.gap);
    const reach = (size.length + MIDSIZE_CAR.length) / 2;
    const first = family.ego.s + gap + (gap >= 0 ? reach : -reach);
    const pitch = actor.spacing === undefined ? 0 : quantity(actor.spacing) + size.length;
    const speed = actor.speed === undefined ? egoSpeed + quantity(actor.relativeSpeed ?? 0) : quantity(actor.speed);
    const count = actor.count === undefined ? 1 : Math.round(quantity(actor.count));
    return Array.from({ length: count }, (_, k) => ({
      id: id++,
      ...size,
      control: actor.stands ? VEHICLE_CONTROL.standing : VEHICLE_CONTROL.model,
      s: first + k * pitch,
      d: road.laneCentre(actor.lane),
      speed: actor.stands ? 0 : Math.max(0, speed),
      profile: actorProfile(actor, quantity),
      choosesLane: actor.choosesLane ?? false,
      ...(actor.stands ? { hazardLights: true } : {}),
    }));
  });
}

function actorProfile({ driver }: ActorFamily, quantity: Resolve): DriverProfile {
  if (!driver) return ACTOR;
  const { type, timeHeadway, speedFactor, speedCap } = driver;
  return {
    ...meanProfile(type),
    ...(timeHeadway === undefined ? {} : { timeHeadway: quantity(timeHeadway) }),
    ...(speedFactor === undefined ? {} : { speedFactor: quantity(speedFactor) }),
    ...(speedCap === undefined ? {} : { speedCap: quantity(speedCap) }),
  };
}
