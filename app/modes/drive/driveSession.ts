import type { Recorder } from '../../../recordings/recorder.ts';
import { advanceSubstep } from '../../../sim/core/advanceWorld.ts';
import { SUBSTEP_S, SUBSTEPS_PER_TICK, TICK_S } from '../../../sim/core/time.ts';
import { createWorld, type World, type WorldSpec } from '../../../sim/core/world.ts';
import { type EgoCommand, neutralCommand } from '../../../sim/vehicle/egoCommand.ts';
import type { ViewFrame } from '../../../sim/view/viewFrame.ts';
import { createViewVehicles, type ViewVehicles } from '../../../sim/view/viewVehicles.ts';
import { copyPose, type EgoPose, emptyPose } from './egoPose.ts';
import { captureLive } from './liveFrame.ts';
import { createSubstepClock, type SubstepClock } from './substepClock.ts';
import type { Wheel } from './wheel.ts';

/** What a drive is made of. */
export interface DriveOptions {
  readonly spec: WorldSpec;
  /** The drive ends after this long [s]. */
  readonly durationS: number;
  readonly wheel: Wheel;
  /** Told of every substep; made for the world of this drive. */
  readonly record?: (world: World) => Recorder;
}

/** A world that runs in real time under somebody's hands. Knows no DOM and no clock: elapsed time is handed to it. */
export class DriveSession {
  readonly world: World;
  readonly durationS: number;
  readonly recorder: Recorder | null;
  #wheel: Wheel;
  /** Takes the wheel at the next whole tick: drivers decide at ticks only. */
  #next: Wheel | null = null;
  readonly #clock: SubstepClock = createSubstepClock();
  readonly #command = neutralCommand();
  readonly #before: EgoPose = emptyPose();
  readonly #drawn: EgoPose = emptyPose();
  readonly #vehicles: ViewVehicles;

  constructor(options: DriveOptions) {
    this.world = createWorld(options.spec);
    this.durationS = options.durationS;
    this.#wheel = options.wheel;
    this.#vehicles = createViewVehicles(this.world.vehicles.capacity);
    this.recorder = options.record?.(this.world) ?? null;
    copyPose(this.world.ego, this.#before);
    options.wheel.driver.start(this.world);
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

  /** Gives the wheel to somebody else at the next whole tick, where it is noted as a take-over. */
  handOver(wheel: Wheel): void {
    this.#next = wheel;
  }

  /**
   * Lets time pass.
   * @param elapsedS since the last call [s]
   * @returns substeps that were simulated
   */
  advance(elapsedS: number): number {
    let steps = 0;
    for (let due = this.#clock.take(elapsedS); due > 0 && !this.finished; due--) {
      this.#substep();
      steps++;
    }
    return steps;
  }

  #substep(): void {
    const { world } = this;
    if (this.#next && world.substep === 0) {
      this.#wheel = this.#next;
      this.#next = null;
      this.#wheel.driver.start(world);
      world.events.push({ tick: world.tick, kind: 'take-over', driver: this.#wheel.driver.name });
    }
    copyPose(world.ego, this.#before);
    this.#wheel.driver.command(world, this.#command);
    advanceSubstep(world, this.#command);
    this.recorder?.substep(world, this.#command, this.#wheel.raw());
  }

  /** What is to be drawn now. The frame is reused. */
  frame(): ViewFrame {
    const { world } = this;
    // Before the first substep there is no earlier pose, and a finished drive stands at its end.
    const fraction = this.finished || this.timeS === 0 ? 1 : this.#clock.fraction;
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
