import type { Recorder } from '../../../recordings/recorder.ts';
import { advanceSubstep } from '../../../sim/core/advanceWorld.ts';
import { SUBSTEP_S, SUBSTEPS_PER_TICK, TICK_S } from '../../../sim/core/time.ts';
import { createWorld, type World, type WorldSpec } from '../../../sim/core/world.ts';
import { type EgoCommand, neutralCommand } from '../../../sim/vehicle/egoCommand.ts';
import type { ViewFrame } from '../../../sim/view/viewFrame.ts';
import { createViewVehicles, type ViewVehicles } from '../../../sim/view/viewVehicles.ts';
import { DriveHistory } from './driveHistory.ts';
import { copyPose, type EgoPose, emptyPose } from './egoPose.ts';
import { captureLive } from './liveFrame.ts';
import { createPrefixFeed, type PrefixFeed } from './prefixFeed.ts';
import { createSubstepClock, type SubstepClock } from './substepClock.ts';
import type { Wheel } from './wheel.ts';

/** The world stands this long after a rewind, so that nobody is caught with the wrong pedal down [s]. */
export const REWIND_PAUSE_S = 1;
/** A frame shortens that pause by this much at most, so that it is seen on a slow machine, too [s]. */
const PAUSE_FRAME_S = 0.25;
/**
 * Substeps of the beginning that are recorded anew in a second of that pause, in a second beside the driving after it,
 * and in a frame at most: a minute is told within some 4 s, and no frame takes noticeably longer for it.
 */
const FED_IN_PAUSE = 240 * SUBSTEPS_PER_TICK;
const FED_BESIDE = 120 * SUBSTEPS_PER_TICK;
const FED_A_FRAME = 24 * SUBSTEPS_PER_TICK;

/** What a drive is made of. */
export interface DriveOptions {
  readonly spec: WorldSpec;
  /** The drive ends after this long [s]. */
  readonly durationS: number;
  readonly wheel: Wheel;
  /**
   * Makes the recorder that is told of every substep; a drive without one cannot be rewound. Called at the start, and
   * again at every rewind with the tick up to which the new drive is the same as the one before.
   */
  readonly record?: (world: World, branchTick: number | null) => Recorder;
}

/** A world that runs in real time under somebody's hands. Knows no DOM and no clock: elapsed time is handed to it. */
export class DriveSession {
  readonly world: World;
  readonly durationS: number;
  #wheel: Wheel;
  /** Takes the wheel at the next whole tick: drivers decide at ticks only. */
  #next: Wheel | null = null;
  readonly #record: DriveOptions['record'];
  #recorder: Recorder | null = null;
  readonly #history: DriveHistory | null;
  /** Runs until the recorder of a rewound drive knows its beginning. */
  #feed: PrefixFeed | null = null;
  #pauseS = 0;
  readonly #clock: SubstepClock = createSubstepClock();
  readonly #command = neutralCommand();
  readonly #before: EgoPose = emptyPose();
  /** Whether no substep was taken yet since the start or the last rewind, so that there is no earlier pose. */
  #fresh = true;
  readonly #drawn: EgoPose = emptyPose();
  readonly #vehicles: ViewVehicles;

