import { quantileOf } from './distributions.ts';
import type { DiagramPoint } from './fundamentalDiagram.ts';
import type { MergePoint } from './merges.ts';
import type { RingWave } from './waves.ts';

/** Headways and lane-change durations of one source [s]. */
export interface Distributions {
  /** [m/s] */
  readonly meanSpeed: number;
  readonly headways: readonly number[];
  readonly durations: readonly number[];
  /** Lane changes per kilometre driven. */
  readonly changesPerKm: number;
}

/** Shares of the values that lie below the quantiles of a summary. */
export const SUMMARY_SHARES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** How many values there are, and their quantiles at `SUMMARY_SHARES` [s]. */
export interface Summary {
  readonly count: number;
  readonly quantiles: readonly number[];
}

/** Distributions in so few numbers that they can stand in the results. */
export interface DistributionSummary {
  /** [m/s] */
  readonly meanSpeed: number;
  readonly headways: Summary;
  readonly durations: Summary;
  /** Lane changes per kilometre driven. */
  readonly changesPerKm: number;
}

/** Mean speeds of three populations at one density [m/s]. */
export interface PopulationSpeeds {
  /** [veh/km/lane] */
  readonly density: number;
  /** Mean drivers of type normal only. */
  readonly identical: number;
  /** The usual population without its trucks. */
  readonly withoutTrucks: number;
  readonly usual: number;
}

/** What is simulated for docs/traffic-validation.md. */
export interface SimulatedFindings {
  readonly diagram: readonly DiagramPoint[];
  readonly speeds: readonly PopulationSpeeds[];
  readonly merges: readonly MergePoint[];
  /** Flow out of a standing queue for several seeds [veh/h/lane]. */
  readonly discharge: readonly number[];
  readonly ring: RingWave;
  /** Amplification of a dip along a platoon by speed [m/s]. */
  readonly platoon: readonly {
    readonly speed: number;
    readonly amplification: number;
    readonly dips: readonly number[];
  }[];
  readonly simulated: Distributions;
}

/** The point of the diagram with the largest flow. */
export function capacityPoint(diagram: readonly DiagramPoint[]): DiagramPoint {
  return diagram.reduce((best, point) => (point.flow > best.flow ? point : best));
}

/** The summary of what was measured. */
export function summarise({ meanSpeed, headways, durations, changesPerKm }: Distributions): DistributionSummary {
  const summary = (values: readonly number[]) => ({
    count: values.length,
    quantiles: SUMMARY_SHARES.map((share) => quantileOf(values, share)),
  });
  return { meanSpeed, headways: summary(headways), durations: summary(durations), changesPerKm };
}
