import { TICK_S } from '../../sim/core/time.ts';
import { type FollowedVehicle, type LaneGrid, laneChangeDurations, timeHeadways } from './distributions.ts';
import { followRing } from './followRing.ts';
import { diagramPoint } from './fundamentalDiagram.ts';
import { ngsimVehicles } from './ngsimData.ts';
import { advanceRing, createRing } from './ring.ts';
import type { Distributions, TrafficFindings } from './trafficFindings.ts';
import { platoonResponse, queueDischarge, sugiyamaRing } from './waves.ts';

/** Densities of the diagram [veh/km/lane]. */
const DENSITIES = [5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 80, 100] as const;
/** US-101: lanes of 12 ft, five of them, 65 mph. */
const DATA_LANES: LaneGrid = { width: 3.6576, count: 5 };
const RING_LANES: LaneGrid = { width: 3.6, count: 5 };
const DATA_LIMIT = 29.06;
/** Lane changes are too rare in one ring: durations are taken from this many. */
const SEEDS = [1, 2, 3] as const;

/** Measures everything. @param dataPath NGSIM file of US-101 */
export async function measureFindings(dataPath: string): Promise<TrafficFindings> {
  const data = await ngsimVehicles(dataPath);
  return {
    diagram: DENSITIES.map((density) => diagramPoint({ density, km: 3, warmUpTicks: 2000, ticks: 2000, seed: 1 })),
    discharge: [1, 2, 3, 4, 5].map(queueDischarge),
    ring: sugiyamaRing(30),
    platoon: [28, 20, 10, 5].map((speed) => ({ speed, ...platoonResponse(speed) })),
    data: describe(data, DATA_LANES),
    simulated: simulatedDistributions(),
  };
}

/** Five lanes at the density at which they are about as fast as US-101 in the data. */
function simulatedDistributions(): Distributions {
  const all = SEEDS.flatMap((seed) => {
    const ring = createRing({
      length: 2000,
      lanes: 5,
      speedLimit: DATA_LIMIT,
      perLane: 84,
      seed,
      mix: { timid: 0.25, normal: 0.5, brisk: 0.22, truck: 0.03 },
    });
    for (let tick = 0; tick < 2000; tick++) advanceRing(ring);
    return [followRing(ring, 600)];
  });
  const each = all.map((vehicles) => describe(vehicles, RING_LANES));
  return {
    meanSpeed: each.reduce((sum, { meanSpeed }) => sum + meanSpeed, 0) / each.length,
    headways: each.flatMap(({ headways }) => headways),
    durations: each.flatMap(({ durations }) => durations),
    changesPerKm: each.reduce((sum, { changesPerKm }) => sum + changesPerKm, 0) / each.length,
  };
}

function describe(vehicles: readonly FollowedVehicle[], lanes: LaneGrid): Distributions {
  let way = 0;
  let samples = 0;
  let changes = 0;
  for (const { d, sDot } of vehicles) {
    for (let k = 0; k < sDot.length; k++) {
      way += sDot[k]! * TICK_S;
      samples++;
      if (k === 0) continue;
      const [before, now] = [Math.floor(-d[k - 1]! / lanes.width), Math.floor(-d[k]! / lanes.width)];
      if (now !== before && Math.min(now, before) >= 0 && Math.max(now, before) < lanes.count) changes++;
    }
  }
  return {
    meanSpeed: way / samples / TICK_S,
    headways: timeHeadways(vehicles, lanes),
    durations: laneChangeDurations(vehicles, lanes),
    changesPerKm: (1000 * changes) / way,
  };
}
