import { SUBSTEP_S } from '../../../sim/core/time.ts';

/** A frame that took longer was a pause of the page (hidden tab, debugger): nothing of it is caught up [s]. */
export const PAUSE_S = 1;

/**
 * Turns the irregular time between animation frames into whole substeps: what is left over waits for the next frame, so
 * that the simulation keeps real time at any frame rate; after a long pause it goes on from where it was.
 */
export interface SubstepClock {
  /** @param elapsedS time since the last call [s] @returns substeps that are due */
  take(elapsedS: number): number;
  /** How far the present moment is into the substep after the last one taken, 0..1. */
  readonly fraction: number;
  reset(): void;
}

export function createSubstepClock(): SubstepClock {
  let waiting = 0;
  return {
    take(elapsedS) {
      waiting += elapsedS > PAUSE_S ? SUBSTEP_S : Math.max(elapsedS, 0);
      // The tolerance keeps 60 frames of 1/60 s at 60 substeps in spite of rounding.
      const due = Math.floor(waiting / SUBSTEP_S + 1e-9);
      waiting = Math.max(0, waiting - due * SUBSTEP_S);
      return due;
    },
    get fraction() {
      return Math.min(waiting / SUBSTEP_S, 1);
    },
    reset() {
      waiting = 0;
    },
  };
}
