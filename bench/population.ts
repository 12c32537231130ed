// How much does knowing other drivers help with a new one? Each US-101 driver is left out by turns, the population is
// learned from the others, and the driver's first scenes adapt it; the driver's later scenes are scored. npx tsx
// bench/population.ts [--json], or without --json into bench/results/population.json. Needs ../shared/data/ngsim-us101.
import { bootstrapMean } from '../irl/evaluate/bootstrap.ts';
import { demonstrationScenes } from '../irl/features/demonstrationScenes.ts';
import { HORIZON_TICKS } from '../irl/features/motion.ts';
import { FEATURE_COUNT } from '../irl/features/registry.ts';
import { type ChoiceData, scaledChoices, selectedColumns, selectedScenes } from '../irl/learn/choiceData.ts';
import { meanChoiceNll } from '../irl/learn/choiceNll.ts';
import { cholesky, inverseMatrix } from '../irl/learn/cholesky.ts';
import { DEFAULT_SPREAD, fitPopulation } from '../irl/learn/fitPopulation.ts';
import { gatherScenes } from '../irl/learn/gatherScenes.ts';
import { gaussianPrior } from '../irl/learn/gaussianPrior.ts';
import { fitMaxent } from '../irl/learn/maxent.ts';
import { choicesOf } from '../irl/learn/sceneOptions.ts';
import { standardise } from '../irl/learn/standardisation.ts';
import { publishResult } from './publishResult.ts';
import { us101Recordings } from './us101Data.ts';

/** Scenes of own driving; later windows that share no tick with them are scored. */
const OWN_SCENES = 3;
const CANDIDATES = 100;
const STRIDE_TICKS = 10;
/** What is believed of the spread of drivers beforehand; the default among them. */
const SPREADS = [0.1, DEFAULT_SPREAD, 1];

const recordings = await us101Recordings();
const { scenes, sceneWeight } = await gatherScenes(recordings, { candidates: CANDIDATES, strideTicks: STRIDE_TICKS });
const data = choicesOf(scenes, FEATURE_COUNT);
const ticksOf = recordings.map((recording) => demonstrationScenes(recording, { strideTicks: STRIDE_TICKS }).ticks);
let next = 0;
const scenesOf = ticksOf.map((ticks) => ticks.map((tick) => ({ scene: next++, tick })));

/** Mean negative log-likelihood of one driver's later scenes by each way to learn. */
interface DriverScore {
  readonly driver: string;
  readonly scored: number;
  readonly zero: number;
  readonly alone: number;
  readonly pooled: number;
  readonly populations: readonly { readonly rounds: number; readonly mean: number; readonly adapted: number }[];
}

const scores = recordings.flatMap((recording, u): DriverScore[] => {
  const own = scenesOf[u]!.slice(0, OWN_SCENES);
  const end = own.at(-1)!.tick + HORIZON_TICKS;
  const later = scenesOf[u]!.filter(({ tick }) => tick >= end);
  if (later.length === 0) return [];
  const others = scenesOf.filter((_, i) => i !== u);
  const pool = selectedScenes(
    data,
    others.flat().map(({ scene }) => scene),
  );
  const { scale, excited } = standardise(pool);
  const inUnits = (choices: ChoiceData) =>
    scaledChoices(
      selectedColumns(choices, excited),
      Float64Array.from(excited, (column) => scale[column]!),
    );
  const of = (scenes: readonly { readonly scene: number }[]) =>
    inUnits(
      selectedScenes(
        data,
        scenes.map(({ scene }) => scene),
      ),
    );
  const [mine, test] = [of(own), of(later)];
  const n = excited.length;
  const nll = (theta: Float64Array) => meanChoiceNll(test, theta);
  const populations = SPREADS.map((spread) => {
    const { mean, covariance, rounds } = fitPopulation(others.filter((scenes) => scenes.length > 0).map(of), {
      sceneWeight,
      spread,
    });
    const terms = [gaussianPrior(mean, inverseMatrix(cholesky(covariance, n)!, n))];
    const { theta } = fitMaxent(mine, { priorSd: Number.POSITIVE_INFINITY, sceneWeight, terms });
    return { rounds, mean: nll(mean), adapted: nll(theta) };
  });
  const score = {
    driver: recording.metadata.driverName,
    scored: later.length,
    zero: nll(new Float64Array(n)),
    alone: nll(fitMaxent(mine, { sceneWeight }).theta),
    pooled: nll(fitMaxent(inUnits(pool), { sceneWeight }).theta),
    populations,
  };
  console.error(JSON.stringify(score));
  return [score];
});

/** Mean over the scored scenes, with a 95 % interval by resampling drivers. */
const figure = (pick: (score: DriverScore) => number) => {
  const driverOf = scores.flatMap((score, u) => new Array<number>(score.scored).fill(u));
  const values = driverOf.map((u) => pick(scores[u]!));
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    interval: bootstrapMean(driverOf, values),
  };
};
publishResult('population', {
  data: 'NGSIM US-101, 07:50-08:05, frames 0914-1451',
  drivers: recordings.length,
  scoredDrivers: scores.length,
  scoredScenes: scores.reduce((sum, score) => sum + score.scored, 0),
  ownScenes: OWN_SCENES,
  candidates: CANDIDATES,
  zeroReward: figure((score) => score.zero),
  alone: figure((score) => score.alone),
  pooledMaxentOfOthers: figure((score) => score.pooled),
  bySpread: SPREADS.map((spread, i) => {
    const at = (score: DriverScore) => score.populations[i]!;
    return {
      spread,
      populationMean: figure((score) => at(score).mean),
      adapted: figure((score) => at(score).adapted),
      adaptedLessAlone: figure((score) => at(score).adapted - score.alone),
      adaptedLessPopulationMean: figure((score) => at(score).adapted - at(score).mean),
      adaptedLessPooled: figure((score) => at(score).adapted - score.pooled),
    };
  }),
  scores,
});
