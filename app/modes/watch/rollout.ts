import type { Decision } from '../../../irl/agent/decision.ts';
import { advanceSubstep } from '../../../sim/core/advanceWorld.ts';
import type { Driver } from '../../../sim/core/driver.ts';
import type { DriveEvent } from '../../../sim/core/events.ts';
import { restoreSnapshot, type Snapshot, takeSnapshot } from '../../../sim/core/snapshot.ts';
import { SUBSTEPS_PER_TICK } from '../../../sim/core/time.ts';
import { createWorld, type World, type WorldSpec } from '../../../sim/core/world.ts';
import { type EgoCommand, neutralCommand } from '../../../sim/vehicle/egoCommand.ts';
import { captureVehicles, createViewVehicles, type ViewVehicles } from '../../../sim/view/viewVehicles.ts';
import { copyPose, type EgoPose, emptyPose } from '../drive/egoPose.ts';
import { emptyReading, readEgo } from '../drive/roadReading.ts';

/** Ticks between two snapshots; a branch re-simulates at most this many from the recorded commands. */
const SNAPSHOT_TICKS = 10;
/** Headways beyond this are not shown [s]. */
export const LONGEST_SHOWN_HEADWAY_S = 8;

/** Who holds the wheel from a tick on. */
interface Hands {
  readonly fromTick: number;
  readonly driver: Driver;
}

/**
 * A world that is simulated ahead and remembered: every tick can be shown again, and from every tick it can go on in
 * another way. Knows no DOM and no clock.
 */
export class Rollout {
  readonly world: World;
  /** Length in ticks. */
  readonly ticks: number;
  /** Speed [m/s], acceleration [m/s²] and headway to the leader [s, NaN without one] by tick. Shapes: [ticks + 1]. */
  readonly speed: Float64Array;
  readonly acceleration: Float64Array;
  readonly headway: Float64Array;
  /** Pose of the ego before the last substep, for drawing a run that is under somebody's hands. */
  readonly before: EgoPose = emptyPose();
  /** How often the run has been branched: what was known of later ticks and events then became void. */
  branches = 0;
  #head = 0;
  #hands: Hands[];
  readonly #frames: ViewVehicles[] = [];
  readonly #poses: EgoPose[] = [];
  readonly #snapshots: Snapshot[] = [];
  readonly #command = neutralCommand();
  readonly #steer: Float64Array;
  readonly #throttle: Float64Array;
  readonly #brake: Float64Array;
  readonly #indicator: Int8Array;
  readonly #reading = emptyReading();
  readonly #onDecision: (decision: Decision) => void;
  #lastDecision: Decision | null = null;

  /**
   * @param ticks length of the rollout
   * @param onDecision told of every decision of a driver that shows its decisions
   */
  constructor(spec: WorldSpec, ticks: number, driver: Driver, onDecision: (decision: Decision) => void = () => {}) {
    this.world = createWorld(spec);
    this.ticks = ticks;
    this.#onDecision = onDecision;
    this.#hands = [{ fromTick: 0, driver }];
    this.speed = new Float64Array(ticks + 1);
    this.acceleration = new Float64Array(ticks + 1);
    this.headway = new Float64Array(ticks + 1);
    this.#steer = new Float64Array(ticks * SUBSTEPS_PER_TICK);
    this.#throttle = new Float64Array(ticks * SUBSTEPS_PER_TICK);
    this.#brake = new Float64Array(ticks * SUBSTEPS_PER_TICK);
    this.#indicator = new Int8Array(ticks * SUBSTEPS_PER_TICK);
    driver.start(this.world);
    this.#capture();
  }

  /** The last simulated tick. */
  get head(): number {
    return this.#head;
  }

  get complete(): boolean {
    return this.#head >= this.ticks;
  }

  /** Who drives at the head. */
  get driver(): Driver {
    return this.#hands.at(-1)!.driver;
  }

  /** The command of the last substep. */
  get command(): Readonly<EgoCommand> {
    return this.#command;
  }

  /** Who drove in a tick. */
  driverAt(tick: number): Driver {
    return this.#hands.findLast((hands) => hands.fromTick <= tick)!.driver;
  }

  /** Events up to the head, oldest first. */
  get events(): readonly DriveEvent[] {
    return this.world.events;
  }

  /** The vehicles at a simulated tick. */
  frame(tick: number): ViewVehicles {
    return this.#frames[tick]!;
  }

  /** The ego at a simulated tick. */
  pose(tick: number): Readonly<EgoPose> {
    return this.#poses[tick]!;
  }

