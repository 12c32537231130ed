import type { MeasuredCheck } from '../figures/measuredCheck.ts';
import { quantileOf } from './distributions.ts';
import type { DiagramPoint } from './fundamentalDiagram.ts';
import type { RingWave } from './waves.ts';

/** Headways and lane-change durations of one source, with how many there were [s]. */
export interface Distributions {
  readonly meanSpeed: number;
  readonly headways: readonly number[];
  readonly durations: readonly number[];
  /** Lane changes per kilometre driven. */
  readonly changesPerKm: number;
}

/** Everything docs/traffic-validation.md rests on. */
export interface TrafficFindings {
  readonly diagram: readonly DiagramPoint[];
  /** Flow out of a standing queue for several seeds [veh/h/lane]. */
  readonly discharge: readonly number[];
  readonly ring: RingWave;
  /** Amplification of a dip along a platoon by speed [m/s]. */
  readonly platoon: readonly {
    readonly speed: number;
    readonly amplification: number;
    readonly dips: readonly number[];
  }[];
  readonly data: Distributions;
  readonly simulated: Distributions;
}

/** The point of the diagram with the largest flow. */
export function capacityPoint(diagram: readonly DiagramPoint[]): DiagramPoint {
  return diagram.reduce((best, point) => (point.flow > best.flow ? point : best));
}

/** The figures of the page with their bands. */
export function trafficChecks(findings: TrafficFindings): readonly MeasuredCheck[] {
  const { diagram, discharge, ring, platoon, data, simulated } = findings;
  const capacity = capacityPoint(diagram);
  const out = discharge.reduce((sum, flow) => sum + flow, 0) / discharge.length;
  const upTo60 = diagram.filter(({ density }) => density <= 60);
  const at = (density: number) => diagram.find((point) => point.density === density)!;
  const iqr = (values: readonly number[]) => quantileOf(values, 0.75) - quantileOf(values, 0.25);
  const row = (name: string, value: number, unit: string, low: number, high: number, basis: string): MeasuredCheck => ({
    name,
    value,
    unit,
    low,
    high,
    basis,
  });
  return [
    row('speed at 5 veh/km/lane', at(5).speed, 'm/s', 28, 34, 'near the limit of 33.3 m/s; trucks do 22.2 m/s'),
    row('capacity', capacity.flow, 'veh/h/lane', 1700, 2300, 'freeways with a tenth of trucks'),
    row('density at capacity', capacity.density, 'veh/km/lane', 20, 40, 'freeways'),
    row('flow out of a standing queue', out, 'veh/h/lane', 1550, 1950, 'below capacity'),
    row('capacity drop', 1 - out / capacity.flow, '1', 0.03, 0.2, 'Hall & Agyemang-Duah 1991; Cassidy & Bertini 1999'),
    row('speed at 60 veh/km/lane', at(60).speed, 'm/s', 4, 9, 'congestion: (1/density - length) / headway'),
    row('ring of 230 m: spread of speeds after 30 min', ring.spread, 'm/s', 1, 4, 'a jam forms by itself'),
    row('ring of 230 m: speed of the jam', ring.waveSpeed, 'km/h', -25, -10, 'Sugiyama et al. 2008: about -20 km/h'),
    ...platoon.map(({ speed, amplification }) =>
      row(`dip of the 40th over the 1st follower at ${speed} m/s`, amplification, '1', 0, 1, 'short dips die out'),
    ),
    row(
      'median time headway over that of US-101',
      ratio(data, simulated, 'headways'),
      '1',
      0.8,
      1.25,
      'NGSIM, same definition',
    ),
    row(
      'interquartile range of headways over that of US-101',
      iqr(simulated.headways) / iqr(data.headways),
      '1',
      0.6,
      1.5,
      'NGSIM, same definition; below 1: drivers keep to their wish',
    ),
    row(
      'median lane-change duration over that of US-101',
      ratio(data, simulated, 'durations'),
      '1',
      0.75,
      1.33,
      'NGSIM, same definition',
    ),
    row(
      'interquartile range of lane-change durations',
      iqr(simulated.durations),
      's',
      0.6,
      3,
      'people differ: Toledo & Zohar 2007, 1 to 13.3 s',
    ),
    row(
      'share of the right lane of three at 5 veh/km/lane',
      at(5).laneUse[2]!,
      '1',
      0.36,
      0.7,
      'light traffic keeps right',
    ),
    row('lane changes at 15 veh/km/lane', at(15).changesPerKm, '1/km', 0.1, 1, 'some, and no weaving'),
    row(
      'braking above 4 m/s², most of all densities',
      Math.max(...diagram.map((point) => point.hardBrakingPerHour)),
      'ticks / veh h',
      0,
      3,
      'rare',
    ),
    row(
      'collisions up to 60 veh/km/lane',
      upTo60.reduce((sum, point) => sum + point.collisions, 0),
      '',
      0,
      0,
      'none unless scripted',
    ),
    row(
      'in so many vehicle-hours',
      upTo60.reduce((sum, point) => sum + point.vehicleHours, 0),
      'h',
      100,
      10_000,
      'at least 100',
    ),
  ];
}

function ratio(data: Distributions, simulated: Distributions, which: 'headways' | 'durations'): number {
  return quantileOf(simulated[which], 0.5) / quantileOf(data[which], 0.5);
}
