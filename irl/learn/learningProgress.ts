/** Where a learner is. */
export interface LearningProgress {
  readonly stage: 'scenes' | 'fit';
  readonly done: number;
  /** Scenes in all; for `fit` rollouts at most, or 0 where the number of iterations is not known before. */
  readonly total: number;
}

/** How a caller watches, interrupts and shares time with a learner. */
export interface LearningControl {
  readonly onProgress?: (progress: LearningProgress) => void;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Awaited every few scenes; a worker lets its messages in here. */
  readonly breathe?: () => Promise<void>;
}

/** @throws the signal's reason once it is aborted */
export function throwIfAborted(control: LearningControl): void {
  control.signal?.throwIfAborted();
}