  /** Simulates one substep under the present driver; at the end of a tick everything is remembered. */
  substep(): void {
    if (this.complete) return;
    const { world } = this;
    const { driver } = this;
    copyPose(world.ego, this.before);
    driver.command(world, this.#command);
    this.#noteDecision(driver);
    const row = this.#head * SUBSTEPS_PER_TICK + world.substep;
    this.#steer[row] = this.#command.steer;
    this.#throttle[row] = this.#command.throttle;
    this.#brake[row] = this.#command.brake;
    this.#indicator[row] = this.#command.indicator;
    advanceSubstep(world, this.#command);
    if (world.substep !== 0) return;
    this.#head = world.tick;
    this.#capture();
  }

  /** Simulates up to the end of the tick that is under way, or one whole tick. */
  tick(): void {
    do this.substep();
    while (this.world.substep !== 0);
  }

  /**
   * Forgets everything after a tick and lets somebody drive from there. The world comes back to the same bits: it is
   * restored from the snapshot before and driven on with the remembered commands.
   * @param tick not after the head
   */
  branch(tick: number, driver: Driver): void {
    if (tick < 0 || tick > this.#head) {
      throw new RangeError(`rollout: cannot branch at tick ${tick}; expected one from 0 to ${this.#head}`);
    }
    this.branches++;
    const { world } = this;
    const snapshot = this.#snapshots[Math.floor(tick / SNAPSHOT_TICKS)]!;
    const before = this.#hands.filter((hands) => hands.fromTick < tick || hands.fromTick === 0);
    restoreSnapshot(world, snapshot);
    while (world.tick < tick) {
      this.#noteTakeOver(before, world.tick);
      this.#replaySubstep();
    }
    this.#noteTakeOver(before, tick);
    this.#head = tick;
    this.#frames.length = tick + 1;
    this.#poses.length = tick + 1;
    this.#snapshots.length = Math.floor(tick / SNAPSHOT_TICKS) + 1;
    const changed = driver !== before.at(-1)?.driver;
    this.#hands = tick === 0 ? [{ fromTick: 0, driver }] : changed ? [...before, { fromTick: tick, driver }] : before;
    if (changed && tick > 0) world.events.push({ tick, kind: 'take-over', driver: driver.name });
    this.#lastDecision = null;
    copyPose(world.ego, this.before);
    driver.start(world);
  }

  #replaySubstep(): void {
    const { world } = this;
    const row = world.tick * SUBSTEPS_PER_TICK + world.substep;
    this.#command.steer = this.#steer[row]!;
    this.#command.throttle = this.#throttle[row]!;
    this.#command.brake = this.#brake[row]!;
    this.#command.indicator = this.#indicator[row]!;
    advanceSubstep(world, this.#command);
  }

  /** Take-overs are not the simulator's own events, so a replay has to note them again. */
  #noteTakeOver(hands: readonly Hands[], tick: number): void {
    const { world } = this;
    const taken = hands.find((candidate) => candidate.fromTick === tick && tick > 0);
    if (!taken || world.substep !== 0) return;
    if (world.events.some((event) => event.kind === 'take-over' && event.tick === tick)) return;
    world.events.push({ tick, kind: 'take-over', driver: taken.driver.name });
  }

  #noteDecision(driver: Driver): void {
    if (!('decision' in driver)) return;
    const decision = driver.decision as Decision | null;
    if (decision === null || decision === this.#lastDecision) return;
    this.#lastDecision = decision;
    this.#onDecision(decision);
  }

  #capture(): void {
    const { world } = this;
    const tick = this.#head;
    const frame = createViewVehicles(world.vehicles.count);
    captureVehicles(world.vehicles, tick / 10, frame);
    this.#frames[tick] = frame;
    const pose = emptyPose();
    copyPose(world.ego, pose);
    this.#poses[tick] = pose;
    readEgo(world, this.#reading);
    this.speed[tick] = world.ego.sDot;
    this.acceleration[tick] = world.ego.ax;
    this.headway[tick] = shownHeadway(this.#reading.headwayS);
    if (tick % SNAPSHOT_TICKS === 0) this.#snapshots[tick / SNAPSHOT_TICKS] = takeSnapshot(world);
  }
}

/** A headway as it is plotted: NaN without a leader worth speaking of. */
export function shownHeadway(headwayS: number): number {
  return headwayS <= LONGEST_SHOWN_HEADWAY_S ? headwayS : Number.NaN;
}
