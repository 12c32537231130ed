// Are planted styles of whole drivers found again through the real candidates and features, and their number?
// npx tsx bench/mixture.ts [--json], or without --json into bench/results/mixture.json.
import { UNDERSTUDY_FEATURES } from '../irl/features/featureSet.ts';
import { scaledChoices, selectedColumns } from '../irl/learn/choiceData.ts';
import { chooseStyles } from '../irl/learn/chooseStyles.ts';
import { fitMixture } from '../irl/learn/mixture.ts';
import { choicesOf } from '../irl/learn/sceneOptions.ts';
import { standardise } from '../irl/learn/standardisation.ts';
import { randomScene } from '../tests/fixtures/irl/trafficScene.ts';
import { CANDIDATES, CHAIN_STEPS, demonstratePlanted, preparePlantedScenes } from './plantedDrivers.ts';
import { PLANTED } from './plantedReward.ts';
import { publishResult } from './publishResult.ts';

type Weights = Readonly<Record<string, number>>;
/** Weights in which a style differs from the planted ones. */
const USUAL: Weights = {};
const HARSH: Weights = {
  speed: 20,
  speedSquared: -11,
  headwayRisk: 1,
  longitudinalAccelerationSquared: -0.8,
  longitudinalJerkSquared: -0.4,
};
const CAREFUL: Weights = {
  headwayRisk: -6,
  closingRisk: -5,
  longitudinalAccelerationSquared: -8,
  lateralSpeedSquared: -16,
};
const SLOW: Weights = {
  speed: 4,
  speedSquared: -12,
  headwayRisk: -8,
  longitudinalAccelerationSquared: -12,
  longitudinalJerkSquared: -8,
  lateralSpeedSquared: -20,
};
/** What the drivers are made of; `careful` is near `usual`, the others are far apart. */
const POPULATIONS: readonly { readonly name: string; readonly styles: readonly Weights[] }[] = [
  { name: 'usual', styles: [USUAL] },
  { name: 'usual, harsh', styles: [USUAL, HARSH] },
  { name: 'usual, harsh, careful', styles: [USUAL, HARSH, CAREFUL] },
  { name: 'usual, harsh, slow', styles: [USUAL, HARSH, SLOW] },
];
const DRIVERS = 12;
const SCENES_A_DRIVER = [5, 12];
/** Starts of each fit in the choice of the number of styles. */
const RESTARTS = 1;

const names = Object.keys(PLANTED);

/** The scenes of each driver, the same whatever its style. */
const prepared = Array.from({ length: DRIVERS }, (_, driver) => {
  const scenes = Array.from({ length: Math.max(...SCENES_A_DRIVER) }, (_, n) => randomScene(1 + driver * 100 + n));
  return preparePlantedScenes(scenes, 99 + driver);
});

const results = POPULATIONS.flatMap(({ name, styles: planted }) => {
  const styles = planted.length;
  return SCENES_A_DRIVER.map((each) => {
    const ofDrivers = prepared.map((scenes, driver) =>
      demonstratePlanted(scenes.slice(0, each), planted[driver % styles]!, 1 + driver),
    );
    const unitOf = ofDrivers.flatMap((demonstrations, driver) => demonstrations.map(() => driver));
    const options = ofDrivers.flat().map((demonstration) => demonstration.options);
    const data = choicesOf(options, UNDERSTUDY_FEATURES.specs.length);
    const { scale, excited } = standardise(data);
    const standard = scaledChoices(
      selectedColumns(data, excited),
      Float64Array.from(excited, (column) => scale[column]!),
    );
    const choice = chooseStyles(standard, unitOf, [1, 2, 3, 4], { restarts: RESTARTS });
    const fit = fitMixture(standard, unitOf, { styles });
    const labels = fit.responsibilities.map((each) => each.indexOf(Math.max(...each)));
    console.error(`${name}, ${each} scenes a driver: ${choice.chosen} chosen, labels ${labels.join('')}`);
    return {
      planted: name,
      plantedStyles: styles,
      scenesADriver: each,
      chosen: choice.chosen,
      tried: choice.tried,
      driversInTheirStyle: matched(labels, styles),
      largestResponsibilities: fit.responsibilities.map((each) => Math.max(...each)),
    };
  });
});

/** Drivers with the right label under the best match of found to planted styles. */
function matched(labels: readonly number[], styles: number): number {
  const orders = permutations(Array.from({ length: styles }, (_, k) => k));
  return Math.max(...orders.map((order) => labels.filter((label, driver) => order[label] === driver % styles).length));
}

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]));
}

publishResult('mixture', {
  drivers: DRIVERS,
  candidates: CANDIDATES,
  chainSteps: CHAIN_STEPS,
  restarts: RESTARTS,
  weights: names,
  styles: { usual: USUAL, harsh: HARSH, careful: CAREFUL, slow: SLOW },
  results,
});
