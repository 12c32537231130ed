import { driverOf } from '../../recordings/driverOf.ts';
import type { Recording } from '../../recordings/recording.ts';
import type { Driver } from '../../sim/core/driver.ts';
import { findBaselineDriver } from '../agent/baselineDrivers.ts';
import { createLearnedDriver } from '../agent/learnedDriver.ts';
import { DEFAULT_CANDIDATES } from '../candidates/candidateGenerator.ts';
import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import type { Reward } from '../features/reward.ts';
import { membersOfMixture } from '../features/rewardOfDrive.ts';
import { createRewardScorer } from '../features/rewardScorer.ts';
import { closedLoopMeans, columnMeans, personValues, ROLLOUT_WINDOWS } from '../learn/closedLoopGaps.ts';
import type { LearningControl } from '../learn/learningProgress.ts';
import { rolloutStarts } from '../learn/rolloutStarts.ts';
import { whyNotDrivenAgain } from '../learn/whyNotDrivenAgain.ts';
import { bootstrapMean, type Interval } from './bootstrap.ts';

/** Moments from which the agent drives on at most, unless told otherwise. */
const DEFAULT_STARTS = 200;

/** Options of `evaluateClosedLoop`. */
export interface ClosedLoopOptions extends LearningControl {
  /** Moments from which the agent drives on, at most. */
  readonly starts?: number;
  /** Windows of 5 s that follow each of them. */
  readonly windows?: number;
  /** Ticks between two moments; windows overlap below 50. */
  readonly strideTicks?: number;
  /** Candidates of the agent. */
  readonly candidates?: number;
  readonly seed?: number;
  /** Drives that the reward has seen: what the recordings share with them, having branched, is no start. */
  readonly seen?: readonly Recording[];
}

/** Person and agent in one feature. */
export interface FeatureGap {
  readonly name: string;
  /** Means over all starts, in the feature's unit. */
  readonly person: number;
  readonly agent: number;
  /** Mean of the agent less mean of the person, in units of the reward's scale. */
  readonly gap: number;
  /** 95 % interval of the gap by resampling drives; null where there is one drive, which says nothing of others. */
  readonly interval: Interval | null;
}

/** How one driver went on where persons were. */
export interface DriverGaps {
  /** Of the features that the reward has a scale for, in the order of the set. */
  readonly gaps: readonly FeatureGap[];
  /** Largest gap by size, and the feature that has it. */
  readonly largestGap: number;
  readonly largestGapOf: string;
  /** Root mean square of the gaps. */
  readonly rootMeanSquare: number;
  /** Rollouts with a collision, and with a time outside the lanes; of a mixture what is expected of a drawn agent. */
  readonly collisions: number;
  readonly offRoad: number;
}

/** Closed-loop score of a reward. */
export interface ClosedLoopScore extends DriverGaps {
  /** Moments from which was driven on, and windows of 5 s after each. */
  readonly starts: number;
  readonly windows: number;
  /** Drives and drivers that the starts are from. */
  readonly drives: number;
  readonly drivers: number;
  /** Starts in traffic that only replays what was recorded, and does not react to an agent that drives otherwise. */
  readonly inReplayedTraffic: number;
  /** Agents in the reward's mixture, all of which drive from every start; 1 without one. */
  readonly agents: number;
  /** Features that varied in nothing the reward was learned from: it has no scale for them. */
  readonly unexcited: readonly string[];
  /** What drivers without a learned reward do from the same starts. */
  readonly baselines: { readonly idmMobil: DriverGaps; readonly constantVelocity: DriverGaps };
}

/**
 * Whether the agent does on average what persons did: it drives on from moments of their drives, in the real dynamics,
 * at its own replan rate and among traffic that reacts, and the feature expectations of both are compared (Abbeel & Ng
 * 2004, section 3) as `executedFeatures` measures them. Use drives that the reward has not seen.
 * @throws RangeError "closed loop: what; expected what" when the reward is over other features or an option is out of
 * range, "learning: ..." when no drive has a usable window; the signal's reason when aborted
 */
