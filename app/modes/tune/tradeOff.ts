import { FEATURES } from '../../../irl/features/registry.ts';
import type { FeatureGroup, Reward, RewardTerm } from '../../../irl/features/reward.ts';

/** Versions of a reward that are tuned side by side. */
export const VERSIONS = ['A', 'B'] as const;
export type Version = (typeof VERSIONS)[number];

/** The three things that people trade against each other. */
export const MACROS = ['safety', 'comfort', 'progress'] as const;
export type Macro = (typeof MACROS)[number];

/** Which macro scales a group; lane preferences stay as they are. */
const MACRO_OF: Readonly<Record<FeatureGroup, Macro | null>> = {
  speed: 'progress',
  lane: null,
  headway: 'safety',
  comfort: 'comfort',
  courtesy: 'safety',
};

/** A version of a reward: a weight for each feature, and a factor for each macro. */
export interface TradeOff {
  /** Weight of the standardised feature, by name. */
  weights: Record<string, number>;
  /** Factor on the weights of the macro's groups; 1 leaves them. */
  macros: Record<Macro, number>;
}

/** The trade-off that a reward has as it is. */
export function tradeOffOf(reward: Reward): TradeOff {
  return {
    weights: Object.fromEntries(reward.features.map(({ name, weight }) => [name, weight])),
    macros: { safety: 1, comfort: 1, progress: 1 },
  };
}

/** A copy that changes on its own. */
export function copyTradeOff({ weights, macros }: TradeOff): TradeOff {
  return { weights: { ...weights }, macros: { ...macros } };
}

/**
 * The reward with a trade-off put in: the weights of the sliders, times the factor of their group. Intervals stay those
 * of the learned reward; the learner's options say that the weights were tuned by hand.
 */
export function applyTradeOff(reward: Reward, { weights, macros }: TradeOff, name = reward.name): Reward {
  // The weights that were set drive, not those of a mixture.
  const { mixture: _, ...single } = reward;
  return {
    ...single,
    name,
    learner: { ...reward.learner, options: { ...reward.learner.options, tuned: true } },
    features: reward.features.map((term) => {
      const macro = MACRO_OF[term.group];
      const weight = weights[term.name] ?? term.weight;
      return { ...term, weight: macro === null ? weight : scaled(term, weight, macro, macros[macro]) };
    }),
  };
}

/**
 * A weight times its macro's factor. More safety or comfort must not mean to like a risk or a jolt more: where a weight
 * has not the sign that the registry expects, it moves towards that sign, by its own size for each 1 of the factor.
 */
function scaled({ name }: RewardTerm, weight: number, macro: Macro, factor: number): number {
  const expected = FEATURES.find((feature) => feature.name === name)?.expectedSign ?? 0;
  const isUnexpected = macro !== 'progress' && weight * expected < 0;
  return isUnexpected ? weight * (2 - factor) : weight * factor;
}

/** Half width of the sliders' range: one for all, so that bars of the same length mean the same. */
export function sliderReach(reward: Reward): number {
  const largest = Math.max(...reward.features.map(({ weight }) => Math.abs(weight)), 0.5);
  return 2 ** Math.ceil(Math.log2(largest * 1.5));
}
