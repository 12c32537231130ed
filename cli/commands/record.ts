import { type Command, InvalidArgumentError, Option } from 'commander';
import { BASELINE_DRIVERS, findBaselineDriver } from '../../irl/agent/baselineDrivers.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { driveReport } from '../driveReport.ts';
import { numberOption, repeatedOption } from '../numberOption.ts';
import { claimOutputFile, writeOutputFile } from '../outputFiles.ts';
import { recordDrive } from '../recordDrive.ts';
import { buildDrivenScenario } from '../scenarioReference.ts';

interface RecordOptions {
  readonly style: string;
  readonly scenario: string;
  readonly param?: readonly string[];
  readonly seed?: number;
  readonly seconds?: number;
  readonly startedAt?: string;
  readonly out: string;
  readonly force?: boolean;
}

/** `understudy record`. */
export function defineRecord(command: Command, out: CommandConsole): void {
  const styles = BASELINE_DRIVERS.filter((driver) => driver.label === 'scripted').map((driver) => driver.name);
  command
    .description('Record a drive of a scripted style; the recording is labelled "scripted", never "human".')
    .addOption(new Option('--style <name>', 'driving style').choices(styles).makeOptionMandatory())
    .requiredOption('--scenario <id>', 'id such as "dense@1#1", family name, or scenario file')
    .option('--param <name=value>', "parameter, instead of the id's (repeatable)", repeatedOption)
    .option('--seed <n>', "seed, instead of the id's", numberOption({ min: 0, max: 0xffffffff, integer: true }))
    .option('--seconds <s>', "length; the scenario's own if absent", numberOption({ min: 1, max: 3600 }))
    .option('--started-at <time>', 'start to be noted, ISO 8601 or empty; now if absent', parseStart)
    .requiredOption('--out <file>', 'recording to write (.mcap)')
    .option('--force', 'replace the file if it exists')
    .action((options: RecordOptions) => record(options, out));
}

function parseStart(text: string): string {
  if (text === '') return text;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('Expected a time such as 2026-03-01T12:00:00Z.');
  return time.toISOString();
}

function record(options: RecordOptions, out: CommandConsole): void {
  const { scenario, scenarioFamily } = buildDrivenScenario(options.scenario, options);
  claimOutputFile(options.out, '.mcap', options.force ?? false);
  const ticks = Math.round((options.seconds ?? scenario.durationS) * 10);
  const { bytes, summary } = recordDrive(
    {
      spec: scenario.spec,
      driver: findBaselineDriver(options.style).create(),
      ticks,
      description: {
        scenarioId: scenario.id,
        scenarioFamily,
        driverLabel: 'scripted',
        driverName: options.style,
        device: 'program',
        startedAt: options.startedAt ?? new Date().toISOString(),
      },
    },
    out.progress(`driving ${scenario.id}`, ticks),
  );
  writeOutputFile(options.out, bytes, options.force ?? false);
  out.result(
    { scenario: scenario.id, style: options.style, ...summary, out: options.out },
    driveReport(summary, options.out),
  );
}
