import type { LearningProgress, MatchingRound } from '../irl/learn/learningProgress.ts';
import type { LearningMethod } from '../irl/learn/learnReward.ts';
import type { CommandConsole } from './commandConsole.ts';

/** Shows on standard error where a learner is. */
export interface LearningDisplay {
  update(progress: LearningProgress): void;
  /** A line for each round in which the agent was compared with the person. */
  round(round: MatchingRound): void;
  /** A line that stays. */
  note(text: string): void;
  end(): void;
}

/** Display of a learner that was asked for, or of the default one. */
export function learningProgress(method: LearningMethod | undefined, out: CommandConsole): LearningDisplay {
  let shown = { stage: 'scenes', total: 1 };
  let bar = out.progress(shown.stage, shown.total);
  const note = (text: string) => {
    bar.end();
    out.note(text);
  };
  return {
    update({ stage, done, total }) {
      if (total === 0) return;
      if (stage !== shown.stage || total !== shown.total) {
        if (stage !== shown.stage) bar.end();
        shown = { stage, total };
        bar = out.progress(stage === 'fit' ? (method === 'mixture' ? 'fits' : 'rollouts') : stage, total);
      }
      bar.update(done);
    },
    round({ round, rounds, largestGap, feature, tolerance }) {
      note(
        `round ${round} of at most ${rounds}: largest gap ${largestGap.toFixed(3)} (${feature}), wanted ${tolerance}`,
      );
    },
    note,
    end: () => bar.end(),
  };
}
