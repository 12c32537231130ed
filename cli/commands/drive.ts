import { type Command, InvalidArgumentError } from 'commander';
import { BASELINE_DRIVERS } from '../../irl/agent/baselineDrivers.ts';
import { createLearnedDriver } from '../../irl/agent/learnedDriver.ts';
import { createLogReplayDriver } from '../../irl/agent/logReplayDriver.ts';
import type { DriverLabel } from '../../recordings/recording.ts';
import { LOG_REPLAY_FAMILY, worldSpecOf } from '../../recordings/worldSpecOf.ts';
import type { ScenarioFamily } from '../../scenarios/scenarioFamily.ts';
import { parseScenarioId } from '../../scenarios/scenarioId.ts';
import type { Driver } from '../../sim/core/driver.ts';
import type { WorldSpec } from '../../sim/core/world.ts';
import { BadInput } from '../badInput.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { driveReport } from '../driveReport.ts';
import { type LoadedRecording, loadRecording, RECOVER_OPTION } from '../loadRecording.ts';
import { loadReward } from '../loadReward.ts';
import { numberOption, repeatedOption } from '../numberOption.ts';
import { claimOutputFile, writeOutputFile } from '../outputFiles.ts';
import { recordDrive } from '../recordDrive.ts';
import { buildDrivenScenario } from '../scenarioReference.ts';
import { refuseUnused } from '../unusedOptions.ts';

interface DriveOptions {
  readonly reward?: string;
  readonly driver?: string;
  readonly scenario?: string;
  readonly param?: readonly string[];
  readonly seed?: number;
  readonly log?: string;
  readonly recover?: boolean;
  readonly seconds?: number;
  readonly replanHz?: number;
  readonly candidates?: number;
  readonly out: string;
  readonly force?: boolean;
}

/** Decisions of the agent a second. */
const REPLAN_HZ = 5;
/** Name of the driver that repeats what the person did in the log. */
const LOG_REPLAY_DRIVER = 'log-replay';
const DRIVER_NAMES = [...BASELINE_DRIVERS.map((driver) => driver.name), LOG_REPLAY_DRIVER];

/** `understudy drive`. */
export function defineDrive(command: Command, out: CommandConsole): void {
  command
    .description(
      'Let the learned agent, or a baseline driver, drive a scenario or the traffic of a recording, and record it.',
    )
    .option('--reward <file>', 'reward file of the agent')
    .option('--driver <name>', `instead of a reward: ${DRIVER_NAMES.join(', ')}`)
    .option('--scenario <id>', 'id such as "dense@1#1", family name, or scenario file')
    .option('--param <name=value>', "parameter, instead of the id's (repeatable)", repeatedOption)
    .option('--seed <n>', "seed, instead of the id's", numberOption({ min: 0, max: 0xffffffff, integer: true }))
    .option(
      '--log <file>',
      'instead of a scenario: drive in the world of a recording; imported traffic moves as recorded',
    )
    .option(...RECOVER_OPTION)
    .option('--seconds <s>', "length; the scenario's or recording's own if absent", numberOption({ min: 1, max: 3600 }))
    .option('--replan-hz <n>', `the agent's decisions a second: 10, 5, 2 or 1; ${REPLAN_HZ} if absent`, parseReplanRate)
    .option(
      '--candidates <n>',
      'motions that the agent weighs in a decision',
      numberOption({ min: 20, max: 5000, integer: true }),
    )
    .requiredOption('--out <file>', 'recording to write (.mcap)')
    .option('--force', 'replace the file if it exists')
    .action((options: DriveOptions) => drive(options, out));
}

function parseReplanRate(text: string): number {
  const rate = Number(text);
  if (![10, 5, 2, 1].includes(rate)) throw new InvalidArgumentError('Expected 10, 5, 2 or 1.');
  return rate;
}

/** Where to drive. */
interface Course {
  readonly scenarioId: string;
  readonly scenarioFamily: ScenarioFamily | undefined;
  readonly spec: WorldSpec;
  readonly ticks: number;
  readonly log?: LoadedRecording;
}

/** Who drives. */
interface Chauffeur {
  readonly driver: Driver;
  readonly label: DriverLabel;
  readonly notes: readonly string[];
}

