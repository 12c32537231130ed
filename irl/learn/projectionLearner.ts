import { createAgentMatching } from './agentMatching.ts';
import { nearestMixture, type TriedAgent } from './agentMixture.ts';
import type { Learned, Learner } from './learner.ts';
import { largestGap } from './matchExpectations.ts';
import { matchedOutcome } from './matchedOutcome.ts';
import { STOPPED_BEFORE_ROLLOUTS, unlessStopped } from './matchingStopped.ts';
import { DEFAULT_PRIOR_SD, learnByMaxent } from './maxentLearner.ts';

/** Share by which the margin has to fall for a round to count, and rounds without that after which the learner ends. */
const NOTABLE = 0.01;
const PATIENCE = 4;

/**
 * The learner `projection`: apprenticeship learning of Abbeel & Ng 2004. The person's means are projected onto the hull
 * of the means of all agents so far (their section 3; of the two ways to go on that they give, the one whose weights
 * are the maximum-margin ones), weights point from there to the person, the agent drives under them, and joins;
 * rollouts of the receding-horizon agent take the place of their policies. The method's result is the mixture of agents
 * at that point, which is in the summary; the reward is that of the single agent whose largest gap is smallest. The
 * first agent, which may be any, has no preferences. `maxent` gives the scales and the length of the weights (only
 * their direction is learned). There are no intervals: the prior's stand in their place.
 * A caller that has had enough gets the best of the agents so far.
 */
export const PROJECTION_LEARNER: Learner = {
  name: 'projection',
  async learn(sources, options, control): Promise<Learned> {
    const maxent = await learnByMaxent(sources, options, control);
    const { learned, fit, excited } = maxent;
    control.onMaxent?.(learned);
    const { priorSd = DEFAULT_PRIOR_SD } = options;
    const matching = createAgentMatching(sources, maxent, options, control);
    const size = Math.hypot(...fit.theta);
    const tried: TriedAgent[] = [];
    const drive = async (theta: Float64Array) => {
      const agent = await matching.agent(theta);
      tried.push({ theta, agent, gaps: agent.map((value, i) => value - matching.person[i]!) });
    };
    if ((await unlessStopped(() => drive(new Float64Array(excited.length)))) === 'stopped') {
      return { ...learned, endedAtMaxent: STOPPED_BEFORE_ROLLOUTS };
    }
    let mixture = nearestMixture(matching, tried);
    let idle = 0;
    const search = async (): Promise<void> => {
      while (!matching.matches(mixture.agent) && tried.length < matching.rounds && idle < PATIENCE) {
        const stretch = size / Math.max(mixture.margin, 1e-12);
        await drive(mixture.gaps.map((gap) => -stretch * gap));
        const next = nearestMixture(matching, tried);
        idle = next.margin < (1 - NOTABLE) * mixture.margin ? 0 : idle + 1;
        mixture = next;
      }
    };
    const stopped = (await unlessStopped(search)) === 'stopped';
    const best = tried.reduce((least, one) => (largestGap(one.gaps) < largestGap(least.gaps) ? one : least));
    return matchedOutcome(maxent, matching, {
      tried,
      best,
      mixture,
      ended: stopped ? 'stopped' : idle >= PATIENCE ? 'no-progress' : 'budget',
      sdOf: () => priorSd,
      options: { margin: mixture.margin },
    });
  },
};
