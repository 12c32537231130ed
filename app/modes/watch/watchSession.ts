import type { Decision } from '../../../irl/agent/decision.ts';
import type { LearnedDriver } from '../../../irl/agent/learnedDriver.ts';
import type { Reward } from '../../../irl/features/reward.ts';
import { rewardOfDrive } from '../../../irl/features/rewardOfDrive.ts';
import type { Driver } from '../../../sim/core/driver.ts';
import { TICK_S } from '../../../sim/core/time.ts';
import type { WorldSpec } from '../../../sim/core/world.ts';
import { interpolateFrames } from '../../../sim/view/interpolateFrames.ts';
import type { ViewFrame } from '../../../sim/view/viewFrame.ts';
import { createViewVehicles, type ViewVehicles } from '../../../sim/view/viewVehicles.ts';
import { Playback } from '../../timeline/playback.ts';
import { blendPoses, type EgoPose, emptyPose } from '../drive/egoPose.ts';
import { captureLive } from '../drive/liveFrame.ts';
import { createSubstepClock } from '../drive/substepClock.ts';
import type { Wheel } from '../drive/wheel.ts';
import { type DecisionRecord, recordDecision } from './decisionRecord.ts';
import type { GhostTrack } from './ghostTrack.ts';
import { Rollout } from './rollout.ts';

/** What a session shows. */
export interface WatchOptions {
  readonly spec: WorldSpec;
  readonly ticks: number;
  readonly agent: Driver | LearnedDriver;
  /** The agent's reward, when it has one. */
  readonly reward: Reward | null;
  readonly ghost: GhostTrack | null;
}

/** Work in a frame while there is plenty simulated ahead of the cursor, and while there is little [ms]. */
const RELAXED_MS = 3.5;
const HURRIED_MS = 8;
/** How much ahead is plenty [s]. */
const PLENTY_S = 2;
/**
 * Where drawing is slow anyway, simulating may take this share of a frame: with less it would be starved by few frames a
 * second. The bound [ms] is for the first frame of a page that was hidden.
 */
const SHARE_OF_FRAME = 0.3;
const LONGEST_MS = 250;

/** An agent that drives beside a ghost, with a time cursor; and the person at its wheel when asked for. */
export class WatchSession {
  readonly rollout: Rollout;
  readonly playback: Playback;
  readonly ghost: GhostTrack | null;
  readonly #agent: Driver | LearnedDriver;
  #weights: ReadonlyMap<string, number>;
  #decisions: DecisionRecord[] = [];
  #person: Wheel | null = null;
  readonly #clock = createSubstepClock();
  readonly #vehicles: ViewVehicles;
  readonly #pose: EgoPose = emptyPose();

