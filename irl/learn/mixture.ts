import { createRandomStream } from '../../sim/core/randomStream.ts';
import { logSumExp } from '../candidates/logSumExp.ts';
import type { ChoiceData } from './choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from './choiceLikelihood.ts';
import { kMeans } from './kMeans.ts';
import { fitMaxent, type MaxentFit } from './maxent.ts';
import { sceneLogLikelihoods } from './sceneLogLikelihoods.ts';

/** Gain of the log-posterior a driver below which EM has converged [nat]. */
const SETTLED = 1e-3;
const ROUNDS_AT_MOST = 200;
/** Share of a driver that a start gives to its own cluster. */
const FIRM = 0.9;
/** Every style starts with one driver of its own in the count (Dirichlet prior), so that none dies out. */
const PSEUDO_DRIVERS = 1;
/** Responsibility that a style keeps for everybody, so that one nobody has still has a fit: that of the prior. */
const LEAST = 1e-12;

/** Options of `fitMixture`. */
export interface MixtureOptions {
  /** Number of styles, >= 1. */
  readonly styles: number;
  /** Prior deviation of each weight, and share of its information that a scene adds, as in `fitMaxent`. */
  readonly priorSd?: number;
  readonly sceneWeight?: number;
  /** Starts of EM, each from other clusters; the best end is kept. */
  readonly restarts?: number;
  readonly seed?: number;
  /** Called in every round; throwing ends the fit. */
  readonly onRound?: () => void;
}

/** Several ways to drive. */
export interface MixtureFit {
  /** Weights of each style with their posterior given the labels, largest share first. */
  readonly fits: readonly MaxentFit[];
  /** Share of the drivers, sums to 1. Shape: [styles]. */
  readonly shares: Float64Array;
  /** p(style | drives of the unit); zeros for units without counted scenes. Shape: [units][styles]. */
  readonly responsibilities: readonly Float64Array[];
  /** log-posterior of weights and shares after each round [nat]; never decreases. */
  readonly history: readonly number[];
  /** Where each start ended. Shape: [restarts]. */
  readonly ends: readonly number[];
}

/**
 * Mixture of styles by expectation-maximisation (Babes-Vroman et al. 2011): every unit (a driver, or a drive) has one
 * style,
 *
 *   p(style k | unit) ∝ share_k Π over its scenes P(person | θ_k)^κ,
 *
 * with κ the scene weight, because windows that overlap are not independent. Weights are then fitted to the scenes
 * weighted by these responsibilities (`fitMaxent`), shares to their means. Maximised is the posterior
 * Σ_units log Σ_k share_k Π P^κ with the prior of the weights and Dirichlet(2) for the shares. It starts from clusters
 * of what the units do otherwise than the average driver (warm start as in LiMIIRL, Snoswell et al. 2021).
 * @param data standardised choices; scenes of weight 0 take no part, others count once
 * @param unitOf unit of each scene, 0..units - 1. Shape: [scenes].
 * @throws RangeError when there are fewer units than styles
 */
