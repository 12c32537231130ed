import { driverOf } from '../../recordings/driverOf.ts';
import type { Recording } from '../../recordings/recording.ts';
import { DEFAULT_CANDIDATES } from '../candidates/candidateGenerator.ts';
import { demonstrationScenesOf } from '../features/demonstrationScenes.ts';
import type { Reward } from '../features/reward.ts';
import { createRewardScorer } from '../features/rewardScorer.ts';
import { type LearningControl, throwIfAborted } from '../learn/learningProgress.ts';
import { quantile } from '../learn/quantile.ts';
import { bootstrapMean, type Interval } from './bootstrap.ts';
import { IDM_GRID, type IdmParameters } from './idmMobilBaseline.ts';
import { familySampler, huangSampler, type SceneSampler } from './sceneSampler.ts';
import { type SceneScore, scoreScene } from './sceneScore.ts';

/** Options of `evaluateOpenLoop`. */
export interface OpenLoopOptions extends LearningControl {
  /** Candidates a scene, for the sampler `family`. */
  readonly candidates?: number;
  readonly seed?: number;
  readonly strideTicks?: number;
  /** Source of the options; the one the reward was learned with unless told otherwise. */
  readonly sampler?: SceneSampler['name'];
  /** Drives that the reward has seen: what the recordings share with them, having branched, is not scored. */
  readonly seen?: readonly Recording[];
}

/** Open-loop score of a reward; displacements in metres at 5 s. */
export interface OpenLoopScore {
  readonly scenes: number;
  /** Different drivers, told apart by name. */
  readonly drivers: number;
  /** Scenes in which the hard constraints left no candidate; not in the figures. */
  readonly withoutCandidate: number;
  /** Windows that drives the reward has seen, or others of the recordings, have as well; not in the figures. */
  readonly shared: number;
  readonly sampler: SceneSampler['name'];
  readonly candidatesPerScene: number;
  /** Distance of the best candidate's end from the person's. */
  readonly fde1: number;
  /** Smallest such distance among the three best. */
  readonly minFde3: number;
  /** Mean distance of the best candidate over the 5 s. */
  readonly ade: number;
  /**
   * Mean negative log-likelihood of the person's projected motion among the candidates [nat] (`choiceNll`), as the
   * reward file has it for the training set; log(n + 1) for a reward of zero.
   */
  readonly nll: number;
  /** Mean share of the candidates with a higher reward than the person's motion: 0 best, 0.5 by chance. */
  readonly rank: number;
  readonly projectionErrorP95: number;
  readonly baselines: {
    readonly constantVelocity: { readonly fde1: number };
    readonly idmMobil: { readonly fde1: number };
    /** A candidate picked at random, exact expectation. */
    readonly random: { readonly fde1: number; readonly minFde3: number };
    /** The candidate that ends nearest: what no reward can beat with these candidates. */
    readonly oracle: { readonly fde1: number };
  };
  /** 95 % intervals by resampling drivers; null where there is one driver, who says nothing of others. */
  readonly intervals: Readonly<Record<'fde1' | 'minFde3' | 'ade' | 'nll' | 'rank', Interval>> | null;
}

/**
 * How well the reward foretells what people did in the next 5 s. Candidates are drawn without knowledge of the person;
 * the person's projection joins them for `nll` and is compared with them for `rank`, nowhere else. Use recordings of
 * drivers that the reward has not seen. These figures cannot tell a good reward from a passable one
 * (`docs/learning.md`): read them beside the baselines.
 * @throws RangeError when no window can be used
 */
export async function evaluateOpenLoop(
  reward: Reward,
  recordings: readonly Recording[],
  options: OpenLoopOptions = {},
): Promise<OpenLoopScore> {
  const { candidates = DEFAULT_CANDIDATES, seed = 0, strideTicks = 10, seen = [] } = options;
  const scorer = createRewardScorer(reward);
  const own = scorer.featureSet.name.startsWith('huang2021') ? 'huang2021' : 'family';
  const sampler = (options.sampler ?? own) === 'family' ? familySampler(candidates, seed) : huangSampler(seed);
  const windows = demonstrationScenesOf(recordings, { strideTicks, seen });
  const total = windows.reduce((sum, window) => sum + window.ticks.length, 0);
  const shared = windows.reduce((sum, { skipped }) => sum + skipped.shared, 0);
  const drivers = new Map<string, number>();
  const driverOfScene: number[] = [];
  const scores: SceneScore[] = [];
  let done = 0;
  for (const { recording, ticks } of windows) {
    const driver = driverOf(recording.metadata);
    for (const tick of ticks) {
      throwIfAborted(options);
      if (done % 8 === 0) {
        options.onProgress?.({ stage: 'scenes', done, total });
        await options.breathe?.();
      }
      const score = scoreScene(recording, tick, done++, sampler, scorer);
      if (score === undefined) continue;
      if (!drivers.has(driver)) drivers.set(driver, drivers.size);
      driverOfScene.push(drivers.get(driver)!);
      scores.push(score);
    }
  }
  if (scores.length === 0) {
    throw new RangeError(
      shared > 0 && total === 0
        ? 'open loop: all that was driven is shared with drives that the reward has seen; expected other drives'
        : `open loop: none of ${total} windows in ${recordings.length} recordings can be scored; expected at least one drive of 5 s on the road`,
    );
  }
  const column = (key: NumberKey) => scores.map((score) => score[key]);
  const interval = (key: NumberKey) => bootstrapMean(driverOfScene, column(key), { seed });
  return {
    scenes: scores.length,
    drivers: drivers.size,
    withoutCandidate: total - scores.length,
    shared,
    sampler: sampler.name,
    candidatesPerScene: sampler.count,
    fde1: mean(column('fde1')),
    minFde3: mean(column('minFde3')),
    ade: mean(column('ade')),
    nll: mean(column('nll')),
    rank: mean(column('rank')),
    projectionErrorP95: quantile(column('projectionError'), 0.95),
    baselines: {
      constantVelocity: { fde1: mean(column('constantVelocityFde')) },
      idmMobil: { fde1: mean(calibratedIdm(scores, driverOfScene)) },
      random: { fde1: mean(column('randomFde1')), minFde3: mean(column('randomMinFde3')) },
      oracle: { fde1: mean(column('oracleFde1')) },
    },
    intervals:
      drivers.size < 2
        ? null
        : {
            fde1: interval('fde1'),
            minFde3: interval('minFde3'),
            ade: interval('ade'),
            nll: interval('nll'),
            rank: interval('rank'),
          },
  };
}

type NumberKey = Exclude<keyof SceneScore, 'idmFde' | 'manoeuvre' | 'foretold'>;

/**
 * Displacements of the IDM+MOBIL driver, calibrated for each driver on the scenes of all the others (on its own where
 * there are no others): the parameters of the grid with the smallest mean displacement.
 */
function calibratedIdm(scores: readonly SceneScore[], driverOf: readonly number[]): number[] {
  const chosen = new Map<number, number>();
  const alone = new Set(driverOf).size === 1;
  for (const driver of new Set(driverOf)) {
    const training = scores.filter((_, i) => alone || driverOf[i] !== driver);
    const errors = IDM_GRID.map((_: IdmParameters, g) => mean(training.map((score) => score.idmFde[g]!)));
    chosen.set(driver, errors.indexOf(Math.min(...errors)));
  }
  return scores.map((score, i) => score.idmFde[chosen.get(driverOf[i]!)!]!);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
