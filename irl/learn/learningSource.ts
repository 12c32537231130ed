import type { Recording } from '../../recordings/recording.ts';

/** A recording to learn from. */
export interface LearningSource {
  readonly recording: Recording;
  /** SHA-256 of the recording's bytes, 64 hex digits; kept in the reward file. */
  readonly hash: string;
}
