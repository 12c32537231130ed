import type { MixedAgent } from '../features/reward.ts';

/** Exchanges of shares at most, and the change of the squared norm at which they end. */
const EXCHANGES = 10_000;
const CONVERGED = 1e-14;

/**
 * Shares of agents whose mixture is nearest to the person: min |Σ share_k gap_k|², shares ≥ 0, together 1. This is the
 * quadratic program with which Abbeel & Ng 2004 (section 3) leave the choice of the mixture, the nearest point of the
 * hull of all agents' means; solved by exchanging shares between the two agents that gain most (pairwise Frank & Wolfe;
 * Lacoste-Julien & Jaggi 2015).
 * @param gaps means of each agent less the person's; at least one agent. Shapes: [features].
 */
export function bestMixture(gaps: readonly Float64Array[]): Float64Array {
  const shares = new Float64Array(gaps.length);
  const start = gaps.reduce((best, gap, k) => (square(gap) < square(gaps[best]!) ? k : best), 0);
  shares[start] = 1;
  const mixed = gaps[start]!.slice();
  for (let exchange = 0; exchange < EXCHANGES; exchange++) {
    let from = -1;
    let to = 0;
    const slopes = gaps.map((gap) => dot(gap, mixed));
    for (const [k, slope] of slopes.entries()) {
      if (shares[k]! > 0 && (from < 0 || slope > slopes[from]!)) from = k;
      if (slope < slopes[to]!) to = k;
    }
    const way = gaps[to]!.map((value, i) => value - gaps[from]![i]!);
    const length = square(way);
    if (slopes[from]! - slopes[to]! <= CONVERGED || length === 0) break;
    const share = Math.min((slopes[from]! - slopes[to]!) / length, shares[from]!);
    shares[from] = shares[from]! - share;
    shares[to] = shares[to]! + share;
    for (let i = 0; i < mixed.length; i++) mixed[i]! += share * way[i]!;
  }
  return shares;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function square(a: Float64Array): number {
  return dot(a, a);
}

/**
 * Agents with their shares in a mixture, those without one left out.
 * @param weights of the reward's features, agent by agent
 */
export function mixedAgents(weights: readonly (readonly number[])[], shares: Float64Array): MixedAgent[] {
  return weights.map((own, k) => ({ share: shares[k]!, weights: own })).filter(({ share }) => share > 0);
}
