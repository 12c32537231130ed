import type { ClosedLoopScore, DriverGaps, FeatureGap } from '../irl/evaluate/closedLoop.ts';
import type { OpenLoopScore } from '../irl/evaluate/openLoop.ts';
import { counted } from './counted.ts';
import { textTable } from './textTable.ts';

/** An open-loop score for people. */
export function openLoopText(score: OpenLoopScore, recordings: number): string {
  const { fde1, minFde3, ade, nll, rank, baselines, intervals } = score;
  const metres = (value: number | undefined) => (value === undefined ? '' : value.toFixed(2));
  const interval = (of: 'fde1' | 'nll') => intervals?.[of].map((end) => end.toFixed(2)).join(' to ');
  const columns = [
    { heading: 'driver' },
    { heading: 'fde1 [m]', align: 'right' },
    { heading: '95 %', align: 'right' },
    { heading: 'minFde3 [m]', align: 'right' },
    { heading: 'ade [m]', align: 'right' },
  ] as const;
  const rows = [
    ['the reward', metres(fde1), interval('fde1') ?? '', metres(minFde3), metres(ade)],
    ['constant velocity', metres(baselines.constantVelocity.fde1), '', '', ''],
    [
      score.drivers > 1 ? 'IDM + MOBIL' : 'IDM + MOBIL, calibrated on this driver',
      metres(baselines.idmMobil.fde1),
      '',
      '',
      '',
    ],
    ['a random candidate', metres(baselines.random.fde1), '', metres(baselines.random.minFde3), ''],
    ['the nearest candidate', metres(baselines.oracle.fde1), '', '', ''],
  ];
  return [
    `${counted(score.scenes, 'scene')} of ${counted(score.drivers, 'driver')} in ${counted(recordings, 'recording')}, ${score.candidatesPerScene} candidates each; distances at 5 s`,
    ...(intervals === null ? ['no intervals: one driver says nothing of others'] : []),
    '',
    textTable(columns, rows),
    '',
    `negative log-likelihood ${nll.toFixed(3)} nat${intervals ? ` (${interval('nll')})` : ''}, rank ${rank.toFixed(3)} (0 best, 0.5 by chance)`,
    `projection error p95 ${score.projectionErrorP95.toFixed(3)} m`,
    ...(score.shared > 0
      ? [`windows that a drive shares with the one it branches from, not counted again: ${score.shared}`]
      : []),
    ...(score.withoutCandidate > 0
      ? [`scenes without an allowed candidate, not counted: ${score.withoutCandidate}`]
      : []),
  ].join('\n');
}

/** A closed-loop score for people. */
export function closedLoopText(score: ClosedLoopScore): string {
  const columns = [
    { heading: 'feature' },
    { heading: 'person', align: 'right' },
    { heading: 'agent', align: 'right' },
    { heading: 'gap', align: 'right' },
    { heading: '95 %', align: 'right' },
  ] as const;
  const rows = score.gaps.map(({ name, person, agent, gap, interval }: FeatureGap) => [
    name,
    person.toPrecision(3),
    agent.toPrecision(3),
    gap.toFixed(3),
    interval === null ? '' : interval.map((end) => end.toFixed(3)).join(' to '),
  ]);
  const { idmMobil, constantVelocity } = score.baselines;
  const comparison = textTable(
    [
      { heading: 'driver' },
      { heading: 'largest gap', align: 'right' },
      { heading: 'of' },
      { heading: 'root mean square', align: 'right' },
      { heading: 'collisions', align: 'right' },
      { heading: 'off the road', align: 'right' },
    ],
    [
      driverRow(score.agents === 1 ? 'the agent' : `the mixture of ${score.agents} agents`, score),
      driverRow('IDM + MOBIL', idmMobil),
      driverRow('constant velocity', constantVelocity),
    ],
  );
  return [
    `driven on from ${counted(score.starts, 'moment')} of ${counted(score.drives, 'drive')} by ${counted(score.drivers, 'driver')}, ${score.windows * 5} s each; gaps in units of the reward's scales`,
    ...(score.drives > 1 ? [] : ['no intervals: one drive says nothing of others']),
    '',
    textTable(columns, rows),
    '',
    comparison,
    ...(score.unexcited.length > 0
      ? ['', `never varied in learning, not compared: ${score.unexcited.join(', ')}`]
      : []),
  ].join('\n');
}

function driverRow(name: string, { largestGap, largestGapOf, rootMeanSquare, collisions, offRoad }: DriverGaps) {
  const rollouts = (count: number) => (Number.isInteger(count) ? String(count) : count.toFixed(1));
  return [
    name,
    largestGap.toFixed(3),
    largestGapOf,
    rootMeanSquare.toFixed(3),
    rollouts(collisions),
    rollouts(offRoad),
  ];
}
