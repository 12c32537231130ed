import type { SceneEgo } from '../features/scene.ts';
import { ACCELERATION_PROCESS } from './accelerationProcess.ts';
import { logSumExp } from './logSumExp.ts';
import { LONGITUDINAL_PARAMETERS } from './longitudinalFamily.ts';

const N = LONGITUDINAL_PARAMETERS;
const LOG_NORMAL_4 = -2 * Math.log(2 * Math.PI);

/** One way of going on: the mean acceleration and its spread [m/s²]. */
interface Manner {
  readonly share: number;
  readonly mean: number;
  readonly spread: number;
}

/**
 * Longitudinal part of the proposal: acceleration as a process of Ornstein & Uhlenbeck, in a mixture of manners. The
 * first has the spread of people on US-101 (1 m/s²); the others reach what congested recordings hold little of:
 * strong reactions, getting up to the limit, and braking.
 */
export interface LongitudinalProposal {
  /** Writes 4 parameters to `out` from `at` on; `z` are 4 standard normals, `choice` in [0, 1) picks the manner. */
  draw(z: Float64Array, choice: number, out: Float64Array, at: number): void;
  /** Natural logarithm of the density at the parameters from `at` on. */
  logDensity(parameters: Float64Array, at: number): number;
}

/** Proposal for the ego as it is now, on a road whose limit at the ego is `limit` [m/s]. */
export function longitudinalProposal(ego: SceneEgo, limit: number): LongitudinalProposal {
  const pull = (limit - ego.sDot) / 5;
  const manners: readonly Manner[] = [
    { share: 0.45, mean: 0, spread: 1 },
    { share: 0.2, mean: 0, spread: 2.2 },
    { share: 0.2, mean: pull > 2 ? 2 : Math.max(pull, -2), spread: 0.7 },
    { share: 0.15, mean: -2, spread: 1.3 },
  ];
  const { fromPresent, fromMean } = ACCELERATION_PROCESS;
  const centre = new Float64Array(N);
  const logPart = new Float64Array(manners.length);
  const setCentre = (manner: Manner) => {
    for (let i = 0; i < N; i++) {
      centre[i] = (i % 2 === 0 ? ego.sDot : 0) + fromPresent[i]! * ego.sDdot + fromMean[i]! * manner.mean;
    }
  };
  return {
    draw(z, choice, out, at) {
      let index = 0;
      let rest = choice;
      while (index < manners.length - 1 && rest >= manners[index]!.share) rest -= manners[index++]!.share;
      setCentre(manners[index]!);
      drawAround(centre, 0, manners[index]!.spread, z, out, at);
    },
    logDensity(parameters, at) {
      for (let k = 0; k < manners.length; k++) {
        const manner = manners[k]!;
        setCentre(manner);
        logPart[k] = Math.log(manner.share) + logDensityAround(centre, 0, manner.spread, parameters, at);
      }
      return logSumExp(logPart);
    },
  };
}

/** Writes centre + spread * L z to `out`. */
function drawAround(
  centre: Float64Array,
  centreAt: number,
  spread: number,
  z: Float64Array,
  out: Float64Array,
  at: number,
): void {
  const { factor } = ACCELERATION_PROCESS;
  for (let i = 0; i < N; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += factor[i * N + j]! * z[j]!;
    out[at + i] = centre[centreAt + i]! + spread * sum;
  }
}

const whitened = new Float64Array(N);

/** Natural logarithm of the normal density of `drawAround` at the parameters from `at` on. */
function logDensityAround(
  centre: Float64Array,
  centreAt: number,
  spread: number,
  parameters: Float64Array,
  at: number,
): number {
  const { factor, logDeterminant } = ACCELERATION_PROCESS;
  let square = 0;
  for (let i = 0; i < N; i++) {
    let sum = (parameters[at + i]! - centre[centreAt + i]!) / spread;
    for (let j = 0; j < i; j++) sum -= factor[i * N + j]! * whitened[j]!;
    const value = sum / factor[i * N + i]!;
    whitened[i] = value;
    square += value * value;
  }
  return LOG_NORMAL_4 - square / 2 - logDeterminant - N * Math.log(spread);
}
