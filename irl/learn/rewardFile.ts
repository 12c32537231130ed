import { z } from 'zod';
import { FEATURE_SETS } from '../features/featureSet.ts';
import { FEATURE_SET_VERSION, REWARD_FILE_VERSION, type Reward } from '../features/reward.ts';
import { checkedContent } from './checkedContent.ts';
import { RewardError } from './rewardError.ts';

const finite = z.number();
const count = z.number().int().min(0);

const TERM = z.strictObject({
  name: z.string().min(1),
  group: z.enum(['speed', 'lane', 'headway', 'comfort', 'courtesy']),
  scale: finite.positive(),
  weight: finite,
  sd: finite.min(0),
  interval: z.tuple([finite, finite]),
});

/** Shape of a recording that was learned from. */
export const SOURCE_SCHEMA = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in 64 hex digits'),
  driver: z.string(),
  label: z.string(),
  scenarioId: z.string(),
  scenes: count,
});

/** Shape of a `reward.json`. */
export const REWARD_SCHEMA = z.strictObject({
  format: z.literal('understudy-reward'),
  version: z.literal(REWARD_FILE_VERSION),
  featureSetVersion: z.literal(FEATURE_SET_VERSION),
  simulatorVersion: z.number().int().min(1),
  name: z.string(),
  learner: z.strictObject({
    name: z.string().min(1),
    options: z.record(z.string(), z.union([finite, z.string(), z.boolean()])),
  }),
  features: z.array(TERM).min(1),
  mixture: z
    .array(z.strictObject({ share: finite.positive(), weights: z.array(finite) }))
    .min(1)
    .exactOptional(),
  sources: z.array(SOURCE_SCHEMA),
  fit: z.strictObject({
    scenes: count,
    candidatesPerScene: count,
    nll: finite,
    gradientNorm: finite.min(0),
    projectionErrorP95: finite.min(0),
  }),
});

/**
 * Reads a reward file.
 * @param json the file's text, or what JSON.parse made of it
 * @throws RewardError with path, value and expectation for the first thing that is wrong
 */
export function parseReward(json: unknown): Reward {
  const reward: Reward = checkedContent(REWARD_SCHEMA, json, (problem) => new RewardError(problem));
  checkFeatures(reward);
  checkMixture(reward);
  return reward;
}

/** Text of a reward file: keys in a fixed order, two spaces, full precision, so that files can be compared by line. */
export function formatReward(reward: Reward): string {
  const { format, version, featureSetVersion, simulatorVersion, name, learner, features, mixture, sources, fit } =
    reward;
  const options = Object.fromEntries(Object.entries(learner.options).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  const ordered: Reward = {
    format,
    version,
    featureSetVersion,
    simulatorVersion,
    name,
    learner: { name: learner.name, options },
    features: features.map(({ name, group, scale, weight, sd, interval }) => ({
      name,
      group,
      scale,
      weight,
      sd,
      interval,
    })),
    ...(mixture === undefined
      ? {}
      : { mixture: mixture.map(({ share, weights }) => ({ share, weights: [...weights] })) }),
    sources: sources.map(({ hash, driver, label, scenarioId, scenes }) => ({
      hash,
      driver,
      label,
      scenarioId,
      scenes,
    })),
    fit: {
      scenes: fit.scenes,
      candidatesPerScene: fit.candidatesPerScene,
      nll: fit.nll,
      gradientNorm: fit.gradientNorm,
      projectionErrorP95: fit.projectionErrorP95,
    },
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

/** How far from 1 the shares of a mixture may sum up to. */
const SHARES_ROUNDING = 1e-6;

function checkMixture({ mixture, features }: Reward): void {
  if (mixture === undefined) return;
  for (const [i, { weights }] of mixture.entries()) {
    if (weights.length === features.length) continue;
    throw new RewardError({
      path: `mixture[${i}].weights`,
      value: weights.length,
      expected: `${features.length} weights, one for each feature`,
    });
  }
  const sum = mixture.reduce((total, { share }) => total + share, 0);
  if (Math.abs(sum - 1) > SHARES_ROUNDING) {
    throw new RewardError({ path: 'mixture', value: sum, expected: 'shares that sum up to 1' });
  }
}

function checkFeatures(reward: Reward): void {
  const names = new Set<string>();
  const first = FEATURE_SETS.find(({ specs }) => specs.some(({ name }) => name === reward.features[0]?.name));
  for (const [i, term] of reward.features.entries()) {
    const path = `features[${i}]`;
    const set = FEATURE_SETS.find((candidate) => candidate.specs.some((spec) => spec.name === term.name));
    const spec = set?.specs.find((candidate) => candidate.name === term.name);
    if (spec === undefined) {
      const known = FEATURE_SETS[0]!.specs.map((candidate) => candidate.name).join(', ');
      throw new RewardError({ path: `${path}.name`, value: term.name, expected: `a registered feature: ${known}` });
    }
    if (set !== first) {
      throw new RewardError({
        path: `${path}.name`,
        value: term.name,
        expected: `a feature of "${first!.name}", as the first`,
      });
    }
    if (names.has(term.name)) {
      throw new RewardError({ path: `${path}.name`, value: term.name, expected: 'each feature once' });
    }
    if (term.group !== spec.group) {
      throw new RewardError({
        path: `${path}.group`,
        value: term.group,
        expected: `"${spec.group}" for "${term.name}"`,
      });
    }
    if (term.interval[0] > term.interval[1]) {
      throw new RewardError({ path: `${path}.interval`, value: term.interval, expected: 'the lower end first' });
    }
    names.add(term.name);
  }
}
