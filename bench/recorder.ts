// Cost of recording a drive: `npx tsx bench/recorder.ts [--json]`; without `--json` the result is published.
import { findBaselineDriver } from '../irl/agent/baselineDrivers.ts';
import { quantile } from '../irl/learn/quantile.ts';
import { createRecorder } from '../recordings/recorder.ts';
import { RECORDED_AHEAD, RECORDED_BEHIND } from '../recordings/trafficFrame.ts';
import { TICKS_PER_CHUNK } from '../recordings/writeRecording.ts';
import { populate } from '../scenarios/population.ts';
import { advanceSubstep } from '../sim/core/advanceWorld.ts';
import { hashWorld } from '../sim/core/hashWorld.ts';
import { createWorld, type World, type WorldSpec } from '../sim/core/world.ts';
import { createRoad, mainLane } from '../sim/road/createRoad.ts';
import type { RoadSpec } from '../sim/road/road.ts';
import { neutralCommand } from '../sim/vehicle/egoCommand.ts';
import { publishResult } from './publishResult.ts';

/** 500 vehicles on 10 km of four lanes. */
const DENSITY = 12.5;
const ROAD: RoadSpec = {
  pieces: [{ kind: 'straight', length: 10_000 }],
  lanes: Array.from({ length: 4 }, () => mainLane(3.6, 36)),
  shoulderLeft: 1,
  shoulderRight: 3,
  railLeft: true,
  railRight: true,
};
const MIX = { timid: 0.25, normal: 0.45, brisk: 0.2, truck: 0.1 };
const START_S = 2500;
const TICKS = 510;
/** Drives before the clock counts, so that the compiled code is measured, and while it does. */
const WARM_UP = 5;
const MEASURED = 15;

/** Time spent on one recorded drive. */
interface DriveCost {
  /** Recording of each tick [ms]: `substep` and `part`, with the state hash. */
  readonly ticks: number[];
  /** State hash of each tick [ms], taken once more on its own. */
  readonly hashes: number[];
  /** Start and finish [ms]. */
  ends: number;
  bytes: number;
  recordedVehicles: number;
}

/** Cost of the recorder in a world of 500 vehicles, hot. */
export interface RecorderFigures {
  readonly vehicles: number;
  /** Mean number of vehicles in the recorded stretch around the ego. */
  readonly recordedVehicles: number;
  /**
   * Everything the recorder does in a tick of 0.1 s but the state hash [µs], the mean over a second, at whose end a
   * chunk is compressed: the median of all seconds, and their fastest tenth, since other work shares the machine.
   */
  readonly microsecondsPerTick: number;
  readonly fastestTenthMicrosecondsPerTick: number;
  /** The state hash of the world in a tick [µs], which is not counted above. */
  readonly hashMicrosecondsPerTick: number;
  /** Head, summary and footer, once a drive [µs]. */
  readonly startAndFinishMicroseconds: number;
  readonly bytesPerTick: number;
  readonly ticks: number;
}

/** Measures with the given clock [ms]. */
export function measureRecorder(milliseconds: () => number): RecorderFigures {
  const spec = worldSpec();
  const costs: DriveCost[] = [];
  for (let k = 0; k < WARM_UP + MEASURED; k++) {
    const cost = recordedDrive(spec, milliseconds);
    if (k >= WARM_UP) costs.push(cost);
  }
  const ticks = costs.flatMap((cost) => cost.ticks);
  const hashes = costs.flatMap((cost) => cost.hashes);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const microseconds = (time: number) => Number((time * 1000).toFixed(1));
  // Each tick of the second for itself, so that one that was interrupted does not count for the other nine.
  const withoutHash = (share: number) => {
    const places = Array.from({ length: TICKS_PER_CHUNK }, (_, place) => {
      const same = ticks.filter((_, tick) => tick % TICKS_PER_CHUNK === place);
      return quantile(same, share) - quantile(hashes, share);
    });
    return microseconds(mean(places));
  };
  return {
    vehicles: spec.vehicles.length,
    recordedVehicles: Number(mean(costs.map((cost) => cost.recordedVehicles)).toFixed(1)),
    microsecondsPerTick: withoutHash(0.5),
    fastestTenthMicrosecondsPerTick: withoutHash(0.1),
    hashMicrosecondsPerTick: microseconds(quantile(hashes, 0.5)),
    startAndFinishMicroseconds: Math.round(
      quantile(
        costs.map((cost) => cost.ends),
        0.5,
      ) * 1000,
    ),
    bytesPerTick: Math.round(mean(costs.map((cost) => cost.bytes)) / TICKS),
    ticks: MEASURED * TICKS,
  };
}

function worldSpec(): WorldSpec {
  const free = [{ lane: 1, from: START_S - 60, to: START_S + 400 }];
  return {
    road: ROAD,
    seed: 1,
    ego: { s: START_S, d: createRoad(ROAD).laneCentre(1), speed: 28 },
    vehicles: populate(ROAD, { density: DENSITY, mix: MIX, seed: 1, firstId: 1, free }),
    inflow: [],
    driverMix: MIX,
    scripts: [],
    tracks: [],
  };
}

/** Drives among the traffic; the clock runs only while the recorder or the hash works. */
function recordedDrive(spec: WorldSpec, milliseconds: () => number): DriveCost {
  const world = createWorld(spec);
  const driver = findBaselineDriver('idm-mobil').create();
  driver.start(world);
  const cost: DriveCost = { ticks: [], hashes: [], ends: 0, bytes: 0, recordedVehicles: 0 };
  const start = milliseconds();
  const recorder = createRecorder(world, {
    scenarioId: 'dense@1#1',
    driverLabel: 'baseline',
    driverName: driver.name,
    device: 'program',
    startedAt: '2026-01-01T00:00:00.000Z',
  });
  cost.ends += milliseconds() - start;
  const command = neutralCommand();
  for (let tick = 0; tick < TICKS; tick++) {
    let recording = 0;
    do {
      driver.command(world, command);
      advanceSubstep(world, command);
      if (world.substep === 0) {
        // Twice, so that the one on the clock finds the caches as the recorder's own does.
        hashWorld(world);
        const start = milliseconds();
        hashWorld(world);
        cost.hashes.push(milliseconds() - start);
      }
      const start = milliseconds();
      recorder.substep(world, command, { device: 'program' });
      cost.bytes += recorder.part()?.length ?? 0;
      recording += milliseconds() - start;
    } while (world.substep !== 0);
    cost.ticks.push(recording);
    cost.recordedVehicles += recordedVehicles(world) / TICKS;
  }
  const before = milliseconds();
  cost.bytes += recorder.finish().length;
  cost.ends += milliseconds() - before;
  return cost;
}

function recordedVehicles({ vehicles, ego }: World): number {
  let count = 0;
  for (let slot = 1; slot < vehicles.count; slot++) {
    const ahead = vehicles.s[slot]! - ego.s;
    if (ahead <= RECORDED_AHEAD && ahead >= -RECORDED_BEHIND) count++;
  }
  return count;
}

if (process.argv[1]?.endsWith('recorder.ts')) {
  publishResult('recorder', { ...measureRecorder(() => performance.now()) });
}
