import type { LearnerOptions } from './learner.ts';
import type { LearningSource } from './learningSource.ts';
import { whyNotDrivenAgain } from './whyNotDrivenAgain.ts';

/**
 * Why learning must do with `maxent` where nobody asked for a learner; undefined when `closed-loop` applies. It needs
 * recordings that can all be driven again: where traffic only replays, an agent that drives otherwise than the person
 * did meets what nobody would do beside it.
 */
export function whyOnlyMaxent(sources: readonly LearningSource[], options: LearnerOptions): string | undefined {
  if (options.population !== undefined) return 'a population goes with maxent only';
  if (options.preferences !== undefined) return 'preferences go with maxent only';
  const reasons = sources.flatMap(({ recording }) => {
    const why = whyNotDrivenAgain(recording);
    return why === undefined ? [] : [{ driver: recording.metadata.driverName || 'anonymous', why }];
  });
  const [first] = reasons;
  if (first === undefined) return undefined;
  return `the agent cannot drive on from ${reasons.length} of ${sources.length} recordings (${first.driver}: ${first.why})`;
}
