import { createAgentMatching } from './agentMatching.ts';
import { bestMixture, mixedAgents } from './bestMixture.ts';
import { meanChoiceNll } from './choiceNll.ts';
import type { ClosedLoopReport, Learned, LearnedTerm, Learner } from './learner.ts';
import { DEFAULT_PRIOR_SD, learnByMaxent, NORMAL_95 } from './maxentLearner.ts';
import { type ProjectionState, projectOnto, startProjection } from './projectionIteration.ts';

/** Share by which the margin has to fall for a round to count, and rounds without that after which the learner ends. */
const NOTABLE = 0.01;
const PATIENCE = 4;

/**
 * The learner `projection`: apprenticeship learning of Abbeel & Ng 2004. Weights point from the best mixture of the
 * agents so far to the person, the agent drives under them, and joins the mixture; rollouts of the receding-horizon
 * agent take the place of their policies. The method's result is the mixture; the reward is that of the single agent
 * whose largest gap is smallest, as their section 3 allows; the mixture is in the summary. It starts from an agent without
 * preferences, takes from `maxent` the scales and the length of the weights (only their direction is learned), and gives
 * no intervals: the prior's stand in their place.
 */
export const PROJECTION_LEARNER: Learner = {
  name: 'projection',
  async learn(sources, options, control): Promise<Learned> {
    const maxent = await learnByMaxent(sources, options, control);
    const { learned, fit, excited, standard } = maxent;
    const { priorSd = DEFAULT_PRIOR_SD } = options;
    const matching = createAgentMatching(sources, maxent, options, control);
    const size = Math.hypot(...fit.theta);
    const largestGap = (agent: Float64Array) =>
      agent.reduce((most, value, i) => Math.max(most, Math.abs(value - matching.person[i]!)), 0);

    let theta = new Float64Array(excited.length);
    const tried = [theta];
    const first = await matching.agent(theta);
    const gapsOf = (agent: Float64Array) => agent.map((value, i) => value - matching.person[i]!);
    const gaps = [gapsOf(first)];
    let best = { theta, agent: first };
    let state: ProjectionState = startProjection(matching.person, first);
    let round = 1;
    let idle = 0;
    while (largestGap(best.agent) > matching.tolerance && round < matching.rounds && idle < PATIENCE) {
      const stretch = size / Math.max(state.margin, 1e-12);
      theta = state.weights.map((value) => stretch * value);
      const agent = await matching.agent(theta);
      tried.push(theta);
      gaps.push(gapsOf(agent));
      round++;
      if (largestGap(agent) < largestGap(best.agent)) best = { theta, agent };
      const next = projectOnto(matching.person, state, agent);
      idle = next.margin < (1 - NOTABLE) * state.margin ? 0 : idle + 1;
      state = next;
    }
    const matched = largestGap(best.agent) <= matching.tolerance;
    const ended: ClosedLoopReport['ended'] = matched ? 'matched' : idle >= PATIENCE ? 'no-progress' : 'budget';
    const report = matching.report(first, best.agent, ended);
    const means = matching.meansOf(best.agent);
    const terms = learned.terms.map((term, column): LearnedTerm => {
      const i = excited.indexOf(column);
      const personMean = means.person[column]!;
      const modelMean = means.agent[column]!;
      if (i < 0) return { ...term, personMean, modelMean };
      const weight = best.theta[i]!;
      const reach = NORMAL_95 * priorSd;
      return { ...term, weight, sd: priorSd, interval: [weight - reach, weight + reach], personMean, modelMean };
    });
    return {
      ...learned,
      terms,
      options: {
        ...learned.options,
        ...matching.options,
        ended,
        margin: state.margin,
        ...(report.unmatched.length > 0 ? { unmatched: report.unmatched.join(' ') } : {}),
      },
      nll: meanChoiceNll(standard, best.theta),
      iterations: round,
      closedLoop: report,
      mixedAgents: mixedAgents(
        tried.map((weights) => learned.terms.map((_, column) => weights[excited.indexOf(column)] ?? 0)),
        bestMixture(gaps),
      ),
    };
  },
};