export async function evaluateClosedLoop(
  reward: Reward,
  recordings: readonly Recording[],
  options: ClosedLoopOptions = {},
): Promise<ClosedLoopScore> {
  const { starts: count = DEFAULT_STARTS, windows = ROLLOUT_WINDOWS, strideTicks = HORIZON_TICKS } = options;
  const { candidates = DEFAULT_CANDIDATES, seed = 0, seen = [] } = options;
  for (const [name, value] of Object.entries({ starts: count, windows })) {
    if (!(Number.isInteger(value) && value >= 1)) {
      throw new RangeError(`closed loop: ${name} is ${value}; expected an integer >= 1`);
    }
  }
  const { featureSet } = createRewardScorer(reward);
  if (featureSet !== UNDERSTUDY_FEATURES) {
    throw new RangeError(
      `closed loop: the reward is over the features of ${featureSet.name}; expected those of ${UNDERSTUDY_FEATURES.name}`,
    );
  }
  const unexcited = unexcitedFeatures(reward);
  if (reward.features.every(({ name }) => unexcited.includes(name))) {
    throw new RangeError('closed loop: the reward has a scale for none of its features; expected one that some excite');
  }
  const starts = rolloutStarts(recordings, { count, windows, strideTicks, seen });
  const personOf = personValues(starts, windows, UNDERSTUDY_FEATURES);
  const drives = [...new Set(starts.map(({ recording }) => recording))];
  const driveOf = starts.map(({ recording }) => drives.indexOf(recording));
  const members = membersOfMixture(reward);
  const baselines = ['idm-mobil', 'constant-velocity'].map((name) => findBaselineDriver(name).create());
  const total = (members.length + baselines.length) * starts.length;
  let done = 0;
  const drive = (driver: Driver) =>
    closedLoopMeans(starts, windows, driver, UNDERSTUDY_FEATURES, personOf, options, () => {
      options.onProgress?.({ stage: 'fit', done: ++done, total });
    });
  const gapsOf = (driven: Driven): DriverGaps => {
    const gaps = featureGaps(reward, unexcited, personOf, driven.agentOf, drives.length > 1 ? driveOf : null, seed);
    const largest = gaps.reduce((most, one) => (Math.abs(one.gap) > Math.abs(most.gap) ? one : most));
    return {
      gaps,
      largestGap: Math.abs(largest.gap),
      largestGapOf: largest.name,
      rootMeanSquare: Math.sqrt(gaps.reduce((sum, { gap }) => sum + gap * gap, 0) / gaps.length),
      collisions: driven.collisions,
      offRoad: driven.offRoad,
    };
  };
  const expected: Driven = { agentOf: new Float64Array(personOf.length), collisions: 0, offRoad: 0 };
  for (const { share, reward: member } of members) {
    const driven = await drive(createLearnedDriver(member, { candidates, seed }));
    for (let at = 0; at < personOf.length; at++) expected.agentOf[at]! += share * driven.agentOf[at]!;
    expected.collisions += share * driven.collisions;
    expected.offRoad += share * driven.offRoad;
  }
  const idmMobil = gapsOf(await drive(baselines[0]!));
  const constantVelocity = gapsOf(await drive(baselines[1]!));
  return {
    starts: starts.length,
    windows,
    drives: drives.length,
    drivers: new Set(drives.map(({ metadata }) => driverOf(metadata))).size,
    inReplayedTraffic: starts.filter(({ recording }) => whyNotDrivenAgain(recording) !== undefined).length,
    agents: members.length,
    unexcited,
    ...gapsOf(expected),
    baselines: { idmMobil, constantVelocity },
  };
}

/** What a driver did from the starts on. Shape of the values: [starts x features], row-major. */
interface Driven {
  readonly agentOf: Float64Array;
  collisions: number;
  offRoad: number;
}

function unexcitedFeatures({ learner }: Reward): readonly string[] {
  const names = learner.options['unexcited'];
  return typeof names === 'string' ? names.split(' ').filter((name) => name !== '') : [];
}

/** @param driveOf drive of each start, where there are several; shapes of the values: [starts x features], row-major */
function featureGaps(
  reward: Reward,
  unexcited: readonly string[],
  personOf: Float64Array,
  agentOf: Float64Array,
  driveOf: readonly number[] | null,
  seed: number,
): FeatureGap[] {
  const columns = UNDERSTUDY_FEATURES.specs.length;
  const person = columnMeans(personOf, columns);
  const agent = columnMeans(agentOf, columns);
  return UNDERSTUDY_FEATURES.specs.flatMap(({ name }, column) => {
    const term = reward.features.find((one) => one.name === name);
    if (term === undefined || unexcited.includes(name)) return [];
    const each = Float64Array.from({ length: personOf.length / columns }, (_, row) => {
      const at = row * columns + column;
      return (agentOf[at]! - personOf[at]!) / term.scale;
    });
    return [
      {
        name,
        person: person[column]!,
        agent: agent[column]!,
        gap: (agent[column]! - person[column]!) / term.scale,
        interval: driveOf === null ? null : bootstrapMean(driveOf, each, { seed }),
      },
    ];
  });
}
