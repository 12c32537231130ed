import type { Road } from '../../../../sim/road/road.ts';
import { meanProfile } from '../../../../sim/traffic/driverProfile.ts';
import { addVehicle, type TrafficState, type VehicleSpec } from '../../../../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from '../../../../sim/traffic/vehicleColumns.ts';

/** Puts a car with a mean driver on the centre of a lane; returns its slot. @param speed [m/s] */
export function addCar(
  traffic: TrafficState,
  road: Road,
  lane: number,
  s: number,
  speed: number,
  more: Partial<VehicleSpec> = {},
): number {
  return addVehicle(traffic, road, {
    id: traffic.vehicles.count,
    kind: VEHICLE_KIND.car,
    control: VEHICLE_CONTROL.model,
    s,
    d: road.laneCentre(lane),
    speed,
    length: 4.6,
    width: 1.8,
    profile: meanProfile('normal'),
    choosesLane: true,
    ...more,
  });
}
