// Speed of the traffic: `understudy bench traffic`, or, at four sizes into bench/results/traffic.json, npx tsx
// bench/traffic.ts
import { findBaselineDriver } from '../irl/agent/baselineDrivers.ts';
import { createPrediction } from '../irl/features/createPrediction.ts';
import { evaluateFeatures } from '../irl/features/evaluateFeatures.ts';
import { emptyMotion, MOTION_SAMPLES } from '../irl/features/motion.ts';
import { FEATURE_COUNT } from '../irl/features/registry.ts';
import { sceneFromWorld } from '../irl/features/sceneFromWorld.ts';
import { createRecorder } from '../recordings/recorder.ts';
import { populate } from '../scenarios/population.ts';
import { advanceSubstep } from '../sim/core/advanceWorld.ts';
import { TICK_S } from '../sim/core/time.ts';
import { createWorld, type World, type WorldSpec } from '../sim/core/world.ts';
import { createRoad, mainLane } from '../sim/road/createRoad.ts';
import type { LaneSpec, RoadSpec } from '../sim/road/road.ts';
import { surveyTraffic } from '../sim/traffic/surveyTraffic.ts';
import { decideTraffic, moveTraffic } from '../sim/traffic/trafficModel.ts';
import { addVehicle, createTrafficState } from '../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL } from '../sim/traffic/vehicleColumns.ts';
import { neutralCommand } from '../sim/vehicle/egoCommand.ts';
import { publishResult } from './publishResult.ts';

/** Density of the benchmark [veh/km/lane]: 500 vehicles on 10 km of four lanes. */
const DENSITY = 12.5;
const LANES = 4;
/** The road goes on for so many times its populated length; nobody is faster than this on average [m/s]. */
const WAY_BEYOND = 2;
const FASTEST = 45;
/**
 * Ticks after which another population sets out, four minutes; sooner where these are more updates than that, but not
 * before half a minute.
 */
const LONGEST_DRIVE = 2400;
const ENOUGH_UPDATES = 4_000_000;
const SHORTEST_DRIVE = 300;
/** Updates that are run before the clock starts, so that compiled code is measured, and while it runs. */
const WARM_UP = 8_000_000;
const MEASURED = 64_000_000;
/** Ticks of one recorded drive: five windows of features. Its traffic is then still all on the road. */
const RECORDED_TICKS = 5 * MOTION_SAMPLES;
/**
 * Updates of such drives before the clock starts, and while it runs. Much more code takes part than in traffic alone:
 * the engine is done with compiling it after some 150 drives.
 */
const RECORDED_WARM_UP = 24_000_000;
const RECORDED_MEASURED = 32_000_000;

/** What a program reports as its device. */
const PROGRAM_INPUT = { device: 'program' } as const;

/** Speeds of one size. */
interface Speeds {
  /** One vehicle moved through one tick of 0.1 s is one update. */
  readonly updatesPerCpuSecond: number;
  /** The same in a whole world with an ego, every tick recorded and hashed, and the features of each 5 s evaluated. */
  readonly withRecorderAndFeatures: number;
}

/** Speed of the traffic model at one size, over all drives. */
export interface TrafficSpeed extends Speeds {
  readonly vehicles: number;
  /** Updates per CPU second of the traffic alone where a ramp joins the road within its first km. */
  readonly besideRamp: number;
  readonly lateral: 'continuous';
  /** ... and of the fastest one: whatever else runs on a machine only slows it. */
  readonly fastest: Speeds;
}

/** Updates and CPU time [s] of drives. */
class Clocked {
  #updates = 0;
  #seconds = 0;
  #fastest = 0;

  add(updates: number, seconds: number): void {
    this.#updates += updates;
    this.#seconds += seconds;
    this.#fastest = Math.max(this.#fastest, updates / seconds);
  }

  get fastest(): number {
    return this.#fastest;
  }

  get mean(): number {
    return this.#updates / this.#seconds;
  }
}

/**
 * Measures IDM, MOBIL and continuous lateral motion on a straight road of four lanes, alone and with everything on.
 * @param vehicles wanted number; the population comes within a few of it
 * @param cpuSeconds reads the CPU time used by this process so far [s]
 */
export function measureTraffic(vehicles: number, cpuSeconds: () => number): TrafficSpeed {
  const { count, alone } = measureAlone(vehicles, cpuSeconds);
  const besideRamp = measureAlone(vehicles, cpuSeconds, [RAMP]).alone.mean;
  const recorded = measureRecorded(vehicles, cpuSeconds);
  return {
    vehicles: count,
    updatesPerCpuSecond: alone.mean,
    besideRamp,
    withRecorderAndFeatures: recorded.mean,
    lateral: 'continuous',
    fastest: { updatesPerCpuSecond: alone.fastest, withRecorderAndFeatures: recorded.fastest },
  };
}

