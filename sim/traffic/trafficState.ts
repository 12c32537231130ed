import { finishHash, mixDouble, mixWord } from '../core/stateHash.ts';
import { columnsOf, moveRow } from '../core/typedColumns.ts';
import type { Road } from '../road/road.ts';
import { createDriverColumns, type DriverColumns, LANE_CHOICE, setDriver } from './driverColumns.ts';
import type { DriverProfile } from './driverProfile.ts';
import { createNeighbours, enterOrder, leaveOrder, type Neighbours, unsettle } from './neighbours.ts';
import {
  createVehicleColumns,
  HAZARD_LIGHTS,
  type VehicleColumns,
  type VehicleControl,
  type VehicleKind,
} from './vehicleColumns.ts';

/** A vehicle to be put on the road. */
export interface VehicleSpec {
  readonly id: number;
  readonly kind: VehicleKind;
  readonly control: VehicleControl;
  /** Centre of the box [m]. */
  readonly s: number;
  /** [m]; the lane follows from it. */
  readonly d: number;
  /** ds/dt [m/s]. */
  readonly speed: number;
  readonly length: number;
  readonly width: number;
  readonly profile: DriverProfile;
  /** False when a script decides on its lanes. */
  readonly choosesLane: boolean;
  /** Whether the driver, when it chooses its lanes, leaves by the next exit. */
  readonly leavesByExit?: boolean;
  /** Whether the hazard lights are on; for vehicles that the traffic model does not drive. */
  readonly hazardLights?: boolean;
}

/** Vehicles, drivers and neighbour tables of a world, slot by slot. */
export interface TrafficState {
  readonly vehicles: VehicleColumns;
  readonly drivers: DriverColumns;
  readonly neighbours: Neighbours;
  /**
   * Acceleration that car-following asks for in the coming tick [m/s²]; that of now for vehicles the model does not
   * drive.
   */
  readonly wanted: Float64Array;
}

export function createTrafficState(capacity: number): TrafficState {
  return {
    vehicles: createVehicleColumns(capacity),
    drivers: createDriverColumns(capacity),
    neighbours: createNeighbours(capacity),
    wanted: new Float64Array(capacity),
  };
}

/**
 * Puts a vehicle into the next free slot.
 * @returns its slot
 * @throws RangeError when the columns are full
 */
export function addVehicle(traffic: TrafficState, road: Road, spec: VehicleSpec): number {
  const { vehicles } = traffic;
  if (vehicles.count === vehicles.capacity) throw new RangeError(`traffic: all ${vehicles.capacity} slots are taken`);
  const slot = vehicles.count++;
  vehicles.id[slot] = spec.id;
  vehicles.kind[slot] = spec.kind;
  vehicles.control[slot] = spec.control;
  vehicles.s[slot] = spec.s;
  vehicles.d[slot] = spec.d;
  vehicles.sDot[slot] = spec.speed;
  vehicles.dDot[slot] = 0;
  vehicles.a[slot] = 0;
  vehicles.headingOffset[slot] = 0;
  vehicles.length[slot] = spec.length;
  vehicles.width[slot] = spec.width;
  const lane = road.laneAt(spec.s, spec.d);
  vehicles.lane[slot] = lane;
  vehicles.targetLane[slot] = lane;
  vehicles.indicator[slot] = spec.hazardLights ? HAZARD_LIGHTS : 0;
  vehicles.braking[slot] = 0;
  setDriver(traffic.drivers, slot, spec.profile, laneChoiceOf(spec), road.speedLimit(lane));
  traffic.drivers.fingerprint[slot] = fingerprintOf(spec);
  enterOrder(traffic.neighbours, slot);
  return slot;
}

function fingerprintOf({ id, kind, length, width, profile }: VehicleSpec): number {
  let hash = mixWord(id, kind);
  hash = mixDouble(mixDouble(hash, length), width);
  for (const trait in profile) hash = mixDouble(hash, profile[trait as keyof DriverProfile]);
  return finishHash(hash);
}

function laneChoiceOf({ choosesLane, leavesByExit = false }: VehicleSpec) {
  return choosesLane ? (leavesByExit ? LANE_CHOICE.exit : LANE_CHOICE.through) : LANE_CHOICE.scripted;
}

/** Frees a slot; the last vehicle moves into it. */
export function removeVehicle(traffic: TrafficState, slot: number): void {
  const last = --traffic.vehicles.count;
  if (slot !== last) {
    const { capacity } = traffic.vehicles;
    moveRow(columnsOf(traffic.vehicles), capacity, last, slot);
    moveRow(columnsOf(traffic.drivers), capacity, last, slot);
  }
  leaveOrder(traffic.neighbours, slot, last);
}

/** Lets a vehicle drive towards a lane from now on. */
export function headFor({ vehicles, neighbours }: TrafficState, slot: number, lane: number): void {
  vehicles.targetLane[slot] = lane;
  unsettle(neighbours, slot);
}

/** Slot of the vehicle with this id, or -1. */
export function slotOf(vehicles: VehicleColumns, id: number): number {
  for (let i = 0; i < vehicles.count; i++) if (vehicles.id[i] === id) return i;
  return -1;
}
