import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { createAgentMatching } from './agentMatching.ts';
import { growMixture, isNearer, nearestAgent, nearestMixture, type TriedAgent } from './agentMixture.ts';
import type { Learned, Learner } from './learner.ts';
import { matchExpectations } from './matchExpectations.ts';
import { matchedOutcome } from './matchedOutcome.ts';
import { STOPPED_BEFORE_ROLLOUTS, unlessStopped } from './matchingStopped.ts';
import { learnByMaxent } from './maxentLearner.ts';

/** Rounds without progress after which the search for one agent ends. */
const PATIENCE = 4;
/** Share of the rounds that is kept for agents to be mixed, should the search not match. */
const MIXING_SHARE = 0.5;

/**
 * Features that no weight may make likeable: an agent that gains from jerk or from leaving its lane's centre seeks what
 * a person merely puts up with, and in a way no person would.
 */
const NEVER_LIKED: ReadonlySet<string> = new Set([
  'overLimitSquared',
  'laneOffsetSquared',
  'lateralSpeedSquared',
  'closingRisk',
  'longitudinalAccelerationSquared',
  'lateralAccelerationSquared',
  'longitudinalJerkSquared',
  'lateralJerkSquared',
  'imposedBraking',
]);

/**
 * The learner `closed-loop`: starts at `maxent`, then changes the weights until the receding-horizon agent itself, in
 * rollouts from moments of the recordings, executes the person's feature values on average (feature matching as in
 * Abbeel & Ng 2004, with the agent that will drive in place of a planner; `matchExpectations`). Weights fitted to open
 * 5 s plans do not promise that, because the agent replans and takes the best of its options where the model draws one.
 *
 * The reward is that of the best agent that was tried. Where none matches, which one deterministic agent need not be
 * able to (Abbeel & Ng 2004, section 3), half of the rounds go to agents that are worth mixing (`growMixture`), and the
 * nearest mixture, an agent of which is drawn for each drive, is the outcome.
 *
 * Scales, gradient norm and intervals are those of `maxent`, the intervals moved to the new weights. A caller that has
 * had enough gets the best weights under which the agent itself has driven.
 */
export const CLOSED_LOOP_LEARNER: Learner = {
  name: 'closed-loop',
  async learn(sources, options, control): Promise<Learned> {
    const maxent = await learnByMaxent(sources, options, control);
    const { learned, fit, excited } = maxent;
    control.onMaxent?.(learned);
    const matching = createAgentMatching(sources, maxent, options, control);
    const highest = Float64Array.from(excited, (column) =>
      NEVER_LIKED.has(UNDERSTUDY_FEATURES.specs[column]!.name) ? 0 : Number.POSITIVE_INFINITY,
    );
    const tried: TriedAgent[] = [];
    const gapsOf = async (theta: Float64Array) => {
      const agent = await matching.agent(theta);
      const gaps = agent.map((value, i) => value - matching.person[i]!);
      tried.push({ theta, agent, gaps });
      return gaps;
    };
    const matches = (gaps: Float64Array) =>
      matching.matches(tried.find((one) => one.gaps === gaps)!.agent) !== undefined;
    const { rounds, tolerance } = matching;
    const start = fit.theta.map((value, i) => Math.min(value, highest[i]!));
    const gapsAtStart = await unlessStopped(() => gapsOf(start));
    if (gapsAtStart === 'stopped') {
      return { ...learned, endedAtMaxent: STOPPED_BEFORE_ROLLOUTS };
    }
    const search = async (): Promise<void> => {
      const searched = Math.floor((rounds - 1) * (1 - MIXING_SHARE));
      if (searched > 0) {
        await matchExpectations({
          start,
          gapsAtStart,
          sensitivity: fit.hessian,
          highest,
          gaps: gapsOf,
          tolerance,
          withinNoise: matches,
          evaluations: searched,
          patience: PATIENCE,
        });
      }
      await growMixture({ matching, tried, highest, rounds: rounds - tried.length, drive: gapsOf });
    };
    const stopped = (await unlessStopped(search)) === 'stopped';
    const best = nearestAgent(matching, tried);
    const mixture = nearestMixture(matching, tried);
    return matchedOutcome(maxent, matching, {
      tried,
      best,
      mixture: matching.matches(best.agent) || !isNearer(matching, mixture, best) ? undefined : mixture,
      ended: stopped ? 'stopped' : tried.length < rounds ? 'no-progress' : 'budget',
      atLimit: (i) => best.theta[i]! >= highest[i]!,
      sdOf: (term) => term.sd,
    });
  },
};
