import { describe, expect, it } from 'vitest';
import { selectedScenes } from '../../../../irl/learn/choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from '../../../../irl/learn/choiceLikelihood.ts';
import { cholesky, inverseMatrix } from '../../../../irl/learn/cholesky.ts';
import { fitPopulation, type PopulationPrior } from '../../../../irl/learn/fitPopulation.ts';
import { gaussianPrior } from '../../../../irl/learn/gaussianPrior.ts';
import { fitMaxent } from '../../../../irl/learn/maxent.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';
import { syntheticChoices } from '../../../fixtures/irl/syntheticChoices.ts';

const MEAN = [1.5, -1, 0.5, 0, -2];
const SPREAD = [0.8, 0.3, 0.6, 0.2, 0.5];

/** Weights of drivers of a population; the first two weights vary together. */
function drawDrivers(count: number, seed: number): number[][] {
  const stream = createRandomStream(seed, 'population');
  return Array.from({ length: count }, () => {
    const z = MEAN.map(() => stream.normal());
    z[1] = 0.9 * z[0]! + Math.sqrt(1 - 0.81) * z[1]!;
    return MEAN.map((mean, i) => mean + SPREAD[i]! * z[i]!);
  });
}

const driving = (theta: readonly number[], scenes: number, seed: number) =>
  syntheticChoices(new Array<readonly number[]>(scenes).fill(theta), seed);

function adapt(data: ReturnType<typeof driving>, { mean, covariance }: PopulationPrior): Float64Array {
  const precision = inverseMatrix(cholesky(covariance, mean.length)!, mean.length);
  return fitMaxent(data, { priorSd: Number.POSITIVE_INFINITY, terms: [gaussianPrior(mean, precision)] }).theta;
}

describe('gaussianPrior', () => {
  it('has the gradient and Hessian of finite differences', () => {
    const precision = Float64Array.of(2, 0.5, 0.5, 1);
    const term = gaussianPrior(Float64Array.of(1, -1), precision);
    const at = (a: number, b: number) => {
      const gradient = new Float64Array(2);
      const hessian = new Float64Array(4);
      return { value: term(Float64Array.of(a, b), gradient, hessian, 0.7), gradient, hessian };
    };
    const h = 1e-5;
    const here = at(0.3, 2);
    expect(here.gradient[0]).toBeCloseTo((at(0.3 + h, 2).value - at(0.3 - h, 2).value) / (2 * h), 7);
    expect(here.gradient[1]).toBeCloseTo((at(0.3, 2 + h).value - at(0.3, 2 - h).value) / (2 * h), 7);
    expect(here.hessian[1]).toBeCloseTo((at(0.3, 2 + h).gradient[0]! - at(0.3, 2 - h).gradient[0]!) / (2 * h), 7);
    expect([...here.hessian]).toEqual([...precision].map((value) => 0.7 * value));
  });

  it('is the isotropic prior of fitMaxent when it is one', () => {
    const data = driving(MEAN, 20, 4);
    const priorMean = Float64Array.of(1, -2, 0, 0.5, 3);
    const isotropic = gaussianPrior(
      priorMean,
      Float64Array.from({ length: 25 }, (_, at) => (at % 6 ? 0 : 0.25)),
    );
    const term = fitMaxent(data, { priorSd: Number.POSITIVE_INFINITY, terms: [isotropic], sceneWeight: 0.2 });
    const usual = fitMaxent(data, { priorSd: 2, priorMean, sceneWeight: 0.2 });
    for (let i = 0; i < 5; i++) {
      expect(term.theta[i]).toBeCloseTo(usual.theta[i]!, 7);
      expect(term.sd[i]).toBeCloseTo(usual.sd[i]!, 7);
    }
  });
});

describe('fitPopulation', () => {
  const drivers = drawDrivers(100, 1).map((theta, u) => driving(theta, 60, 100 + u));
  const population = fitPopulation(drivers);

  it('finds mean, spread and correlation of the drivers', () => {
    expect(population.settled).toBe(true);
    for (let i = 0; i < 5; i++) {
      expect(population.mean[i]!, `mean ${i}`).toBeCloseTo(MEAN[i]!, 0);
      const spread = Math.sqrt(population.spread[i * 6]!);
      // The prior of deviation 0.3 is worth five of 105 drivers.
      expect(spread, `spread ${i}`).toBeGreaterThan(0.8 * SPREAD[i]!);
      expect(spread, `spread ${i}`).toBeLessThan(1.25 * Math.sqrt((100 * SPREAD[i]! ** 2 + 5 * 0.09) / 105));
    }
    const correlation = population.spread[1]! / Math.sqrt(population.spread[0]! * population.spread[6]!);
    expect(correlation).toBeGreaterThan(0.5);
  });

  it('makes a new driver cheaper: fewer nats with few scenes, the same with many', () => {
    const gain = (scenes: number) => {
      let [adapted, alone, meanOnly] = [0, 0, 0];
      const out = emptyLikelihood(5);
      const newcomers = drawDrivers(12, 77);
      for (const [u, theta] of newcomers.entries()) {
        const all = driving(theta, scenes + 150, 900 + u);
        const scene = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);
        const own = selectedScenes(all, scene(0, scenes));
        const rest = selectedScenes(all, scene(scenes, scenes + 150));
        const nll = (weights: Float64Array) => {
          choiceLikelihood(rest, weights, out, false);
          return out.value / newcomers.length;
        };
        adapted += nll(adapt(own, population));
        alone += nll(fitMaxent(own).theta);
        meanOnly += nll(population.mean);
      }
      return { adapted, alone, meanOnly };
    };
    const few = gain(4);
    expect(few.adapted).toBeLessThan(few.alone - 0.3);
    expect(few.adapted).toBeLessThan(few.meanOnly);
    const many = gain(600);
    expect(Math.abs(many.adapted - many.alone)).toBeLessThan(0.01);
    expect(many.adapted).toBeLessThan(many.meanOnly - 0.02);
  });

  it('leaves unknown what no driver has shown', () => {
    // The last feature never varies within a scene.
    const blind = drivers.slice(0, 20).map((data) => ({
      ...data,
      values: data.values.map((value, at) => (at % 5 === 4 ? 1 : value)),
    }));
    const { covariance, spread } = fitPopulation(blind, { priorSd: 10 });
    expect(Math.sqrt(covariance[24]!)).toBeGreaterThan(9);
    for (let i = 0; i < 4; i++) {
      expect(covariance[i * 6]!).toBeGreaterThan(spread[i * 6]!);
      expect(covariance[i * 6]!).toBeLessThan(1.5 * spread[i * 6]!);
    }
  });

  it('refuses a population of one', () => {
    expect(() => fitPopulation(drivers.slice(0, 1))).toThrow(
      /fewer than two drivers are no population; expected at least two/,
    );
  });
});
