import { TICK_S } from '../../sim/core/time.ts';
import { meanProfile } from '../../sim/traffic/driverProfile.ts';
import { type FollowedVehicle, type LaneGrid, laneChangeDurations, timeHeadways } from './distributions.ts';
import { followRing } from './followRing.ts';
import { type DiagramPoint, type DiagramRun, diagramPoint } from './fundamentalDiagram.ts';
import { MERGE_SEEDS, MERGES, mergePoint } from './merges.ts';
import { ngsimVehicles } from './ngsimData.ts';
import { advanceRing, createRing, USUAL_MIX } from './ring.ts';
import type { Distributions, PopulationSpeeds, SimulatedFindings } from './trafficFindings.ts';
import { platoonResponse, queueDischarge, sugiyamaRing } from './waves.ts';

/** Densities of the diagram, and those at which populations are compared [veh/km/lane]. */
const DENSITIES = [5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 80, 100] as const;
const COMPARED = [5, 15, 25, 30] as const;
/** US-101: lanes of 12 ft, five of them, 65 mph. */
const DATA_LANES: LaneGrid = { width: 3.6576, count: 5 };
const RING_LANES: LaneGrid = { width: 3.6, count: 5 };
const DATA_LIMIT = 29.06;
/** What each is run with; lane changes are too rare in one ring, so their durations are taken from several. */
export const SEEDS = {
  diagram: [1],
  discharge: [1, 2, 3, 4, 5],
  distributions: [1, 2, 3],
  merges: MERGE_SEEDS,
} as const;

/** Measures everything that needs no data. */
export function measureSimulated(): SimulatedFindings {
  const diagram = DENSITIES.map((density) => diagramPoint(run(density)));
  return {
    diagram,
    speeds: COMPARED.map((density) => populationSpeeds(density, diagram)),
    merges: MERGES.flatMap(({ family, densities }) =>
      densities.map((density) => mergePoint(family, density, SEEDS.merges)),
    ),
    discharge: SEEDS.discharge.map(queueDischarge),
    ring: sugiyamaRing(30),
    platoon: [28, 20, 10, 5].map((speed) => ({ speed, ...platoonResponse(speed) })),
    simulated: simulatedDistributions(),
  };
}

/** Measures a file of US-101 in the same way. @param dataPath NGSIM file, csv or txt */
export async function measureData(dataPath: string): Promise<Distributions> {
  return describe(await ngsimVehicles(dataPath), DATA_LANES);
}

function run(density: number): DiagramRun {
  return { density, km: 3, warmUpTicks: 2000, ticks: 2000, seed: SEEDS.diagram[0] };
}

function populationSpeeds(density: number, diagram: readonly DiagramPoint[]): PopulationSpeeds {
  const driver = { profile: meanProfile('normal'), length: 4.6, width: 1.82 };
  return {
    density,
    identical: diagramPoint({ ...run(density), driver }).speed,
    withoutTrucks: diagramPoint({ ...run(density), mix: { ...USUAL_MIX, truck: 0 } }).speed,
    usual: diagram.find((point) => point.density === density)!.speed,
  };
}

/** Five lanes at the density at which they are about as fast as US-101 in the data. */
function simulatedDistributions(): Distributions {
  const all = SEEDS.distributions.flatMap((seed) => {
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
