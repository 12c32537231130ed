/** Mean of the agent less mean of the person in one feature, in units of its scale. */
export interface ClosedLoopGap {
  readonly name: string;
  /** With the first weights and the last. */
  readonly atStart: number;
  readonly gap: number;
  /** Of the last gap: what other starts of the same kind would change; starts that overlap make it too small. */
  readonly standardError: number;
  /**
   * Why the gap is above the tolerance; empty where it is not. `noise`: within two standard errors of 0. `limit`: the
   * agent would have to like what its weight may at most leave it indifferent to. `unmoved`: less than a third of it
   * went away. `traded`: it moved, and closing it further would open others.
   */
  readonly why: '' | 'noise' | 'limit' | 'unmoved' | 'traded';
}

/** Standard errors within which a gap is put down to noise. */
const NOISE = 2;
/** Share of its first gap that a feature must have left for it to count as moved. */
const MOVED = 2 / 3;

/**
 * Whether chance explains all gaps: none is beyond two standard errors, and their mean square in standard errors is at
 * most what it is for an agent that matches. Gaps within the tolerance are no gaps.
 */
export function isWithinNoise(
  gaps: readonly Pick<ClosedLoopGap, 'gap' | 'standardError'>[],
  tolerance: number,
): boolean {
  const ratios = gaps.map(({ gap, standardError }) => Math.abs(gap) / Math.max(tolerance, standardError));
  const within = gaps.every(({ gap, standardError }) => Math.abs(gap) <= Math.max(tolerance, NOISE * standardError));
  return within && ratios.reduce((sum, ratio) => sum + ratio * ratio, 0) <= ratios.length;
}

/** Says why a gap is above the tolerance. `atLimit`: whether its weight stands at the largest value allowed. */
export function reasonOfGap(
  { atStart, gap, standardError }: Pick<ClosedLoopGap, 'atStart' | 'gap' | 'standardError'>,
  tolerance: number,
  atLimit: boolean,
): ClosedLoopGap['why'] {
  const size = Math.abs(gap);
  if (size <= tolerance) return '';
  if (size <= NOISE * standardError) return 'noise';
  if (atLimit && gap < 0) return 'limit';
  return size > MOVED * Math.abs(atStart) ? 'unmoved' : 'traded';
}