function drive(options: DriveOptions, out: CommandConsole): void {
  requireOne(options, 'reward', 'driver', 'who drives');
  requireOne(options, 'scenario', 'log', 'where');
  if (options.driver !== undefined) {
    const agentOnly = { candidates: '--candidates', replanHz: '--replan-hz' } as const;
    refuseUnused(options, agentOnly, 'given with --driver', '--reward: only the learned agent weighs candidates');
  }
  if (options.log !== undefined) {
    const decided = { seed: '--seed', param: '--param' } as const;
    refuseUnused(options, decided, 'given with --log', '--scenario: a recording has them decided');
  } else {
    refuseUnused(options, { recover: '--recover' }, 'given with --scenario', '--log: no recording is read');
  }
  claimOutputFile(options.out, '.mcap', options.force ?? false);
  const course = chooseCourse(options, out);
  const { driver, label, notes } = chooseDriver(options, course);
  const { scenarioId, scenarioFamily, spec, ticks, log } = course;
  const isReplay = log !== undefined && parseScenarioId(scenarioId).family === LOG_REPLAY_FAMILY;
  const { bytes, summary } = recordDrive(
    {
      spec,
      driver,
      ticks,
      description: {
        scenarioId,
        scenarioFamily,
        driverLabel: label,
        driverName: driver.name,
        device: 'program',
        startedAt: new Date().toISOString(),
        notes: [...notes, ...(isReplay ? [`traffic of ${log.path}, sha256 ${log.hash}`] : [])],
      },
    },
    out.progress(`driving ${scenarioId}`, ticks),
  );
  writeOutputFile(options.out, bytes, options.force ?? false);
  out.result(
    { scenario: scenarioId, driver: driver.name, ...summary, out: options.out },
    driveReport(summary, options.out),
  );
}

function requireOne(options: DriveOptions, a: 'reward' | 'scenario', b: 'driver' | 'log', what: string): void {
  if ((options[a] === undefined) !== (options[b] === undefined)) return;
  const found = options[a] === undefined ? `neither --${a} nor --${b} is given` : `both --${a} and --${b} are given`;
  throw new BadInput('arguments', found, `one of the two, which says ${what}`);
}

function chooseCourse(options: DriveOptions, out: CommandConsole): Course {
  const asked = options.seconds === undefined ? undefined : Math.round(options.seconds * 10);
  if (options.log === undefined) {
    const { scenario, scenarioFamily } = buildDrivenScenario(options.scenario!, options);
    const { id, spec, durationS } = scenario;
    return { scenarioId: id, scenarioFamily, spec, ticks: asked ?? Math.round(durationS * 10) };
  }
  const log = loadRecording(options.log, options.recover ?? false, out);
  const { metadata, ticks } = log.recording;
  if (asked !== undefined && asked > ticks) {
    throw new BadInput('--seconds', `${options.seconds}`, `at most ${ticks / 10}, the length of ${options.log}`);
  }
  const { scenarioId, scenarioFamily } = metadata;
  return { scenarioId, scenarioFamily, spec: worldSpecOf(log.recording), ticks: asked ?? ticks, log };
}

function chooseDriver(options: DriveOptions, { log }: Course): Chauffeur {
  if (options.reward !== undefined) {
    const { reward, hash } = loadReward(options.reward);
    const { candidates, replanHz = REPLAN_HZ } = options;
    const driver = createLearnedDriver(reward, {
      replanTicks: 10 / replanHz,
      ...(candidates === undefined ? {} : { candidates }),
    });
    return { driver, label: 'agent', notes: [`reward ${options.reward}, sha256 ${hash}`, `decides at ${replanHz} Hz`] };
  }
  if (options.driver === LOG_REPLAY_DRIVER) {
    if (!log) throw new BadInput('--driver', LOG_REPLAY_DRIVER, '--log with the recording to repeat');
    return { driver: createLogReplayDriver(log.recording), label: 'baseline', notes: [] };
  }
  const baseline = BASELINE_DRIVERS.find((known) => known.name === options.driver);
  if (!baseline) throw new BadInput('--driver', `"${options.driver}"`, `one of: ${DRIVER_NAMES.join(', ')}`);
  return { driver: baseline.create(), label: baseline.label, notes: [] };
}
