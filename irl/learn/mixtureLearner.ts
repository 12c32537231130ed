import { driverOf } from '../../recordings/driverOf.ts';
import { selectedScenes } from './choiceData.ts';
import { meanChoiceNll } from './choiceNll.ts';
import { chooseStyles, type StylesChoice } from './chooseStyles.ts';
import type { Learned, LearnedStyle, LearnedTerm, Learner } from './learner.ts';
import { throwIfAborted } from './learningProgress.ts';
import type { LearningSource } from './learningSource.ts';
import { DEFAULT_PRIOR_SD, learnByMaxent, NORMAL_95 } from './maxentLearner.ts';
import { fitMixture } from './mixture.ts';

/** Numbers of styles that are tried unless told otherwise. */
export const DEFAULT_STYLES: readonly number[] = [1, 2, 3, 4];
/** Starts of the final fit, and of each fit in the choice of the number. */
const RESTARTS = 5;
const CHOICE_RESTARTS = 2;

/**
 * The learner `mixture`: `maxent`'s choices and scales, then several weight vectors, each driver (or each drive) having
 * one of them (`fitMixture`), their number chosen by the likelihood of drivers that were left out (`chooseStyles`).
 * Terms and intervals of a style are those of its weights given who drives how; they do not know that the labels may be
 * wrong. The reward is that of the most common style; the others are in `styles`.
 */
export const MIXTURE_LEARNER: Learner = {
  name: 'mixture',
  async learn(sources, options, control): Promise<Learned> {
    const { priorSd = DEFAULT_PRIOR_SD, seed = 0, styles: numbers = DEFAULT_STYLES, styleOf = 'driver' } = options;
    const { learned, excited, scale, standard, sceneWeight } = await learnByMaxent(sources, options, control);
    const { names, unitOf } = unitsOf(sources, learned.scenesOf, styleOf);
    const fitOptions = { priorSd, sceneWeight, seed, onRound: () => throwIfAborted(control) };
    const choice = chooseNumber(numbers, names.length, styleOf, () =>
      chooseStyles(standard, unitOf, numbers, { ...fitOptions, restarts: CHOICE_RESTARTS }, (done, total) =>
        control.onProgress?.({ stage: 'fit', done, total }),
      ),
    );
    const mixture = fitMixture(standard, unitOf, { ...fitOptions, styles: choice.chosen, restarts: RESTARTS });
    const labels = mixture.responsibilities.map((each) => each.indexOf(Math.max(...each)));
    const styles = mixture.fits.map((fit, k): LearnedStyle => {
      const terms = learned.terms.map((term, column): LearnedTerm => {
        const i = excited.indexOf(column);
        if (i < 0) return term;
        const weight = fit.theta[i]!;
        const sd = fit.sd[i]!;
        return {
          ...term,
          weight,
          sd,
          interval: [weight - NORMAL_95 * sd, weight + NORMAL_95 * sd],
          personMean: fit.demonstrated[i]! * scale[column]!,
          modelMean: fit.expected[i]! * scale[column]!,
        };
      });
      const own = Array.from(unitOf, (unit, scene) => (labels[unit] === k ? scene : -1)).filter((scene) => scene >= 0);
      return {
        terms,
        share: mixture.shares[k]!,
        drivers: names.filter((_, unit) => labels[unit] === k),
        nll: own.length > 0 ? meanChoiceNll(selectedScenes(standard, own), fit.theta) : fit.nll,
        gradientNorm: fit.gradientNorm,
      };
    });
    const scenesOfUnit = new Int32Array(names.length);
    for (const unit of unitOf) scenesOfUnit[unit]!++;
    const first = styles[0]!;
    const { prior: _, unexpectedSigns: __, ...optionsOfMaxent } = learned.options;
    // Of a single reward for all, which is not what was learned.
    const { enoughDriving: ___, ...ofMaxent } = learned;
    return {
      ...ofMaxent,
      unexpectedSigns: [],
      priorSd: Object.fromEntries(Object.keys(learned.priorSd ?? {}).map((group) => [group, priorSd])),
      terms: first.terms,
      nll: first.nll,
      gradientNorm: first.gradientNorm,
      iterations: mixture.history.length,
      options: { ...optionsOfMaxent, priorSd, styleOf, stylesTried: numbers.join(' '), restarts: RESTARTS },
      styles,
      mixture: {
        ...choice,
        styleOf,
        shares: [...mixture.shares],
        drivers: names.map((name, unit) => ({
          name,
          scenes: scenesOfUnit[unit]!,
          style: labels[unit]! + 1,
          responsibilities: [...mixture.responsibilities[unit]!],
        })),
        logPosterior: mixture.history.at(-1)!,
        rounds: mixture.history.length,
        ends: mixture.ends,
      },
    };
  },
};

/** Who has a style: drivers by label and name, or drives; those without usable windows are left out. */
function unitsOf(sources: readonly LearningSource[], scenesOf: readonly number[], styleOf: 'driver' | 'drive') {
  const names: string[] = [];
  const unitOf: number[] = [];
  for (const [i, { recording }] of sources.entries()) {
    if (scenesOf[i] === 0) continue;
    const { metadata } = recording;
    const driver = driverOf(metadata);
    const name = styleOf === 'driver' ? driver : `${driver}, recording ${i + 1} (${metadata.scenarioId})`;
    if (!names.includes(name)) names.push(name);
    const unit = names.indexOf(name);
    for (let scene = 0; scene < scenesOf[i]!; scene++) unitOf.push(unit);
  }
  return { names, unitOf };
}

function chooseNumber(
  numbers: readonly number[],
  units: number,
  styleOf: 'driver' | 'drive',
  choose: () => StylesChoice,
): StylesChoice {
  if (numbers.length === 0 || !numbers.every((styles) => Number.isInteger(styles) && styles >= 1)) {
    throw new RangeError(`learning: styles are ${numbers.join(', ') || 'none'}; expected integers >= 1`);
  }
  const fewest = Math.min(...numbers);
  if (fewest > units) {
    throw new RangeError(`learning: ${fewest} styles of ${units} ${styleOf}s; expected at most one style for each`);
  }
  // With two of them and two styles, each left-out one would be foretold from a single other.
  return numbers.length === 1 || units <= 2 ? { chosen: fewest, tried: [] } : choose();
}
