import { describe, expect, it } from 'vitest';
import { learnReward } from '../../../../irl/learn/learnReward.ts';
import { learnPopulation } from '../../../../irl/learn/population.ts';
import { formatPopulation, parsePopulation } from '../../../../irl/learn/populationFile.ts';
import { steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';
import { centreOf } from '../../../fixtures/irl/trafficScene.ts';

const drive = (name: string, swing: number) => ({
  recording: steadyRecording({
    ticks: 90,
    others: [
      { s: 535, d: centreOf(1), sDot: 21 },
      { s: 470, d: centreOf(0), sDot: 24 },
    ],
    driverName: name,
    acceleration: (t) => swing * Math.sin(t),
    offset: (t) => centreOf(1) + 0.1 * Math.sin(0.7 * t),
  }),
  hash: 'c'.repeat(64),
});
const quick = { candidates: 40 };
const population = await learnPopulation([drive('Ada', 0.3), drive('Grace', 0.6), drive('Mary', 0.9)], quick);

describe('population files', () => {
  it('are read back as they were written, and list their drivers', () => {
    expect(parsePopulation(formatPopulation(population))).toEqual(population);
    expect(population.fit).toMatchObject({ drivers: 3, scenes: 15 });
    expect(population.sources.map(({ driver }) => driver)).toEqual(['Ada', 'Grace', 'Mary']);
  });

  it('are refused with place and expectation', () => {
    const text = formatPopulation(population);
    const first = population.features[0]!.name;
    const row = population.covariance[0]!;
    const broken: readonly [string, RegExp][] = [
      ['{', /^population: found "\{"; expected JSON/],
      [text.replace('"version": 1', '"version": 9'), /^population version: found 9; expected 1/],
      [text.replace(`"name": "${first}"`, '"name": "luck"'), /features\[0\]\.name: found "luck"; expected a feature/],
      [text.replace(JSON.stringify(row), '[1, 2]'), /covariance: .* expected \d+ rows of \d+ numbers/],
      [
        text.replace(JSON.stringify(row), JSON.stringify([row[0], 7, ...row.slice(2)])),
        /covariance\[0\]\[1\]: found 7/,
      ],
      [text.replace(JSON.stringify(row), JSON.stringify([-1, ...row.slice(1)])), /expected a positive definite matrix/],
    ];
    for (const [json, message] of broken) expect(() => parsePopulation(json)).toThrow(message);
  });
});

describe('learning with a population', () => {
  it('takes its units and its prior, and keeps its drivers out of an evaluation', async () => {
    const newcomer = [drive('Emmy', 0.5)];
    const { reward } = await learnReward(newcomer, { ...quick, population });
    for (const { name, scale, sd } of population.features) {
      const term = reward.features.find((feature) => feature.name === name)!;
      expect(term.scale).toBe(scale);
      // Own driving only narrows what was known.
      expect(term.sd).toBeLessThanOrEqual(sd * (1 + 1e-9));
    }
    expect(reward.sources.map(({ driver }) => driver)).toEqual(['Emmy', 'Ada', 'Grace', 'Mary']);
    expect(reward.learner.options).toMatchObject({ population: 'population', populationDrivers: 3 });
    const alone = await learnReward(newcomer, quick);
    expect(reward.features[0]!.weight).not.toBe(alone.reward.features[0]!.weight);
  });

  it('is for maxent, and needs two drivers', async () => {
    const one = [drive('Emmy', 0.5)];
    await expect(learnReward(one, { ...quick, method: 'huang2021', population })).rejects.toThrow(
      /population given with method "huang2021"; expected method "maxent"/,
    );
    await expect(learnPopulation(one, quick)).rejects.toThrow(
      /fewer than two drivers are no population; expected at least two/,
    );
  });
});
