import { TICK_S } from '../../sim/core/time.ts';

/** One quantity of agent and ghost by tick. */
export interface PlotSource {
  /** Shape: [ticks + 1]; NaN where there is nothing to show. */
  readonly agent: Float64Array;
  readonly ghost: Float64Array | null;
  /** From the column's unit to the plotted one. */
  readonly factor: number;
}

/** Times of the ticks [s], as uPlot wants them. */
export function tickTimes(ticks: number): number[] {
  return Array.from({ length: ticks + 1 }, (_, tick) => tick * TICK_S);
}

/** A column as uPlot wants it: null where there is no value. @param last last tick that is known */
export function plotColumn(values: Float64Array, factor: number, ticks: number, last: number): (number | null)[] {
  return Array.from({ length: ticks + 1 }, (_, tick) => {
    const value = tick <= last && tick < values.length ? values[tick]! : Number.NaN;
    return Number.isNaN(value) ? null : value * factor;
  });
}
