import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../../sim/core/typedColumns.ts';
import { createRoad, mainLane } from '../../../../sim/road/createRoad.ts';
import { meanProfile } from '../../../../sim/traffic/driverProfile.ts';
import {
  addVehicle,
  createTrafficState,
  removeVehicle,
  type VehicleSpec,
} from '../../../../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from '../../../../sim/traffic/vehicleColumns.ts';

const road = createRoad({
  pieces: [{ kind: 'straight', length: 1000 }],
  lanes: [mainLane(3.6, 30), mainLane(3.6, 30)],
  shoulderLeft: 1,
  shoulderRight: 3,
  railLeft: true,
  railRight: true,
});
const truck: VehicleSpec = {
  id: 7,
  kind: VEHICLE_KIND.truck,
  control: VEHICLE_CONTROL.model,
  s: 120,
  d: road.laneCentre(1),
  speed: 22,
  length: 12,
  width: 2.5,
  profile: meanProfile('truck'),
  choosesLane: true,
};

describe('addVehicle', () => {
  it('leaves nothing of the vehicle that had the slot before', () => {
    const fresh = createTrafficState(1);
    addVehicle(fresh, road, truck);
    const reused = createTrafficState(1);
    addVehicle(reused, road, { ...truck, id: 3, profile: meanProfile('timid'), hazardLights: true });
    for (const column of [...columnsOf(reused.vehicles), ...columnsOf(reused.drivers)]) column.fill(1);
    removeVehicle(reused, 0);
    addVehicle(reused, road, truck);
    expect(reused.vehicles).toEqual(fresh.vehicles);
    expect(reused.drivers).toEqual(fresh.drivers);
  });

  it('refuses a vehicle when every slot is taken', () => {
    const full = createTrafficState(1);
    addVehicle(full, road, truck);
    expect(() => addVehicle(full, road, { ...truck, id: 8 })).toThrow('all 1 slots are taken');
  });
});
