// Real drivers, left out of learning by turns: how likely is what they did, how near does the first choice end, and
// does the agent drive like them? npx tsx bench/drivers.ts [--json], or without --json into bench/results/drivers.json.
// Needs ../shared/data/ngsim-us101. With --methods maxent,huang2021 only these, into drivers-maxent-huang2021.json.
import { createLearnedDriver } from '../irl/agent/learnedDriver.ts';
import { bootstrapMean } from '../irl/evaluate/bootstrap.ts';
import { IDM_GRID } from '../irl/evaluate/idmMobilBaseline.ts';
import { MANOEUVRES, type Manoeuvre, manoeuvreConfusion } from '../irl/evaluate/manoeuvre.ts';
import { familySampler, huangSampler } from '../irl/evaluate/sceneSampler.ts';
import { type SceneScore, scoreScene } from '../irl/evaluate/sceneScore.ts';
import { demonstrationScenes } from '../irl/features/demonstrationScenes.ts';
import { UNDERSTUDY_FEATURES } from '../irl/features/featureSet.ts';
import type { Reward } from '../irl/features/reward.ts';
import { createRewardScorer } from '../irl/features/rewardScorer.ts';
import { closedLoopMeans, personValues, ROLLOUT_WINDOWS } from '../irl/learn/closedLoopGaps.ts';
import { type LearningMethod, learnReward } from '../irl/learn/learnReward.ts';
import { rolloutStarts } from '../irl/learn/rolloutStarts.ts';
import type { Recording } from '../recordings/recording.ts';
import { publishResult } from './publishResult.ts';
import { us101Recordings } from './us101Data.ts';

const FOLDS = 3;
const ALL_METHODS: readonly LearningMethod[] = ['closed-loop', 'maxent', 'huang2021'];
const asked = process.argv.indexOf('--methods');
const METHODS = asked < 0 ? ALL_METHODS : (process.argv[asked + 1]!.split(',') as LearningMethod[]);
if (!METHODS.includes('maxent') || !METHODS.includes('huang2021') || !METHODS.every((one) => ALL_METHODS.includes(one)))
  throw new Error(`--methods ${METHODS.join()}: expected maxent and huang2021, and none but ${ALL_METHODS.join()}`);
const CANDIDATES = 300;
const STRIDE_TICKS = 10;
/**
 * Size of the closed-loop learner's work in each fold, and moments from which agents are compared with left-out
 * drivers.
 */
const CLOSED_LOOP = { rollouts: 32, rounds: 6 };
const TEST_STARTS = 20;

interface Scored {
  readonly driver: number;
  /** With the options the reward was learned with, and with those of the candidate family. */
  readonly own: SceneScore;
  readonly family: SceneScore;
}

const recordings = await us101Recordings();
const names = [...new Set(recordings.map((recording) => recording.metadata.driverName))];
const foldOf = (recording: Recording) => names.indexOf(recording.metadata.driverName) % FOLDS;

const scored = new Map<string, Scored[]>(METHODS.map((method) => [method, []]));
const gaps = new Map<string, number[][]>();
for (let fold = 0; fold < FOLDS; fold++) {
  const training = recordings.filter((recording) => foldOf(recording) !== fold);
  const test = recordings.filter((recording) => foldOf(recording) === fold);
  const starts = rolloutStarts(test, { count: TEST_STARTS, windows: ROLLOUT_WINDOWS });
  const personOf = personValues(starts, ROLLOUT_WINDOWS, UNDERSTUDY_FEATURES);
  for (const method of METHODS) {
    const { reward, summary } = await learnReward(
      training.map((recording) => ({ recording, hash: '0'.repeat(64) })),
      { method, strideTicks: STRIDE_TICKS, ...(method === 'closed-loop' ? CLOSED_LOOP : {}) },
    );
    scored.get(method)!.push(...scoreAll(reward, test));
    if (method === 'huang2021') continue;
    const driver = createLearnedDriver(reward);
    const seen = await closedLoopMeans(starts, ROLLOUT_WINDOWS, driver, UNDERSTUDY_FEATURES, personOf);
    const each = reward.features.map(({ scale }, i) => (seen.agent[i]! - seen.person[i]!) / scale);
    gaps.set(method, [...(gaps.get(method) ?? []), each]);
    console.error(
      `fold ${fold} ${method}: largest gap ${Math.max(...each.map(Math.abs)).toFixed(3)}${summary.closedLoop ? `, ${summary.closedLoop.ended}` : ''}`,
    );
  }
}

