import type { Command } from 'commander';
import { BASELINE_DRIVERS } from '../../irl/agent/baselineDrivers.ts';
import { createLearnedDriver } from '../../irl/agent/learnedDriver.ts';
import { drawScenarios } from '../../scenarios/drawScenarios.ts';
import { COLLISION_KINDS, type DriveOutcome, driveOutcome } from '../../scenarios/driveOutcome.ts';
import { findFamily } from '../../scenarios/registry.ts';
import type { GeneratedFamily, ScenarioFamily } from '../../scenarios/scenarioFamily.ts';
import { type SweepStatistics, sweepStatistics, worstOutcomes } from '../../scenarios/sweepStatistics.ts';
import type { Driver } from '../../sim/core/driver.ts';
import { BadInput } from '../badInput.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { loadReward } from '../loadReward.ts';
import { numberOption } from '../numberOption.ts';
import { readScenarioFile } from '../scenarioReference.ts';
import { textPairs, textTable } from '../textTable.ts';

interface SweepOptions {
  readonly n: number;
  readonly driver?: string;
  readonly reward?: string;
  readonly seed: number;
  readonly worst: number;
}

/** `understudy scenarios sweep`. */
export function defineScenariosSweep(command: Command, out: CommandConsole): void {
  command
    .command('sweep')
    .description('Drive many draws of a family that fill its parameter ranges evenly, and count what comes of them.')
    .argument('<family>', 'family name or scenario file')
    .option('--n <count>', 'draws', numberOption({ min: 1, max: 1_000_000, integer: true }), 100)
    .option('--driver <name>', `baseline driver: ${BASELINE_DRIVERS.map((driver) => driver.name).join(', ')}`)
    .option('--reward <file>', 'instead of a driver: reward file of the learned agent')
    .option('--seed <n>', 'seed of the draws', numberOption({ min: 0, max: 0xffffffff, integer: true }), 1)
    .option('--worst <count>', 'worst drives to list', numberOption({ min: 0, max: 1000, integer: true }), 10)
    .action((name: string, options: SweepOptions) => sweep(name, options, out));
}

function sweep(name: string, options: SweepOptions, out: CommandConsole): void {
  const family = generatedFamily(name);
  const { label, create } = chooseDriver(options);
  const progress = out.progress(`${family.family} driven by ${label}`, options.n);
  const outcomes: DriveOutcome[] = [];
  for (const scenario of drawScenarios(family, options.n, options.seed)) {
    outcomes.push(driveOutcome(scenario, create()));
    progress.update(outcomes.length, 'drives');
  }
  progress.end();
  const statistics = sweepStatistics(outcomes);
  // A family of one's own is found by its file.
  const named = (id: string) => (name.endsWith('.json') ? id.replace(/^[^?#]*/, () => name) : id);
  const worst = worstOutcomes(outcomes, options.worst).map((outcome) => ({ ...outcome, id: named(outcome.id) }));
  const head = {
    family: family.family,
    version: family.version,
    driver: label,
    seed: options.seed,
    goal: family.goal ?? null,
    adversarial: family.adversarial ?? null,
  };
  out.result({ ...head, ...statistics, worst }, sweepText(head, statistics, worst));
}

function generatedFamily(name: string): GeneratedFamily {
  const family: ScenarioFamily = name.endsWith('.json') ? readScenarioFile(name) : findFamily(name);
  if (family.kind === 'generated') return family;
  throw new BadInput('family', name, 'a generated family; replayed traffic has no parameters to draw');
}

function chooseDriver({ driver, reward }: SweepOptions): { readonly label: string; create(): Driver } {
  if (driver !== undefined && reward !== undefined) {
    throw new BadInput('arguments', 'both --driver and --reward are given', 'one of the two, which says who drives');
  }
  if (reward !== undefined) {
    const loaded = loadReward(reward);
    return { label: `reward ${reward}`, create: () => createLearnedDriver(loaded.reward) };
  }
  const name = driver ?? 'idm-mobil';
  const known = BASELINE_DRIVERS.find((candidate) => candidate.name === name);
  if (!known) {
    throw new BadInput('--driver', `"${name}"`, `one of: ${BASELINE_DRIVERS.map((d) => d.name).join(', ')}`);
  }
  return { label: name, create: () => known.create() };
}

function sweepText(
  head: { readonly family: string; readonly version: number; readonly driver: string; readonly goal: string | null },
  statistics: SweepStatistics,
  worst: readonly DriveOutcome[],
): string {
  const { drives, collisions, minTtc, minHeadway, rmsJerk, maxDeceleration } = statistics;
  const share = (count: number) => `${count} (${((100 * count) / drives).toFixed(1)} %)`;
  const seconds = (value: number | null) => (value === null ? '-' : `${value.toFixed(2)} s`);
  const { scripted } = statistics;
  const pairs = textPairs([
    ['drives', String(drives)],
    ...(scripted === null
      ? []
      : [
          ['met what is scripted', share(scripted.met)] as const,
          ['  of these with a collision', String(scripted.collisions)] as const,
          ['  with a near miss', String(scripted.withNearMiss)] as const,
          ['  braked hard', String(scripted.withHardBraking)] as const,
        ]),
    ['with a collision', share(collisions.total)],
    ...COLLISION_KINDS.map((kind): [string, string] => [`  ${kind}`, share(collisions[kind])]),
    ['with a near miss', share(statistics.withNearMiss)],
    ['off the road', share(statistics.withOffRoad)],
    ['braked hard', share(statistics.withHardBraking)],
    ...(head.goal === null ? [] : [[`goal: ${head.goal}`, share(statistics.reachedGoal)] as const]),
    ['smallest TTC, 1 % of drives below', seconds(minTtc.p01)],
    ['smallest TTC, 5 %', seconds(minTtc.p05)],
    ['smallest TTC, half', seconds(minTtc.p50)],
    ['smallest headway, 5 %', seconds(minHeadway.p05)],
    ['smallest headway, half', seconds(minHeadway.p50)],
    ['jerk (RMS), half', `${rmsJerk.p50.toFixed(2)} m/s³`],
    ['jerk (RMS), 95 %', `${rmsJerk.p95.toFixed(2)} m/s³`],
    ['strongest braking, half', `${maxDeceleration.p50.toFixed(1)} m/s²`],
    ['strongest braking, 95 %', `${maxDeceleration.p95.toFixed(1)} m/s²`],
    ['mean speed', `${statistics.meanSpeed.toFixed(1)} m/s`],
    ['lane changes', `${(statistics.laneChanges / drives).toFixed(2)} a drive`],
    ['simulated', `${statistics.hours.toFixed(1)} h, ${statistics.kilometres.toFixed(0)} km`],
  ]);
  const rows = worst.map((o) => [
    o.id,
    o.collision ? `${o.collision.kind} at ${o.collision.at.toFixed(1)} s, ${o.collision.impact.toFixed(1)} m/s` : '-',
    seconds(o.minTtc),
    o.maxDeceleration.toFixed(1),
  ]);
  const columns = [
    { heading: 'worst drives' },
    { heading: 'collision' },
    { heading: 'min TTC', align: 'right' as const },
    { heading: 'braking [m/s²]', align: 'right' as const },
  ];
  const title = `${head.family}@${head.version} driven by ${head.driver}`;
  return [title, pairs, ...(rows.length > 0 ? [textTable(columns, rows)] : [])].join('\n\n');
}
