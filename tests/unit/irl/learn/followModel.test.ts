import { describe, expect, it } from 'vitest';
import { plantedReward } from '../../../../bench/plantedReward.ts';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { FAMILY_PARAMETERS } from '../../../../irl/candidates/projection.ts';
import { boltzmannMotion } from '../../../../irl/evaluate/boltzmannMotion.ts';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { UNDERSTUDY_FEATURES } from '../../../../irl/features/featureSet.ts';
import { createRewardScorer } from '../../../../irl/features/rewardScorer.ts';
import { effectiveNumber } from '../../../../irl/learn/effectiveOptions.ts';
import { ENOUGH_OPTIONS, followModel, modelLevels } from '../../../../irl/learn/followModel.ts';
import { choicesOf, chosenBy, drawOptions, type SceneOptions } from '../../../../irl/learn/sceneOptions.ts';
import { fitTiltedProposal } from '../../../../irl/learn/tiltedProposal.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';
import { randomScene } from '../../../fixtures/irl/trafficScene.ts';

const scorer = createRewardScorer(plantedReward());
const weight = scorer.weight.map((value, i) => value / scorer.scale[i]!);
const columns = weight.length;
const scene = randomScene(3);

function drawn(count: number): SceneOptions {
  const generator = createCandidateGenerator({ count, seed: 5 });
  return drawOptions(scene, () => createPrediction(scene), 0, generator, UNDERSTUDY_FEATURES);
}

/** Mean features under the model in units of the planted scales, and log of the partition function. */
function underModel({ rows, values, logMass }: SceneOptions): { readonly mean: Float64Array; readonly logZ: number } {
  const mean = new Float64Array(columns);
  const level = Array.from({ length: rows - 1 }, (_, i) => scorer.score(values, (i + 1) * columns) - logMass[i + 1]!);
  const highest = Math.max(...level);
  let total = 0;
  for (const [i, value] of level.entries()) {
    const share = Math.exp(value - highest);
    total += share;
    for (let k = 0; k < columns; k++) mean[k]! += (share * values[(i + 1) * columns + k]!) / scorer.scale[k]!;
  }
  return { mean: mean.map((sum) => sum / total), logZ: Math.log(total) + highest };
}

describe('followModel', () => {
  const first = drawn(300);
  const refined = followModel(first, weight, { seed: 8 });

  it('keeps what the options stand for: partition function and means are those of very many plain draws', () => {
    const exact = underModel(drawn(12_000));
    const near = underModel(followModel(drawn(40), weight, { seed: 8, draws: 400, timesAtMost: 3 }));
    expect(near.logZ).toBeCloseTo(exact.logZ, 0);
    for (const [k, mean] of near.mean.entries()) expect(Math.abs(mean - exact.mean[k]!)).toBeLessThan(0.12);
  });

  it('draws until enough options count, in two rounds also for somebody who drives as no first option does', () => {
    const halting = createRewardScorer(plantedReward({ speed: 3, speedSquared: -16 }));
    const strange = halting.weight.map((value, i) => value / halting.scale[i]!);
    expect(effectiveNumber(modelLevels(first, weight))).toBeLessThan(ENOUGH_OPTIONS);
    expect(effectiveNumber(modelLevels(refined, weight))).toBeGreaterThanOrEqual(ENOUGH_OPTIONS);
    expect(effectiveNumber(modelLevels(first, strange))).toBeLessThan(5);
    const reached = [1, 2].reduce((options) => followModel(options, strange, { seed: 8 }), first);
    expect(effectiveNumber(modelLevels(reached, strange))).toBeGreaterThanOrEqual(ENOUGH_OPTIONS);
    // What follows the model already is not drawn again.
    expect(followModel(reached, strange, { seed: 8 })).toBe(reached);
  });

  it('reaches the wide sways that somebody likes who minds lateral speed little, where no first option is', () => {
    const easy = createRewardScorer(
      plantedReward({ lateralSpeedSquared: -0.4, laneOffsetSquared: -0.5, lateralJerkSquared: -0.5 }),
    );
    const easyWeight = easy.weight.map((value, i) => value / easy.scale[i]!);
    const meanSway = (options: SceneOptions) => {
      const level = modelLevels(options, easyWeight);
      const highest = level.reduce((most, value) => Math.max(most, value));
      let total = 0;
      let sum = 0;
      for (const [i, value] of level.entries()) {
        const share = Math.exp(value - highest);
        total += share;
        sum += share * options.parameters[(i + 1) * FAMILY_PARAMETERS + 6]! ** 2;
      }
      return Math.sqrt(sum / total);
    };
    const exact = meanSway(followModel(drawn(20_000), easyWeight, { seed: 1, draws: 20_000, timesAtMost: 1 }));
    const several = Array.from({ length: 8 }, (_, i) => {
      const options = { ...first, number: i };
      return meanSway([1, 2].reduce((all) => followModel(all, easyWeight, { seed: 8 }), options));
    });
    const mean = several.reduce((all, value) => all + value, 0) / several.length;
    expect(Math.abs(mean / exact - 1)).toBeLessThan(0.1);
  });

  it('takes a person whose motion no draw comes near: the scene then says nothing', () => {
    const person = boltzmannMotion(scene, scorer, { seed: 1, steps: 50 })!;
    const far = Float64Array.from(person.parameters, (value, i) => (i === FAMILY_PARAMETERS - 1 ? 60 : value));
    const options = followModel(chosenBy(first, { ...person, parameters: far }), weight, { seed: 8 });
    const { logWeight } = choicesOf([options], columns);
    expect(logWeight.every(Number.isFinite)).toBe(true);
    const others = modelLevels(options, weight).reduce((most, value) => Math.max(most, value));
    expect(scorer.score(options.values, 0) + logWeight[0]! - others).toBeGreaterThan(30);
  });

  it('draws the same again and leaves the options it started from as they were', () => {
    const again = followModel(drawn(300), weight, { seed: 8 });
    expect([...choicesOf([again], columns).logWeight]).toEqual([...choicesOf([refined], columns).logWeight]);
    expect(first.rows).toBeLessThanOrEqual(301);
    expect(first.proposals).toHaveLength(1);
  });

  it('does not let the draws depend on what the person did', () => {
    const parametersFor = (seed: number) => {
      const person = boltzmannMotion(scene, scorer, { seed, steps: 50 })!;
      const options = followModel(chosenBy(first, person), weight, { seed: 8 });
      return [...options.parameters.subarray(FAMILY_PARAMETERS, options.rows * FAMILY_PARAMETERS)];
    };
    expect(parametersFor(1)).toEqual(parametersFor(2));
  });
});

