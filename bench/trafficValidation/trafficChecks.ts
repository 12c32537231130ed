import type { MeasuredCheck } from '../figures/measuredCheck.ts';
import { manualCapacity, manualDensityAtCapacity } from './capacityManual.ts';
import type { MergePoint } from './merges.ts';
import { USUAL_MIX } from './ring.ts';
import { capacityPoint, type DistributionSummary, type SimulatedFindings, summarise } from './trafficFindings.ts';
import { JAM_SPREAD } from './waves.ts';

const REGRESSION = 'regression band';

/** The figures of docs/traffic-validation.md with their bands. @param data what the file of US-101 holds */
export function trafficChecks(findings: SimulatedFindings, data: DistributionSummary): readonly MeasuredCheck[] {
  return [
    ...diagramChecks(findings),
    ...waveChecks(findings),
    ...distributionChecks(data, summarise(findings.simulated)),
    ...safetyChecks(findings),
  ];
}

function row(
  name: string,
  value: number,
  unit: string,
  [low, high]: readonly [number, number],
  basis: string,
): MeasuredCheck {
  return { name, value, unit, low, high, basis };
}

function diagramChecks({ diagram, discharge }: SimulatedFindings): MeasuredCheck[] {
  const capacity = capacityPoint(diagram);
  const out = discharge.reduce((sum, flow) => sum + flow, 0) / discharge.length;
  const at = (density: number) => diagram.find((point) => point.density === density)!;
  return [
    row('speed at 5 veh/km/lane', at(5).speed, 'm/s', [28, 34], 'near the limit of 33.3 m/s; trucks do 22.2 m/s'),
    row('speed at 15 veh/km/lane', at(15).speed, 'm/s', [23.5, 28], `${REGRESSION}; real motorways are faster`),
    row('speed at capacity', capacity.speed, 'm/s', [15, 19.5], `${REGRESSION}; real motorways are faster`),
    row('speed at 60 veh/km/lane', at(60).speed, 'm/s', [4, 9], 'congestion: (1/density - length) / headway'),
    row(
      'capacity',
      capacity.flow,
      'veh/h/lane',
      [1700, manualCapacity(USUAL_MIX.truck)],
      `above: HCM 2010, 2400 cars, a truck as 1.5 of them; below: ${REGRESSION}`,
    ),
    row(
      'density at capacity',
      capacity.density,
      'veh/km/lane',
      [20, 40],
      `around ${manualDensityAtCapacity(USUAL_MIX.truck).toFixed(0)}: HCM 2010, a truck as 1.5 cars`,
    ),
    row('flow out of a standing queue', out, 'veh/h/lane', [1550, 1950], `${REGRESSION}, around capacity and below`),
    row(
      'capacity drop',
      1 - out / capacity.flow,
      '1',
      [0.03, 0.2],
      'Hall & Agyemang-Duah 1991; Cassidy & Bertini 1999',
    ),
    row(
      'share of the right lane of three at 5 veh/km/lane',
      at(5).laneUse[2]!,
      '1',
      [0.36, 0.7],
      `above a third: light traffic keeps right; else ${REGRESSION}`,
    ),
    row('lane changes at 15 veh/km/lane', at(15).changesPerKm, '1/km', [0.1, 1], `${REGRESSION}: some, no weaving`),
  ];
}

function waveChecks({ ring, platoon }: SimulatedFindings): MeasuredCheck[] {
  return [
    row(
      'ring of 230 m: spread of speeds after 30 min',
      ring.spread,
      'm/s',
      [JAM_SPREAD, 4],
      `above ${JAM_SPREAD}: what this page calls a jam`,
    ),
    row(
      'ring of 230 m: slowest of any vehicle, last 3 min',
      ring.slowest,
      'm/s',
      [0.3, 1.2],
      `${REGRESSION}; nobody stops, as cars do on the real ring`,
    ),
    row('ring of 230 m: speed of the jam', ring.waveSpeed, 'km/h', [-25, -10], 'Sugiyama et al. 2008: about -20 km/h'),
    ...platoon.map(({ speed, amplification }) =>
      row(
        `dip of the 40th over the 1st follower at ${speed} m/s`,
        amplification,
        '1',
        [0, 1],
        'below 1: short dips die out',
      ),
    ),
  ];
}

function distributionChecks(data: DistributionSummary, simulated: DistributionSummary): MeasuredCheck[] {
  const median = ({ quantiles }: { readonly quantiles: readonly number[] }) => quantiles[2]!;
  const range = ({ quantiles }: { readonly quantiles: readonly number[] }) => quantiles[3]! - quantiles[1]!;
  return [
    row(
      'median time headway over that of US-101',
      median(simulated.headways) / median(data.headways),
      '1',
      [0.8, 1.25],
      'NGSIM, same definition',
    ),
    row(
      'interquartile range of headways over that of US-101',
      range(simulated.headways) / range(data.headways),
      '1',
      [0.6, 1.5],
      'NGSIM, same definition; below 1: drivers keep to their wish',
    ),
    row(
      'median lane-change duration over that of US-101',
      median(simulated.durations) / median(data.durations),
      '1',
      [0.75, 1.33],
      'NGSIM, same definition',
    ),
    row(
      'interquartile range of lane-change durations',
      range(simulated.durations),
      's',
      [0.6, 3],
      'people differ: Toledo & Zohar 2007, 1 to 13.3 s',
    ),
  ];
}

function safetyChecks({ diagram, merges }: SimulatedFindings): MeasuredCheck[] {
  const upTo60 = diagram.filter(({ density }) => density <= 60);
  const sum = <T>(points: readonly T[], of: (point: T) => number) => points.reduce((total, p) => total + of(p), 0);
  const drops = merges.filter(({ family }) => family === 'lane-drop');
  const ramps = merges.filter(({ family }) => family !== 'lane-drop');
  const hardest = (points: readonly MergePoint[]) => Math.max(...points.map((point) => point.hardBrakingPerHour));
  return [
    row(
      'rings: braking above 4 m/s², most of all densities',
      Math.max(...diagram.map((point) => point.hardBrakingPerHour)),
      'ticks / veh h',
      [0, 1.5],
      REGRESSION,
    ),
    row(
      'rings: collisions up to 60 veh/km/lane',
      sum(upTo60, ({ collisions }) => collisions),
      '',
      [0, 0],
      'none unless scripted',
    ),
    row(
      'rings: vehicle-hours of that',
      sum(upTo60, ({ vehicleHours }) => vehicleHours),
      'h',
      [100, 10_000],
      `at least 100; ${upTo60.length} densities, each 400 s on 3 km and three lanes without ramps`,
    ),
    row(
      'lane drop: braking above 4 m/s², most of its densities',
      hardest(drops),
      'ticks / veh h',
      [0, 12],
      `${REGRESSION}; more than on rings`,
    ),
    row(
      'on-ramps: braking above 4 m/s², most of their densities',
      hardest(ramps),
      'ticks / veh h',
      [0, 12],
      `${REGRESSION}; more than on rings`,
    ),
    row(
      'lane drop and on-ramps: collisions, with the ego or without',
      sum(merges, ({ collisions, egoCollisions }) => collisions + egoCollisions),
      '',
      [0, 0],
      'none unless scripted',
    ),
    row(
      'lane drop and on-ramps: vehicle-hours of that',
      sum(merges, ({ vehicleHours }) => vehicleHours),
      'h',
      [100, 10_000],
      `at least 100; ${sum(merges, ({ drives }) => drives)} drives of three families`,
    ),
  ];
}