function scoreAll(reward: Reward, test: readonly Recording[]): Scored[] {
  const scorer = createRewardScorer(reward);
  const family = familySampler(CANDIDATES, 0);
  const own = scorer.featureSet.name === 'huang2021' ? huangSampler(0) : family;
  let number = 0;
  return test.flatMap((recording) =>
    demonstrationScenes(recording, { strideTicks: STRIDE_TICKS }).ticks.flatMap((tick) => {
      const scene = number++;
      const withFamily = scoreScene(recording, tick, scene, family, scorer);
      const withOwn = own === family ? withFamily : scoreScene(recording, tick, scene, own, scorer);
      if (withFamily === undefined || withOwn === undefined) return [];
      return [{ driver: names.indexOf(recording.metadata.driverName), own: withOwn, family: withFamily }];
    }),
  );
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const figure = (scores: readonly Scored[], pick: (score: Scored) => number) => {
  const values = scores.map(pick);
  return { mean: mean(values), interval: bootstrapMean(driverIndices(scores), values) };
};
function driverIndices(scores: readonly Scored[]): number[] {
  return scores.map((score) => score.driver);
}

/** For each scene the entry of IDM_GRID that is best on the drivers of the other folds. */
function calibratedIdm(scores: readonly Scored[]): number[] {
  const bestOfFold = Array.from({ length: FOLDS }, (_, fold) => {
    const others = scores.filter((one) => one.driver % FOLDS !== fold);
    const errors = IDM_GRID.map((_, g) => mean(others.map((one) => one.own.idmFde[g]!)));
    return errors.indexOf(Math.min(...errors));
  });
  return scores.map((score) => bestOfFold[score.driver % FOLDS]!);
}

type Foretold = (score: SceneScore, scene: number) => Manoeuvre;
/** Confusion matrix of what is foretold and the share foretold rightly. */
function manoeuvreFigures(scores: readonly Scored[], foretold: Foretold) {
  const pairs = scores.map(({ own }, scene) => ({ person: own.manoeuvre.person, chosen: foretold(own, scene) }));
  return {
    manoeuvres: { order: MANOEUVRES, confusion: manoeuvreConfusion(pairs) },
    manoeuvreAccuracy: figure(scores, (score) => {
      const { person, chosen } = pairs[scores.indexOf(score)]!;
      return person === chosen ? 1 : 0;
    }),
  };
}

const methods = METHODS.map((method) => {
  const scores = scored.get(method)!;
  return {
    method,
    scenes: scores.length,
    nll: figure(scores, (score) => score.own.nll),
    nllWithFamilyOptions: figure(scores, (score) => score.family.nll),
    rank: figure(scores, (score) => score.own.rank),
    fde1: figure(scores, (score) => score.own.fde1),
    minFde3: figure(scores, (score) => score.own.minFde3),
    ...manoeuvreFigures(scores, (own) => own.manoeuvre.chosen),
    ...(gaps.has(method)
      ? {
          closedLoopGaps: UNDERSTUDY_FEATURES.specs.map(({ name }, i) => ({
            name,
            gap: mean(gaps.get(method)!.map((fold) => fold[i]!)),
          })),
        }
      : {}),
  };
});

/** Ours less the published method, scene by scene: below 0 is better. */
const published = scored.get('huang2021')!;
const differences = METHODS.filter((method) => method !== 'huang2021').map((method) => {
  const ours = scored.get(method)!;
  if (ours.length !== published.length) throw new Error('methods scored different scenes');
  const difference = (pick: (score: Scored) => number) =>
    figure(ours, (score) => pick(score) - pick(published[ours.indexOf(score)]!));
  return {
    method,
    fde1: difference((score) => score.own.fde1),
    minFde3: difference((score) => score.own.minFde3),
    rank: difference((score) => score.own.rank),
    nllWithOwnOptions: difference((score) => score.own.nll),
    nllWithFamilyOptions: difference((score) => score.family.nll),
  };
});

const reference = scored.get('maxent')!;
const idm = calibratedIdm(reference);
const idmFde = figure(reference, (score) => score.own.idmFde[idm[reference.indexOf(score)]!]!);
/** A single motion is the best of any number of guesses, and gives neither a likelihood nor a rank: null. */
const single = (fde: ReturnType<typeof figure>, foretold: Foretold) => ({
  nll: null,
  rank: null,
  fde1: fde,
  minFde3: fde,
  ...manoeuvreFigures(reference, foretold),
});
const oddsOf = ({ own }: Scored) => own.foretold.random;
publishResult(asked < 0 ? 'drivers' : `drivers-${METHODS.join('-')}`, {
  data: 'NGSIM US-101, 07:50-08:05, frames 0914-1451',
  drivers: names.length,
  folds: FOLDS,
  candidates: CANDIDATES,
  closedLoop: CLOSED_LOOP,
  testStartsAFold: TEST_STARTS,
  methods,
  lessThanHuang2021: differences,
  baselines: {
    constantVelocity: single(
      figure(reference, (score) => score.own.constantVelocityFde),
      (own) => own.foretold.constantVelocity,
    ),
    idmMobil: single(idmFde, (own, scene) => own.foretold.idm[idm[scene]!]!),
    /** A candidate of equal chances: `nll` of a reward of zero, a rank of one half; expected counts of manoeuvres. */
    random: {
      nll: figure(reference, (score) => score.own.zeroNll),
      rank: { mean: 0.5, interval: [0.5, 0.5] },
      fde1: figure(reference, (score) => score.own.randomFde1),
      minFde3: figure(reference, (score) => score.own.randomMinFde3),
      manoeuvres: {
        order: MANOEUVRES,
        confusion: MANOEUVRES.map((person) => {
          const scenes = reference.filter((score) => score.own.manoeuvre.person === person);
          return MANOEUVRES.map((_, k) => scenes.reduce((sum, score) => sum + oddsOf(score)[k]!, 0));
        }),
      },
      manoeuvreAccuracy: figure(reference, (score) => oddsOf(score)[MANOEUVRES.indexOf(score.own.manoeuvre.person)]!),
    },
    oracle: single(
      figure(reference, (score) => score.own.oracleFde1),
      (own) => own.foretold.oracle,
    ),
  },
});