/** Four straight lanes that hold so many vehicles at the density, or `share` times as long. */
function roadFor(vehicles: number, share = 1): RoadSpec {
  return {
    pieces: [{ kind: 'straight', length: share * (vehicles / LANES / DENSITY) * 1000 }],
    lanes: Array.from({ length: LANES }, () => mainLane(3.6, 36)),
    shoulderLeft: 1,
    shoulderRight: 3,
    railLeft: true,
    railRight: true,
  };
}

/** A ramp that joins the road; nobody comes in by it, but everybody has to mind it. */
const RAMP: LaneSpec = { ...mainLane(3.6, 28), kind: 'on-ramp', from: 300, to: 1000, openFrom: 640, openTo: 1000 };

const MIX = { timid: 0.25, normal: 0.45, brisk: 0.2, truck: 0.1 };

/** Drives through the same traffic, recorded, with the features of every window; building the worlds is not counted. */
function measureRecorded(vehicles: number, cpuSeconds: () => number): Clocked {
  const road = roadFor(vehicles);
  const s = createRoad(road).length / 4;
  const free = [{ lane: 1, from: s - 60, to: s + 400 }];
  const spec: WorldSpec = {
    road,
    seed: 1,
    ego: { s, d: createRoad(road).laneCentre(1), speed: 28 },
    vehicles: populate(road, { density: DENSITY, mix: MIX, seed: 1, firstId: 1, free }),
    inflow: [],
    driverMix: MIX,
    scripts: [],
    tracks: [],
  };
  const drives = (wanted: number) => {
    const clocked = new Clocked();
    for (let done = 0; done < wanted; ) {
      const world = createWorld(spec);
      const before = cpuSeconds();
      const updates = recordDrive(world);
      clocked.add(updates, cpuSeconds() - before);
      done += updates;
    }
    return clocked;
  };
  drives(RECORDED_WARM_UP);
  return drives(RECORDED_MEASURED);
}

/** One drive with everything on. @returns vehicle updates in it */
function recordDrive(world: World): number {
  const driver = findBaselineDriver('idm-mobil').create();
  driver.start(world);
  const recorder = createRecorder(world, {
    scenarioId: 'dense@1#1',
    driverLabel: 'baseline',
    driverName: driver.name,
    device: 'program',
    startedAt: '',
  });
  const command = neutralCommand();
  const motion = emptyMotion();
  const values = new Float64Array(FEATURE_COUNT);
  let updates = 0;
  for (let tick = 0; tick < RECORDED_TICKS; tick++) {
    updates += world.vehicles.count - 1;
    do {
      driver.command(world, command);
      advanceSubstep(world, command);
      recorder.substep(world, command, PROGRAM_INPUT);
    } while (world.substep !== 0);
    const k = tick % MOTION_SAMPLES;
    motion.s[k] = world.ego.s;
    motion.d[k] = world.ego.d;
    motion.sDot[k] = world.ego.sDot;
    motion.dDot[k] = world.ego.dDot;
    if (k === MOTION_SAMPLES - 1) {
      evaluateFeatures(motion, createPrediction(sceneFromWorld(world, 0, 0)), values);
      recorder.part();
    }
  }
  recorder.finish();
  return updates;
}

/**
 * Lets one population after the other drive along the road and beyond, so that nobody leaves and the density hardly
 * changes; putting them on the road is not counted.
 */
function measureAlone(
  vehicles: number,
  cpuSeconds: () => number,
  ramps: readonly LaneSpec[] = [],
): { readonly count: number; readonly alone: Clocked } {
  const start = roadFor(vehicles);
  const long = roadFor(vehicles, 1 + WAY_BEYOND);
  const road = createRoad({ ...long, lanes: [...long.lanes, ...ramps] });
  const population = populate(start, { density: DENSITY, mix: MIX, seed: 1, firstId: 1, free: [] });
  const ticks = Math.min(
    LONGEST_DRIVE,
    Math.floor((WAY_BEYOND * createRoad(start).length) / FASTEST / TICK_S),
    Math.max(SHORTEST_DRIVE, Math.ceil(ENOUGH_UPDATES / population.length)),
  );
  const drives = (updates: number) => {
    const clocked = new Clocked();
    for (let done = 0; done < updates; done += ticks * population.length) {
      const traffic = createTrafficState(population.length);
      for (const vehicle of population) addVehicle(traffic, road, { ...vehicle, control: VEHICLE_CONTROL.model });
      const before = cpuSeconds();
      for (let tick = 0; tick < ticks; tick++) {
        surveyTraffic(traffic, road);
        decideTraffic(traffic, road, tick);
        moveTraffic(traffic, road);
      }
      clocked.add(ticks * population.length, cpuSeconds() - before);
    }
    return clocked;
  };
  drives(WARM_UP);
  return { count: population.length, alone: drives(MEASURED) };
}

if (process.argv[1]?.endsWith('traffic.ts')) {
  const cpuSeconds = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  publishResult('traffic', {
    results: [50, 500, 5000, 50_000].map((vehicles) => measureTraffic(vehicles, cpuSeconds)),
  });
}