describe('fitTiltedProposal', () => {
  const stream = createRandomStream(2, 'tilted proposal test');
  const rows = 60;
  const parameters = Float64Array.from({ length: rows * FAMILY_PARAMETERS }, (_, at) => {
    const i = at % FAMILY_PARAMETERS;
    return i === 5 ? 2 + 4 * stream.uniform() : (i === 4 ? -5 : 0) + 0.5 * stream.normal();
  });
  const proposal = fitTiltedProposal(parameters, new Float64Array(rows), new Int32Array(rows), rows);

  it('has a density of mass 1: the mean of another density over its own is 1 under its draws', () => {
    const point = new Float64Array(FAMILY_PARAMETERS);
    const draws = 20_000;
    let sum = 0;
    for (let n = 0; n < draws; n++) {
      proposal.draw(
        Float64Array.from({ length: FAMILY_PARAMETERS }, () => stream.normal()),
        stream.uniform(),
        point,
        0,
      );
      expect(point[5]).toBeGreaterThanOrEqual(1);
      expect(point[5]).toBeLessThanOrEqual(8);
      // Normal of deviation 0.5 in all but the duration, which is uniform in 3..5 s.
      let other = point[5]! > 3 && point[5]! < 5 ? Math.log(1 / 2) : Number.NEGATIVE_INFINITY;
      for (let i = 0; i < FAMILY_PARAMETERS; i++) {
        if (i === 5) continue;
        const z = (point[i]! - (i === 4 ? -5 : 0)) / 0.5;
        other -= (z * z) / 2 + Math.log(0.5) + Math.log(2 * Math.PI) / 2;
      }
      sum += Math.exp(other - proposal.logDensity(point, 0));
    }
    expect(sum / draws).toBeCloseTo(1, 1);
  });

  it('stays wide where all weight rests on one motion', () => {
    const lonely = Float64Array.from({ length: rows }, (_, i) => (i === 0 ? 500 : 0));
    const narrow = fitTiltedProposal(parameters, lonely, new Int32Array(rows), rows);
    expect(Number.isFinite(narrow.logDensity(parameters, 0))).toBe(true);
    expect(narrow.logDensity(parameters, 0)).toBeLessThan(10);
  });

  it('needs a motion to follow', () => {
    expect(() => fitTiltedProposal(parameters, new Float64Array(0), [], 0)).toThrow(/expected at least one/);
  });
});
