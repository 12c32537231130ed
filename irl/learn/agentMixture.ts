import type { AgentMatching } from './agentMatching.ts';
import { bestMixture } from './bestMixture.ts';

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
  /** Length of the gaps; Abbeel & Ng's t, how much better the person is under the weights that point from here to it. */
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