  constructor(options: DriveOptions) {
    this.world = createWorld(options.spec);
    this.durationS = options.durationS;
    this.#wheel = options.wheel;
    this.#vehicles = createViewVehicles(this.world.vehicles.capacity);
    this.#record = options.record;
    this.#recorder = options.record?.(this.world, null) ?? null;
    this.#history = this.#recorder && new DriveHistory();
    copyPose(this.world.ego, this.#before);
    options.wheel.driver.start(this.world);
    this.#history?.remember(this.world, options.wheel);
  }

  /** Simulated time [s]. */
  get timeS(): number {
    return (this.world.tick * SUBSTEPS_PER_TICK + this.world.substep) * SUBSTEP_S;
  }

  get finished(): boolean {
    return this.world.substep === 0 && this.world.tick * TICK_S >= this.durationS - 1e-9;
  }

  /** Who drives at the moment. */
  get wheel(): Wheel {
    return this.#wheel;
  }

  /** The command of the last substep. */
  get command(): Readonly<EgoCommand> {
    return this.#command;
  }

  /** The recorder of the drive since the start or the last rewind; a while after a rewind it is still behind. */
  get recorder(): Recorder | null {
    return this.#recorder;
  }

  /** Time until the world moves on after a rewind [s]; 0 while it moves. */
  get pauseS(): number {
    return this.#pauseS;
  }

  /** Gives the wheel to somebody else at the next whole tick, where it is noted as a take-over. */
  handOver(wheel: Wheel): void {
    this.#next = wheel;
  }

  /**
   * Goes back to the last whole second that is five seconds or more ago, or as far as can be, with everything:
   * vehicles, wrecks, random numbers, hands and feet. From there on it is a drive of its own, with a recorder of its
   * own that is told of the beginning as well. The recorder until now is left to the caller; where it may still be
   * behind and is to be kept, `completeRecording` comes first.
   * @param wheel who drives on; noted as a take-over where somebody else drove at that moment
   * @returns the tick that the drive went back to, or null when it cannot go back
   */
  rewind(wheel: Wheel): number | null {
    if (!this.#history || !this.#record) return null;
    const moment = this.#history.goBack(this.world);
    if (!moment) return null;
    const { world } = this;
    this.#wheel = moment.wheel;
    this.#next = wheel === moment.wheel ? null : wheel;
    if (!moment.wheelRestored) moment.wheel.driver.start(world);
    Object.assign(this.#command, this.#history.substeps.at(-1)?.command ?? neutralCommand());
    const branchTick = world.tick;
    const record = this.#record;
    this.#feed = createPrefixFeed(world, this.#history.substeps, (fresh) => record(fresh, branchTick));
    this.#recorder = this.#feed.recorder;
    this.#pauseS = REWIND_PAUSE_S;
    this.#clock.reset();
    copyPose(world.ego, this.#before);
    this.#fresh = true;
    return branchTick;
  }

  /** Tells the recorder at once of everything that it does not know yet. */
  completeRecording(): void {
    this.#feed?.feed(Number.POSITIVE_INFINITY);
    this.#feed = null;
  }

  /**
   * Lets time pass.
   * @param elapsedS since the last call [s]
   * @returns substeps that were simulated
   */
  advance(elapsedS: number): number {
    let steps = 0;
    if (this.#pauseS > 0) {
      this.#pauseS = Math.max(0, this.#pauseS - Math.min(elapsedS, PAUSE_FRAME_S));
    } else {
      for (let due = this.#clock.take(elapsedS); due > 0 && !this.finished; due--) {
        this.#substep();
        steps++;
      }
    }
    const fed = Math.ceil(elapsedS * (this.#pauseS > 0 ? FED_IN_PAUSE : FED_BESIDE));
    if (this.#feed?.feed(Math.min(fed, FED_A_FRAME))) this.#feed = null;
    return steps;
  }

  #substep(): void {
    const { world } = this;
    let takeOver: string | null = null;
    if (this.#next && world.substep === 0) {
      this.#wheel = this.#next;
      this.#next = null;
      this.#wheel.driver.start(world);
      takeOver = this.#wheel.driver.name;
      world.events.push({ tick: world.tick, kind: 'take-over', driver: takeOver });
    }
    copyPose(world.ego, this.#before);
    this.#fresh = false;
    this.#wheel.driver.command(world, this.#command);
    advanceSubstep(world, this.#command);
    const raw = this.#wheel.raw();
    this.#history?.note(world, this.#command, raw, takeOver, this.#wheel);
    if (!this.#feed) this.#recorder?.substep(world, this.#command, raw);
  }

  /** What is to be drawn now. The frame is reused. */
  frame(): ViewFrame {
    const { world } = this;
    // Without an earlier pose the present one is drawn, and a finished drive stands at its end.
    const fraction = this.finished || this.#fresh ? 1 : this.#clock.fraction;
    captureLive(world, this.#before, fraction, this.#drawn, this.#vehicles);
    return {
      timeS: this.#vehicles.timeS,
      vehicles: this.#vehicles,
      speed: this.#drawn.sDot,
      egoSteer: this.#drawn.steer,
      egoAx: this.#drawn.ax,
      egoAy: this.#drawn.ay,
    };
  }
}
