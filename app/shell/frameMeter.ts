/** Frames over which the figures are averaged, by exponential decay. */
const SMOOTHING = 0.05;
/** A frame that took this long was a pause, not a frame [s]. */
const PAUSE_S = 0.5;

/** Running averages of the time between frames and of the work in them. */
export interface FrameMeter {
  /** @param elapsedS since the last frame [s] @param workMs spent in this one [ms] */
  frame(elapsedS: number, workMs: number): void;
  /** Frames a second; 0 before the first. */
  readonly rate: number;
  /** Work of a frame [ms]. */
  readonly workMs: number;
  /** Frames counted since the start or the last reset. */
  readonly frames: number;
  /** Time they took [s]. */
  readonly seconds: number;
  reset(): void;
}

export function createFrameMeter(): FrameMeter {
  let meanS = 0;
  let work = 0;
  let frames = 0;
  let seconds = 0;
  return {
    frame(elapsedS, workMs) {
      if (elapsedS <= 0 || elapsedS > PAUSE_S) return;
      frames++;
      seconds += elapsedS;
      const weight = Math.max(SMOOTHING, 1 / frames);
      meanS += weight * (elapsedS - meanS);
      work += weight * (workMs - work);
    },
    get rate() {
      return meanS > 0 ? 1 / meanS : 0;
    },
    get workMs() {
      return work;
    },
    get frames() {
      return frames;
    },
    get seconds() {
      return seconds;
    },
    reset() {
      seconds = 0;
      meanS = 0;
      work = 0;
      frames = 0;
    },
  };
}