  constructor({ spec, ticks, agent, reward, ghost }: WatchOptions) {
    this.#agent = agent;
    this.#weights = weightsOf(reward, spec.seed);
    this.ghost = ghost;
    this.rollout = new Rollout(spec, ticks, agent, (decision) => this.#keep(decision));
    this.playback = new Playback(ticks * TICK_S);
    this.#vehicles = createViewVehicles(this.rollout.world.vehicles.capacity * 2);
  }

  /** End of what can be shown [s]. */
  get availableS(): number {
    return this.rollout.head * TICK_S;
  }

  /** Whether the person holds the wheel. */
  get personDrives(): boolean {
    return this.#person !== null;
  }

  /** The last decision at or before a tick, or null. */
  decisionAt(tick: number): DecisionRecord | null {
    return this.#decisions.findLast((decision) => decision.tick <= tick) ?? null;
  }

  /**
   * Lets time pass: simulates ahead within a budget, or in real time while the person drives, and moves the cursor.
   * @param now monotonic clock [ms]
   */
  advance(elapsedS: number, now: () => number): void {
    const { rollout, playback } = this;
    if (this.#person) {
      for (let due = this.#clock.take(elapsedS); due > 0 && !rollout.complete; due--) rollout.substep();
      playback.timeS = rollout.complete ? playback.durationS : this.#liveTimeS;
      if (rollout.complete) this.giveBack();
      return;
    }
    const start = now();
    const least = this.availableS - playback.timeS < PLENTY_S * playback.rate ? HURRIED_MS : RELAXED_MS;
    const budget = Math.max(least, Math.min(SHARE_OF_FRAME * elapsedS * 1000, LONGEST_MS));
    while (!rollout.complete && now() - start < budget) rollout.tick();
    playback.advance(elapsedS, this.availableS);
  }

  /** Lets the agent go on from the displayed tick under another reward. */
  changeReward(reward: Reward): void {
    if (!('setReward' in this.#agent)) {
      throw new TypeError(`driver ${this.#agent.name} has no reward; expected a learned driver`);
    }
    this.#agent.setReward(reward);
    this.#weights = weightsOf(reward, this.rollout.world.spec.seed);
    if (this.#person) return;
    this.#branch(this.#agent);
  }

  /** Gives the wheel to the person at the displayed tick. */
  takeOver(person: Wheel): void {
    if (this.#person || this.playback.tick >= this.rollout.ticks) return;
    this.#branch(person.driver);
    this.#person = person;
    this.#clock.reset();
  }

  /** Gives the wheel back to the agent where the person is. */
  giveBack(): void {
    if (!this.#person) return;
    const { rollout, playback } = this;
    // Drivers start at whole ticks: the person finishes the one under way.
    if (rollout.world.substep !== 0) rollout.tick();
    this.#person = null;
    playback.timeS = this.availableS;
    playback.playing = true;
    if (!rollout.complete) rollout.branch(rollout.head, this.#agent);
  }

  #branch(driver: Driver): void {
    const tick = Math.min(this.playback.tick, this.rollout.head);
    this.#decisions = this.#decisions.filter((decision) => decision.tick < tick);
    this.rollout.branch(tick, driver);
    this.playback.timeS = tick * TICK_S;
  }

  get #liveTimeS(): number {
    const { world } = this.rollout;
    return Math.max(0, world.tick * TICK_S + ((world.substep - 1 + this.#clock.fraction) * TICK_S) / 6);
  }

  /** What is to be drawn now. The vehicles are reused. */
  frame(): ViewFrame {
    const { rollout, playback, ghost } = this;
    if (this.#person) {
      captureLive(rollout.world, rollout.before, this.#clock.fraction, this.#pose, this.#vehicles);
    } else {
      const exact = Math.min(playback.timeS, this.availableS) / TICK_S;
      const tick = Math.min(Math.floor(exact + 1e-6), rollout.head);
      const next = Math.min(tick + 1, rollout.head);
      const fraction = Math.min(Math.max(exact - tick, 0), 1);
      interpolateFrames(rollout.frame(tick), rollout.frame(next), next === tick ? 0 : fraction, this.#vehicles);
      blendPoses(rollout.pose(tick), rollout.pose(next), fraction, this.#pose);
    }
    const timeS = playback.timeS;
    return {
      timeS,
      vehicles: this.#vehicles,
      speed: this.#pose.sDot,
      egoSteer: this.#pose.steer,
      egoAx: this.#pose.ax,
      egoAy: this.#pose.ay,
      ghost: ghost && timeS <= ghost.ticks * TICK_S + 1e-6 ? ghost.frameAt(timeS) : null,
    };
  }

  #keep(decision: Decision): void {
    this.#decisions.push(recordDecision(decision, this.#weights, this.rollout.world.road));
  }
}

/** Weights by which the agent drives in a world of the seed. */
function weightsOf(reward: Reward | null, seed: number): ReadonlyMap<string, number> {
  return new Map((reward ? rewardOfDrive(reward, seed) : null)?.features.map(({ name, weight }) => [name, weight]));
}
