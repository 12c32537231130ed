import { createRandomStream } from '../../sim/core/randomStream.ts';
import { logSumExp } from '../candidates/logSumExp.ts';
import type { ChoiceData } from './choiceData.ts';
import { fitMixture, type MixtureOptions, unitLogLikelihoods } from './mixture.ts';

/** Parts the drivers are split into. */
const FOLDS = 5;

/** How well a number of styles foretells drivers that were left out. */
export interface StylesTried {
  readonly styles: number;
  /** -log p(drives of a left-out driver) a scene, mean over drivers [nat]; the style of the driver is not known. */
  readonly heldOutNll: number;
  /** What it has more than the best number of styles, and the standard error of that difference over drivers. */
  readonly excess: number;
  readonly standardError: number;
}

/** Result of `chooseStyles`. */
export interface StylesChoice {
  readonly chosen: number;
  readonly tried: readonly StylesTried[];
}

/**
 * Chooses the number of styles by cross-validation over drivers: the smallest number whose held-out likelihood is
 * within one standard error of the best (the rule of Breiman et al. 1984). Numbers that a fold has too few drivers for
 * are not tried.
 * @param numbers ascending
 * @throws RangeError when there are fewer than two drivers, or none of the numbers can be tried
 */
export function chooseStyles(
  data: ChoiceData,
  unitOf: ArrayLike<number>,
  numbers: readonly number[],
  options: Omit<MixtureOptions, 'styles'> = {},
  onFit?: (done: number, total: number) => void,
): StylesChoice {
  const { sceneWeight = 1, seed = 0 } = options;
  const units = Array.from(unitOf).reduce((most, unit) => Math.max(most, unit), -1) + 1;
  const folds = Math.min(FOLDS, units);
  const smallestTraining = units - Math.ceil(units / folds);
  const possible = numbers.filter((styles) => styles <= smallestTraining);
  if (folds < 2 || possible.length === 0) {
    throw new RangeError(
      `learning: ${units} drivers cannot tell between ${numbers.join(', ')} styles; expected as many drivers as styles to be left when a fold of ${Math.ceil(units / folds)} is taken out`,
    );
  }
  const foldOf = shuffledFolds(units, folds, seed);
  const scenesOf = new Float64Array(units);
  for (let scene = 0; scene < data.scenes; scene++) scenesOf[unitOf[scene]!]!++;
  const total = possible.length * folds;
  let done = 0;
  // Held-out negative log-likelihood of each unit a scene. Shape: [numbers][units].
  const losses = possible.map((styles) => {
    const loss = new Float64Array(units);
    for (let fold = 0; fold < folds; fold++) {
      onFit?.(done++, total);
      const sceneWeights = Float64Array.from({ length: data.scenes }, (_, scene) =>
        foldOf[unitOf[scene]!] === fold ? 0 : 1,
      );
      const fit = fitMixture({ ...data, sceneWeights }, unitOf, { ...options, styles });
      const thetas = fit.fits.map((one) => one.theta);
      const logs = unitLogLikelihoods(data, unitOf, units, thetas, sceneWeight);
      for (let unit = 0; unit < units; unit++) {
        if (foldOf[unit] !== fold) continue;
        const joint = logs[unit]!.map((log, k) => log + Math.log(fit.shares[k]!));
        loss[unit] = -logSumExp(joint) / (sceneWeight * scenesOf[unit]!);
      }
    }
    return loss;
  });
  onFit?.(total, total);
  const means = losses.map((loss) => loss.reduce((sum, value) => sum + value, 0) / units);
  const best = means.indexOf(Math.min(...means));
  const tried = possible.map((styles, i): StylesTried => {
    const difference = losses[i]!.map((value, unit) => value - losses[best]![unit]!);
    const excess = means[i]! - means[best]!;
    const variance = difference.reduce((sum, value) => sum + (value - excess) ** 2, 0) / Math.max(units - 1, 1);
    return { styles, heldOutNll: means[i]!, excess, standardError: Math.sqrt(variance / units) };
  });
  const chosen = tried.find(({ excess, standardError }, i) => i === best || excess <= standardError)!.styles;
  return { chosen, tried };
}

function shuffledFolds(units: number, folds: number, seed: number): Int32Array {
  const stream = createRandomStream(seed, 'style folds');
  const order = Array.from({ length: units }, (_, unit) => ({ unit, key: stream.uniform() })).sort(
    (a, b) => a.key - b.key,
  );
  const foldOf = new Int32Array(units);
  for (const [i, { unit }] of order.entries()) foldOf[unit] = i % folds;
  return foldOf;
}