export function fitMixture(data: ChoiceData, unitOf: ArrayLike<number>, options: MixtureOptions): MixtureFit {
  const { styles, priorSd = 10, sceneWeight = 1, restarts = 5, seed = 0, onRound } = options;
  const units = Array.from(unitOf).reduce((most, unit) => Math.max(most, unit), -1) + 1;
  const counts = data.sceneWeights ?? new Float64Array(data.scenes).fill(1);
  const present = Array.from({ length: units }, (_, unit) => unit).filter((unit) =>
    counts.some((count, scene) => count > 0 && unitOf[scene] === unit),
  );
  if (!(Number.isInteger(styles) && styles >= 1 && styles <= present.length)) {
    throw new RangeError(`mixture: ${styles} styles of ${present.length} drivers; expected 1 to ${present.length}`);
  }
  const fitOptions = { priorSd, sceneWeight };
  const pooled = fitMaxent(data, fitOptions);
  const features = clusterFeatures(data, unitOf, units, pooled.theta);
  let best: (Run & { readonly end: number }) | undefined;
  const ends: number[] = [];
  for (let restart = 0; restart < (styles === 1 ? 1 : restarts); restart++) {
    const stream = createRandomStream(seed + restart, 'styles');
    const labels = kMeans(
      present.map((unit) => features[unit]!),
      styles,
      stream,
    );
    const start = Array.from({ length: units }, () => new Float64Array(styles));
    for (const [i, unit] of present.entries()) {
      start[unit]!.fill(styles === 1 ? 1 : (1 - FIRM) / (styles - 1));
      start[unit]![labels[i]!] = styles === 1 ? 1 : FIRM;
    }
    const run = climb(start, pooled.theta);
    const end = run.history.at(-1)!;
    ends.push(end);
    if (best === undefined || end > best.end) best = { ...run, end };
  }
  const { fits, shares, responsibilities, history } = best!;
  const order = Array.from(shares, (_, k) => k).sort((a, b) => shares[b]! - shares[a]!);
  return {
    fits: order.map((k) => fits[k]!),
    shares: Float64Array.from(order, (k) => shares[k]!),
    responsibilities: responsibilities.map((each) => Float64Array.from(order, (k) => each[k]!)),
    history,
    ends,
  };

  function climb(start: readonly Float64Array[], theta: Float64Array): Run {
    let responsibilities = start;
    let thetas = Array.from({ length: styles }, () => theta);
    const history: number[] = [];
    for (;;) {
      onRound?.();
      const fits = thetas.map((from, k) =>
        fitMaxent(
          {
            ...data,
            sceneWeights: counts.map((count, scene) => count * Math.max(responsibilities[unitOf[scene]!]![k]!, LEAST)),
          },
          { ...fitOptions, start: from },
        ),
      );
      thetas = fits.map((fit) => fit.theta);
      const shares = Float64Array.from(thetas, (_, k) => {
        const members = present.reduce((sum, unit) => sum + responsibilities[unit]![k]!, 0);
        return (members + PSEUDO_DRIVERS) / (present.length + PSEUDO_DRIVERS * styles);
      });
      const unitLogs = unitLogLikelihoods(data, unitOf, units, thetas, sceneWeight);
      const joint = unitLogs.map((logs) => logs.map((log, k) => log + Math.log(shares[k]!)));
      let posterior = 0;
      for (const unit of present) posterior += logSumExp(joint[unit]!);
      for (const [k, weights] of thetas.entries()) {
        posterior += PSEUDO_DRIVERS * Math.log(shares[k]!);
        for (const weight of weights) posterior -= (weight * weight) / (2 * priorSd * priorSd);
      }
      history.push(posterior);
      responsibilities = joint.map((logs, unit) =>
        present.includes(unit) ? normalised(logs) : new Float64Array(styles),
      );
      const gain = posterior - (history.at(-2) ?? Number.NEGATIVE_INFINITY);
      if (styles === 1 || gain <= SETTLED * present.length || history.length >= ROUNDS_AT_MOST) {
        return { fits, shares, responsibilities, history };
      }
    }
  }
}

type Run = Pick<MixtureFit, 'fits' | 'shares' | 'responsibilities' | 'history'>;

/**
 * κ times the log-likelihood of each unit's counted and uncounted scenes under each of several weights [nat].
 * Shape: [units][styles].
 */
export function unitLogLikelihoods(
  data: ChoiceData,
  unitOf: ArrayLike<number>,
  units: number,
  thetas: readonly Float64Array[],
  sceneWeight: number,
): Float64Array[] {
  const logs = Array.from({ length: units }, () => new Float64Array(thetas.length));
  for (const [k, theta] of thetas.entries()) {
    const each = sceneLogLikelihoods(data, theta);
    for (let scene = 0; scene < data.scenes; scene++) logs[unitOf[scene]!]![k]! += sceneWeight * each[scene]!;
  }
  return logs;
}

function normalised(logs: Float64Array): Float64Array {
  const total = logSumExp(logs);
  return logs.map((log) => Math.exp(log - total));
}

/**
 * What each unit does otherwise than the average driver: its mean feature values less those the pooled model expects of
 * it, in standard deviations of that mean. Shape: [units][columns].
 */
function clusterFeatures(
  data: ChoiceData,
  unitOf: ArrayLike<number>,
  units: number,
  theta: Float64Array,
): Float64Array[] {
  const n = data.columns;
  const out = emptyLikelihood(n);
  return Array.from({ length: units }, (_, unit) => {
    const own = Float64Array.from({ length: data.scenes }, (_, scene) => (unitOf[scene] === unit ? 1 : 0));
    const scenes = own.reduce((sum, one) => sum + one, 0);
    if (scenes === 0) return new Float64Array(n);
    choiceLikelihood({ ...data, sceneWeights: own }, theta, out, true);
    return Float64Array.from(out.gradient, (value, i) => {
      const variance = out.hessian[i * n + i]!;
      return variance > 0 ? (-value * Math.sqrt(scenes)) / Math.sqrt(variance) : 0;
    });
  });
}
