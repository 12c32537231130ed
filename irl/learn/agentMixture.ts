import type { AgentMatching } from './agentMatching.ts';
import { bestMixture } from './bestMixture.ts';
import { sumOfGaps } from './matchExpectations.ts';

/**
 * Change of the weights for each unit of the mixture's gaps [nat], at first, and by how much more where that brought
 * nothing.
 */
const STRETCH = 2;
const FARTHER = 4;
/**
 * Share of its margin that a mixture may have left for a round to count as progress, and rounds without it at the end.
 */
const NOTABLE = 0.95;
const PATIENCE = 4;

/** An agent that was tried: its weights, what it did, and that less what the person did. Shapes: [excited features]. */
export interface TriedAgent {
  readonly theta: Float64Array;
  readonly agent: Float64Array;
  readonly gaps: Float64Array;
}

/** A mixture of agents, of which one is drawn for each drive. */
export interface AgentMixture {
  /** Shape: [tried]. */
  readonly shares: Float64Array;
  /** Its means and gaps. Shapes: [excited features]. */
  readonly agent: Float64Array;
  readonly gaps: Float64Array;
  /**
   * Length of the gaps; Abbeel & Ng's t, how much better the person is under the weights that point from here to it.
   */
  readonly margin: number;
}

/** The mixture of the agents that were tried that is nearest to the person (`bestMixture`). */
export function nearestMixture(matching: AgentMatching, tried: readonly TriedAgent[]): AgentMixture {
  const shares = bestMixture(tried.map(({ gaps }) => gaps));
  const agent = matching.mix(
    tried.map((one) => one.agent),
    shares,
  );
  const gaps = agent.map((value, i) => value - matching.person[i]!);
  return { shares, agent, gaps, margin: Math.hypot(...gaps) };
}

/** The nearest agent that matches, or the nearest of all where none does. */
export function nearestAgent(matching: AgentMatching, tried: readonly TriedAgent[]): TriedAgent {
  const fitting = tried.filter(({ agent }) => matching.matches(agent));
  return (fitting.length > 0 ? fitting : tried).reduce((best, one) =>
    sumOfGaps(one.gaps) < sumOfGaps(best.gaps) ? one : best,
  );
}

/**
 * Whether a mixture is nearer to the person than an agent, by what is made small for agents: the nearest mixture by the
 * length of the gaps may lessen one that nothing closes, as jerk of a jerky person, and open all others.
 */
export function isNearer(matching: AgentMatching, mixture: AgentMixture, { gaps }: TriedAgent): boolean {
  return matching.matches(mixture.agent) !== undefined || sumOfGaps(mixture.gaps) < sumOfGaps(gaps);
}

/** Agents to be mixed, and how more of them are tried. */
export interface MixtureGrowth {
  readonly matching: AgentMatching;
  /** At least one; `drive` adds to them. */
  readonly tried: readonly TriedAgent[];
  /** Largest weight allowed. Shape: [excited features]. */
  readonly highest: Float64Array;
  /** Agents to try at most. */
  readonly rounds: number;
  drive(theta: Float64Array): Promise<unknown>;
}

/**
 * Tries agents that lie on the person's other side, until one of them or their mixture matches, nothing more is gained
 * or the rounds are used up. As in the projection of Abbeel & Ng 2004 (section 3) the weights go against the gaps of
 * the nearest mixture, but from the nearest single agent's, and no farther than it takes: members that are mild
 * variations of it drive more like the person than those that know nothing but the gaps.
 */
export async function growMixture({ matching, tried, highest, rounds, drive }: MixtureGrowth): Promise<void> {
  let mixture = nearestMixture(matching, tried);
  let stretch = STRETCH;
  let idle = 0;
  for (let round = 0; round < rounds && idle < PATIENCE; round++) {
    const nearest = nearestAgent(matching, tried);
    if (matching.matches(nearest.agent) || matching.matches(mixture.agent)) return;
    const { gaps, margin } = mixture;
    await drive(nearest.theta.map((value, i) => Math.min(value - stretch * gaps[i]!, highest[i]!)));
    mixture = nearestMixture(matching, tried);
    const gained = mixture.margin < NOTABLE * margin;
    idle = gained ? 0 : idle + 1;
    if (!gained) stretch *= FARTHER;
  }
}
