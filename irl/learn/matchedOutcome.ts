import type { AgentMatching, MatchingOutcome } from './agentMatching.ts';
import type { AgentMixture, TriedAgent } from './agentMixture.ts';
import { mixedAgents } from './bestMixture.ts';
import { meanChoiceNll } from './choiceNll.ts';
import type { Learned, LearnedTerm } from './learner.ts';
import { type MaxentLearning, NORMAL_95 } from './maxentLearner.ts';

/** What a learner came to that let agents drive. */
export interface FoundAgents {
  /** All agents that were tried, in order, one a round of rollouts. */
  readonly tried: readonly TriedAgent[];
  /** The one whose weights are the reward. */
  readonly best: TriedAgent;
  /** The mixture that is the learner's outcome, where the best agent alone is not. */
  readonly mixture: AgentMixture | undefined;
  /** Why no more was tried. */
  readonly ended: MatchingOutcome['ended'];
  /** Whether the weight of an excited feature of the best agent stands at its limit. */
  atLimit?(feature: number): boolean;
  /** Standard deviation of the weight of an excited feature [nat per standardised feature]. */
  sdOf(term: LearnedTerm): number;
  /** Options of this learner alone, for the reward file. */
  readonly options?: Readonly<Record<string, number>>;
}

/** `maxent`'s outcome with the weights of the best agent in place of its own, and what agents did beside the person. */
export function matchedOutcome(
  { learned, excited, standard }: MaxentLearning,
  matching: AgentMatching,
  found: FoundAgents,
): Learned {
  const { tried, best, mixture } = found;
  const { theta } = best;
  const report = matching.report({
    first: tried[0]!.agent,
    best: best.agent,
    mixture,
    ended: found.ended,
    ...(found.atLimit ? { atLimit: found.atLimit } : {}),
  });
  const { person, agent } = matching.meansOf(best.agent);
  const terms = learned.terms.map((term, column): LearnedTerm => {
    const i = excited.indexOf(column);
    const personMean = person[column]!;
    const modelMean = agent[column]!;
    if (i < 0) return { ...term, personMean, modelMean };
    const weight = theta[i]!;
    const sd = found.sdOf(term);
    const reach = NORMAL_95 * sd;
    return { ...term, weight, sd, interval: [weight - reach, weight + reach], personMean, modelMean };
  });
  // What maxent found against expectation the agent need not bear out.
  const unexpectedSigns = (learned.unexpectedSigns ?? []).filter((name) => {
    const spec = learned.featureSet.specs.find((one) => one.name === name)!;
    return terms.find((term) => term.name === name)!.weight * spec.expectedSign < 0;
  });
  const { unexpectedSigns: _, ...options } = learned.options;
  const weightsOf = (one: TriedAgent) => learned.terms.map((_, column) => one.theta[excited.indexOf(column)] ?? 0);
  return {
    ...learned,
    terms,
    unexpectedSigns,
    options: {
      ...options,
      ...(unexpectedSigns.length > 0 ? { unexpectedSigns: unexpectedSigns.join(' ') } : {}),
      ...matching.options,
      ended: report.ended,
      ...found.options,
      ...(report.unmatched.length > 0 ? { unmatched: report.unmatched.join(' ') } : {}),
    },
    nll: meanChoiceNll(standard, theta),
    iterations: tried.length,
    closedLoop: report,
    ...(mixture === undefined ? {} : { mixedAgents: mixedAgents(tried.map(weightsOf), mixture.shares) }),
  };
}
