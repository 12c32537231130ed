import { populate } from '../scenarios/population.ts';
import { createRoad, mainLane } from '../sim/road/createRoad.ts';
import type { RoadSpec } from '../sim/road/road.ts';
import { decideTraffic, moveTraffic } from '../sim/traffic/trafficModel.ts';
import { addVehicle, createTrafficState, type TrafficState } from '../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL } from '../sim/traffic/vehicleColumns.ts';

/** Density of the benchmark [veh/km/lane]: 500 vehicles on 10 km of four lanes. */
const DENSITY = 12.5;
const LANES = 4;
/** Updates that are run before the clock starts, and while it runs. */
const WARM_UP = 400_000;
const MEASURED = 1_000_000;

/** Speed of the traffic model at one size. */
export interface TrafficSpeed {
  readonly vehicles: number;
  /** One vehicle moved through one tick of 0.1 s is one update. */
  readonly updatesPerCpuSecond: number;
  readonly lateral: 'continuous';
}

/** A ring would never end; here vehicles that pass the end are put back to the start of their lane, speeds unchanged. */
function recycle(traffic: TrafficState, length: number): void {
  const { vehicles } = traffic;
  for (let i = 0; i < vehicles.count; i++) {
    if (vehicles.s[i]! > length) vehicles.s[i] = vehicles.s[i]! - length;
  }
}

/**
 * Runs traffic alone (IDM, MOBIL, continuous lateral motion, no ego) on a straight road of four lanes.
 * @param vehicles wanted number; the population comes within a few of it
 * @param cpuSeconds reads the CPU time used by this process so far [s]
 */
export function measureTraffic(vehicles: number, cpuSeconds: () => number): TrafficSpeed {
  const length = (vehicles / LANES / DENSITY) * 1000;
  const spec: RoadSpec = {
    pieces: [{ kind: 'straight', length }],
    lanes: Array.from({ length: LANES }, () => mainLane(3.6, 36)),
    shoulderLeft: 1,
    shoulderRight: 3,
    railLeft: true,
    railRight: true,
  };
  const road = createRoad(spec);
  const mix = { timid: 0.25, normal: 0.45, brisk: 0.2, truck: 0.1 };
  const population = populate(spec, { density: DENSITY, mix, seed: 1, firstId: 1, free: [] });
  const traffic = createTrafficState(population.length, road);
  for (const vehicle of population) addVehicle(traffic, road, { ...vehicle, control: VEHICLE_CONTROL.model });
  const run = (from: number, updates: number) => {
    const ticks = Math.ceil(updates / population.length);
    for (let tick = from; tick < from + ticks; tick++) {
      decideTraffic(traffic, road, tick);
      moveTraffic(traffic, road);
      if (tick % 10 === 0) recycle(traffic, length);
    }
    return ticks;
  };
  const warm = run(0, WARM_UP);
  const before = cpuSeconds();
  const ticks = run(warm, MEASURED);
  const seconds = cpuSeconds() - before;
  return {
    vehicles: population.length,
    updatesPerCpuSecond: (ticks * population.length) / seconds,
    lateral: 'continuous',
  };
}
