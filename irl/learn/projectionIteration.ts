/** Where a projection stands. Shapes: [n]. */
export interface ProjectionState {
  /** Point of the convex hull of the agents' means that is nearest so far. */
  readonly mixture: Float64Array;
  /** Share of each agent in the mixture, in the order in which they came; together 1. */
  readonly shares: readonly number[];
  /** Weights to drive under next: from the mixture to the person, w = μ_E - μ̄. */
  readonly weights: Float64Array;
  /** Their length, Abbeel & Ng's t: how much better than all agents so far the person is under the next weights. */
  readonly margin: number;
}

/** The state after the first agent. */
export function startProjection(person: Float64Array, first: Float64Array): ProjectionState {
  return stateAt(person, first, [1]);
}

/**
 * One step of the projection method (Abbeel & Ng 2004, section 3.1): the person's means are projected onto the line
 * through the mixture and the newest agent's means. Where the newest agent lies beyond the mixture seen from the person,
 * or past the foot of the perpendicular, the foot is limited to the segment, so that the mixture stays in the hull.
 */
export function projectOnto(person: Float64Array, state: ProjectionState, newest: Float64Array): ProjectionState {
  const { mixture } = state;
  let along = 0;
  let square = 0;
  for (const [i, from] of mixture.entries()) {
    const way = newest[i]! - from;
    along += way * (person[i]! - from);
    square += way * way;
  }
  const share = square === 0 ? 0 : Math.min(Math.max(along / square, 0), 1);
  return stateAt(
    person,
    mixture.map((from, i) => from + share * (newest[i]! - from)),
    [...state.shares.map((before) => (1 - share) * before), share],
  );
}

function stateAt(person: Float64Array, mixture: Float64Array, shares: readonly number[]): ProjectionState {
  const weights = person.map((value, i) => value - mixture[i]!);
  return { mixture, shares, weights, margin: Math.hypot(...weights) };
}
