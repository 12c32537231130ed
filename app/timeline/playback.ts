import { TICK_S } from '../../sim/core/time.ts';

/** Speeds of playback, as factors of real time. */
export const RATES = [0.25, 0.5, 1, 2, 4] as const;

/** The time cursor that everything in Watch and Tune follows. Knows no clock: elapsed time is handed to it. */
export class Playback {
  /** Displayed time [s]. */
  timeS = 0;
  playing = true;
  loop = false;
  rate: (typeof RATES)[number] = 1;
  readonly durationS: number;

  constructor(durationS: number) {
    this.durationS = durationS;
  }

  /** The displayed tick. */
  get tick(): number {
    return Math.floor(this.timeS / TICK_S + 1e-6);
  }

  /**
   * Lets time pass while playing.
   * @param availableS end of what can be shown [s]; the cursor waits there until there is more
   */
  advance(elapsedS: number, availableS: number): void {
    if (!this.playing) return;
    const next = this.timeS + elapsedS * this.rate;
    if (next >= this.durationS && availableS >= this.durationS) {
      this.timeS = this.loop ? 0 : this.durationS;
      this.playing = this.loop;
      return;
    }
    this.timeS = Math.max(this.timeS, Math.min(next, availableS));
  }

  /** Goes to a time; what lies beyond the available part is cut off. */
  seek(timeS: number, availableS: number): void {
    this.timeS = Math.min(Math.max(timeS, 0), availableS, this.durationS);
  }

  /** Stops and goes a number of ticks on (or back), to a whole tick. */
  step(ticks: number, availableS: number): void {
    this.playing = false;
    // From between two ticks the first step back goes to the tick that is displayed, and one on to the next.
    const from = ticks < 0 ? Math.ceil(this.timeS / TICK_S - 1e-6) : this.tick;
    this.seek((from + ticks) * TICK_S, availableS);
  }

  /** Starts or stops; at the end it starts over. */
  toggle(): void {
    if (!this.playing && this.timeS >= this.durationS - 1e-6) this.timeS = 0;
    this.playing = !this.playing;
  }

  faster(): void {
    this.rate = RATES[Math.min(RATES.indexOf(this.rate) + 1, RATES.length - 1)]!;
  }

  slower(): void {
    this.rate = RATES[Math.max(RATES.indexOf(this.rate) - 1, 0)]!;
  }
}
