import { ContentError, type ContentProblem } from './checkedContent.ts';

/** A reward file that cannot be used: what is wrong, where in the file, and what was expected. */
export class RewardError extends ContentError {
  override readonly name = 'RewardError';

  constructor(problem: ContentProblem) {
    super('reward', problem);
  }
}
