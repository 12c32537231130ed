import { checkTable, type MeasuredCheck } from '../figures/measuredCheck.ts';
import { manualSpeed } from './capacityManual.ts';
import { BRAKING_PLACES, type MergePoint } from './merges.ts';
import { USUAL_MIX } from './ring.ts';
import type { DistributionSummary, PopulationSpeeds } from './trafficFindings.ts';

/** What bench/results/trafficValidation.json holds of what docs/traffic-validation.md shows. */
export interface TrafficResults {
  /** `SIMULATOR_VERSION` of what was measured. */
  readonly simulator: number;
  readonly checks: readonly MeasuredCheck[];
  readonly speeds: readonly PopulationSpeeds[];
  readonly merges: readonly MergePoint[];
  readonly data: DistributionSummary;
  readonly simulated: DistributionSummary;
}

/** The tables of the page by the names of their marks. */
export function pageTables({ simulator, checks, speeds, merges, data, simulated }: TrafficResults) {
  return {
    checks: `${checkTable(checks)}\n\nMeasured with version ${simulator} of the simulator.`,
    speeds: speedTable(speeds),
    merges: mergeTable(merges),
    distributions: distributionTable(data, simulated),
  } satisfies Readonly<Record<string, string>>;
}

function speedTable(speeds: readonly PopulationSpeeds[]): string {
  return [
    '| mean speed [m/s] at | identical drivers | usual ones, no trucks | usual ones | HCM 2010, 75 mi/h |',
    '|---|---|---|---|---|',
    ...speeds.map(({ density, identical, withoutTrucks, usual }) => {
      const manual = manualSpeed(density, USUAL_MIX.truck);
      const cells = [identical, withoutTrucks, usual].map((speed) => speed.toFixed(1));
      return `| ${density} veh/km/lane | ${cells.join(' | ')} | ${Number.isNaN(manual) ? 'beyond capacity' : manual.toFixed(1)} |`;
    }),
  ].join('\n');
}

function mergeTable(merges: readonly MergePoint[]): string {
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return [
    `| family | veh/km/lane | veh h | above 4 m/s² [ticks / veh h] | ${BRAKING_PLACES.join(' | ')} | strongest [m/s²] | collisions |`,
    `|---|---|---|---|${BRAKING_PLACES.map(() => '---|').join('')}---|---|`,
    ...merges.map((point) => {
      const places = BRAKING_PLACES.map((place) => percent(point.places[place])).join(' | ');
      return `| \`${point.family}\` | ${point.density} | ${point.vehicleHours.toFixed(1)} | ${point.hardBrakingPerHour.toFixed(1)} | ${places} | ${point.strongest.toFixed(1)} | ${point.collisions + point.egoCollisions} |`;
    }),
  ].join('\n');
}

function distributionTable(data: DistributionSummary, simulated: DistributionSummary): string {
  const row = (name: string, { meanSpeed, headways, durations, changesPerKm }: DistributionSummary) => {
    const five = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(' / ');
    return `| ${name} | ${meanSpeed.toFixed(1)} | ${headways.count} | ${five(headways.quantiles)} | ${durations.count} | ${five(durations.quantiles)} | ${changesPerKm.toFixed(2)} |`;
  };
  return [
    '| | mean speed [m/s] | headways | 5 / 25 / 50 / 75 / 95 % [s] | whole lane changes | 5 / 25 / 50 / 75 / 95 % [s] | markings crossed [1/km] |',
    '|---|---|---|---|---|---|---|',
    row('US-101, 07:50, NGSIM', data),
    row('simulated', simulated),
  ].join('\n');
}
