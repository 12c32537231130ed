import { linePlot } from '../figures/linePlot.ts';
import { manualSpeed } from './capacityManual.ts';
import { densityCurve } from './distributions.ts';
import { USUAL_MIX } from './ring.ts';
import type { Distributions, SimulatedFindings } from './trafficFindings.ts';

/** The figures of docs/traffic-validation.md by file name. @param data what the file of US-101 holds */
export function trafficFigures(
  { diagram, speeds, ring, platoon, simulated }: SimulatedFindings,
  data: Distributions,
): Readonly<Record<string, string>> {
  const lanes = ['left lane', 'middle lane', 'right lane'];
  return {
    'traffic-flow': linePlot({
      title: 'Fundamental diagram: flow over density',
      x: 'density [veh/km/lane]',
      y: 'flow [veh/h/lane]',
      series: [
        { name: 'ring, 3 lanes', points: diagram.map(({ density, flow }) => [density, flow] as const) },
        { name: 'densities run', points: diagram.map(({ density, flow }) => [density, flow] as const), style: 'dots' },
      ],
    }),
    'traffic-speed': linePlot({
      title: 'Fundamental diagram: speed over density',
      x: 'density [veh/km/lane]',
      y: 'speed [m/s]',
      series: [
        { name: 'mean', points: diagram.map(({ density, speed }) => [density, speed] as const) },
        {
          name: 'standard deviation',
          points: diagram.map(({ density, spread }) => [density, spread] as const),
          style: 'dashed',
        },
        {
          name: 'mean, identical drivers',
          points: speeds.map(({ density, identical }) => [density, identical] as const),
          style: 'dots',
        },
        {
          name: 'HCM 2010, 75 mi/h',
          points: Array.from({ length: 28 }, (_, density) => [density, manualSpeed(density, USUAL_MIX.truck)] as const),
        },
      ],
    }),
    'traffic-lane-use': linePlot({
      title: 'Lane use by density',
      x: 'density [veh/km/lane]',
      y: 'share of vehicles',
      yRange: [0.2, 0.5],
      series: lanes.map((name, lane) => ({
        name,
        points: diagram.map(({ density, laneUse }) => [density, laneUse[lane]!] as const),
      })),
    }),
    'traffic-ring': linePlot({
      title: '22 vehicles on a ring of 230 m: slowest vehicle',
      x: 'time [s]',
      y: 'speed [m/s]',
      yRange: [0, 4],
      series: [{ name: 'slowest of 22', points: ring.trace }],
    }),
    'traffic-platoon': linePlot({
      title: 'A dip of 2 m/s passed down a platoon',
      x: 'follower',
      y: 'deepest dip [m/s]',
      series: platoon.map(({ speed, dips }) => ({
        name: `at ${speed} m/s`,
        points: dips.map((dip, i) => [i + 1, dip] as const),
      })),
    }),
    'traffic-headways': linePlot({
      title: 'Time headways behind a leader within 60 m',
      x: 'gap / own speed [s]',
      y: 'probability density [1/s]',
      series: [
        { name: 'US-101 (NGSIM)', points: densityCurve(data.headways, 0, 6, 30) },
        { name: 'simulated', points: densityCurve(simulated.headways, 0, 6, 30) },
      ],
    }),
    'traffic-lane-changes': linePlot({
      title: 'Durations of lane changes',
      x: 'duration [s]',
      y: 'probability density [1/s]',
      series: [
        { name: `US-101 (NGSIM), ${data.durations.length}`, points: densityCurve(data.durations, 1, 9, 16) },
        { name: `simulated, ${simulated.durations.length}`, points: densityCurve(simulated.durations, 1, 9, 16) },
      ],
    }),
  };
}
