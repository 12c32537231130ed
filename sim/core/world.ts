import { type ContactSolver, createContactSolver } from '../contact/contactSolver.ts';
import { createWrecks, type Wrecks } from '../contact/wrecks.ts';
import { createRoad } from '../road/createRoad.ts';
import type { Road, RoadSpec, WorldPose } from '../road/road.ts';
import { meanProfile } from '../traffic/driverProfile.ts';
import { createInflow, type DriverMix, type InflowSpec, type InflowState } from '../traffic/inflow.ts';
import type { ScriptSpec, ScriptState } from '../traffic/script.ts';
import { surveyTraffic } from '../traffic/surveyTraffic.ts';
import { playTracks, type VehicleTrack } from '../traffic/trackPlayback.ts';
import { addVehicle, createTrafficState, type TrafficState, type VehicleSpec } from '../traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND, type VehicleColumns } from '../traffic/vehicleColumns.ts';
import { type BicycleParameters, MIDSIZE_CAR } from '../vehicle/bicycleParameters.ts';
import type { EgoState } from '../vehicle/egoState.ts';
import { cos, sin } from './deterministicMath.ts';
import type { DriveEvent } from './events.ts';
import { createRandomStream, type RandomStream } from './randomStream.ts';
import { refreshEgoSlot, refreshRoadFrame } from './roadFrame.ts';

/** Everything that defines a world: plain data. The same spec and the same commands give the same bits. */
export interface WorldSpec {
  readonly road: RoadSpec;
  readonly seed: number;
  readonly ego: {
    /** Centre of the box [m]. */
    readonly s: number;
    readonly d: number;
    /** ds/dt and dd/dt [m/s]. */
    readonly speed: number;
    readonly lateralSpeed?: number;
    /** Whether its way leads off by the next exit; through where absent. */
    readonly leavesByExit?: boolean;
    /** Box [m]; the model car's own where absent. */
    readonly length?: number;
    readonly width?: number;
  };
  /** Traffic at the start; ids from 1. */
  readonly vehicles: readonly VehicleSpec[];
  readonly inflow: readonly InflowSpec[];
  readonly driverMix: DriverMix;
  readonly scripts: readonly ScriptSpec[];
  /** Recorded vehicles that are replayed; they leave their track when the ego is in the way. */
  readonly tracks: readonly VehicleTrack[];
}

/**
 * A running world. Made by `createWorld`, changed by `advanceSubstep` and `restoreSnapshot` only, read by drivers,
 * recorder, features and renderer.
 */
export interface World {
  readonly spec: WorldSpec;
  readonly road: Road;
  readonly car: BicycleParameters;
  readonly ego: EgoState;
  /** All vehicles; slot 0 is the ego. */
  readonly vehicles: VehicleColumns;
  /** Vehicles together with their drivers and neighbour tables; the tables are those of the last complete tick. */
  readonly traffic: TrafficState;
  /** Finished ticks. */
  tick: number;
  /** Substep within the running tick, 0..5; 0 means that the tick is complete. */
  substep: number;
  /** Events of the ego since the start, oldest first. */
  readonly events: DriveEvent[];

  readonly scripts: readonly ScriptState[];
  readonly inflow: InflowState;
  readonly arrivals: RandomStream;
  readonly wrecks: Wrecks;
  readonly contact: ContactSolver;
  /** What the event detector remembers between ticks. */
  readonly watch: { egoLane: number; offRoad: boolean; lastRailTick: number; lastNearMissTick: number };
}

/** Slots kept free for vehicles that enter later. */
const SPARE_SLOTS = 400;

/**
 * Builds a world at tick 0.
 * @throws RangeError when the road spec is not usable
 */
export function createWorld(spec: WorldSpec): World {
  const road = createRoad(spec.road);
  const car: BicycleParameters = {
    ...MIDSIZE_CAR,
    length: spec.ego.length ?? MIDSIZE_CAR.length,
    width: spec.ego.width ?? MIDSIZE_CAR.width,
  };
  const traffic = createTrafficState(1 + spec.vehicles.length + spec.tracks.length + SPARE_SLOTS);
  addVehicle(traffic, road, {
    id: 0,
    kind: VEHICLE_KIND.car,
    control: VEHICLE_CONTROL.ego,
    s: spec.ego.s,
    d: spec.ego.d,
    speed: spec.ego.speed,
    length: car.length,
    width: car.width,
    profile: meanProfile('normal'),
    choosesLane: false,
  });
  for (const vehicle of spec.vehicles) addVehicle(traffic, road, vehicle);
  const arrivals = createRandomStream(spec.seed, 'arrivals');
  const firstFreeId = 1 + Math.max(0, ...spec.vehicles.map((v) => v.id), ...spec.tracks.map((t) => t.id));
  const world: World = {
    spec,
    road,
    car,
    ego: startingEgo(road, spec),
    vehicles: traffic.vehicles,
    traffic,
    tick: 0,
    substep: 0,
    events: [],
    scripts: spec.scripts.map((script) => ({ spec: script, phase: 0, hold: 0, speed: 0 })),
    inflow: createInflow(spec.inflow, spec.driverMix, firstFreeId, arrivals),
    arrivals,
    wrecks: createWrecks(),
    contact: createContactSolver(car.length, car.width),
    watch: {
      egoLane: road.laneAt(spec.ego.s, spec.ego.d),
      offRoad: false,
      lastRailTick: -1000,
      lastNearMissTick: -1000,
    },
  };
  playTracks(traffic, road, spec.tracks, 0);
  refreshRoadFrame(world.ego, road);
  refreshEgoSlot(world);
  surveyTraffic(traffic, road);
  return world;
}

function startingEgo(road: Road, spec: WorldSpec): EgoState {
  const pose: WorldPose = { x: 0, y: 0, heading: 0 };
  const { s, d, speed, lateralSpeed = 0 } = spec.ego;
  road.toWorld(s, d, pose);
  // A car that starts in the middle of a lane change points where it goes.
  const forward = speed * (1 - road.curvature(s) * d);
  const total = Math.sqrt(forward * forward + lateralSpeed * lateralSpeed);
  const sine = total > 0.5 ? lateralSpeed / total : 0;
  const headingOffset = sine + (sine * sine * sine) / 6;
  const vx = forward * cos(headingOffset) + lateralSpeed * sin(headingOffset);
  const vy = lateralSpeed * cos(headingOffset) - forward * sin(headingOffset);
  return {
    x: pose.x,
    y: pose.y,
    yaw: pose.heading + headingOffset,
    vx,
    vy,
    yawRate: vx * road.curvature(s),
    steer: 0,
    ax: 0,
    ay: 0,
    s,
    d,
    headingOffset,
    sDot: speed,
    dDot: lateralSpeed,
  };
}
