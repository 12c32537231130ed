import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { type CommandConsole, createCommandConsole } from './commandConsole.ts';
import { describeError } from './describeError.ts';
import { repeatedOption } from './numberOption.ts';

/** One command as the overview lists it; its options and code are loaded when it is called. */
interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<(command: Command, out: CommandConsole) => void>;
}

const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'scenarios',
    summary: 'list, show, check and sweep scenarios',
    load: async () => (await import('./commands/scenarios.ts')).defineScenarios,
  },
  {
    name: 'record',
    summary: 'record a drive of a scripted style',
    load: async () => (await import('./commands/record.ts')).defineRecord,
  },
  {
    name: 'import',
    summary: 'turn real traffic data into recordings',
    load: async () => (await import('./commands/import.ts')).defineImport,
  },
  {
    name: 'quality',
    summary: 'show what recordings are worth as demonstrations',
    load: async () => (await import('./commands/quality.ts')).defineQuality,
  },
  {
    name: 'learn',
    summary: 'learn the driving reward from recordings',
    load: async () => (await import('./commands/learn.ts')).defineLearn,
  },
  {
    name: 'population',
    summary: 'learn how drivers differ: what a new one starts from',
    load: async () => (await import('./commands/population.ts')).definePopulation,
  },
  {
    name: 'drive',
    summary: 'let an agent drive a scenario and record it',
    load: async () => (await import('./commands/drive.ts')).defineDrive,
  },
  {
    name: 'replay',
    summary: 'show a recording, or prove that it re-simulates to the same bits',
    load: async () => (await import('./commands/replay.ts')).defineReplay,
  },
  {
    name: 'export',
    summary: 'write recordings as tables (CSV, Parquet) for other programs',
    load: async () => (await import('./commands/export.ts')).defineExport,
  },
  {
    name: 'prefer',
    summary: 'say which of two drives is the better one',
    load: async () => (await import('./commands/prefer.ts')).definePrefer,
  },
  {
    name: 'evaluate',
    summary: 'score a reward on drives it has not seen',
    load: async () => (await import('./commands/evaluate.ts')).defineEvaluate,
  },
  {
    name: 'serve-env',
    summary: 'serve a scenario as a Gymnasium-like environment to another program',
    load: async () => (await import('./commands/serveEnv.ts')).defineServeEnv,
  },
  {
    name: 'bench',
    summary: 'measure speed, determinism and learning on this machine',
    load: async () => (await import('./commands/bench.ts')).defineBench,
  },
];

const EXAMPLES = `
Examples:
  understudy scenarios list
  understudy record --style brisk --scenario "dense@1#1" --out out/brisk.mcap
  understudy learn out/*.mcap --out out/reward.json
  understudy drive --reward out/reward.json --scenario "dense@1#1" --out out/agent.mcap
  understudy replay out/agent.mcap --verify

Exit code: 0 done, 1 the work failed, 2 bad arguments or bad input.`;

/**
 * Runs the command.
 * @param argv arguments after the command's name
 * @returns exit code: 0 done, 1 the work failed, 2 bad arguments or bad input
 */
export async function runUnderstudy(argv: readonly string[]): Promise<number> {
  // Known before parsing, because a wrong argument has to be reported in the same way as everything else.
  const out = createCommandConsole(argv.includes('--json'));
  ignoreClosedPipe();
  try {
    const program = await createProgram(argv, out);
    await program.parseAsync([...argv], { from: 'user' });
    return process.exitCode === undefined ? 0 : Number(process.exitCode);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { message, exitCode, where, expected } = describeError(error, argv.includes('--debug'));
    if (message !== '') out.note(`understudy: ${message}`);
    if (out.json) out.result({ error: { message: message || 'no command', where, expected }, exitCode }, '');
    return exitCode;
  }
}

async function createProgram(argv: readonly string[], out: CommandConsole): Promise<Command> {
  const program = new Command('understudy')
    .description('A highway simulator that learns to drive like you.')
    .version(packageVersion())
    .option('--json', 'print one JSON object on standard output')
    .option('--debug', 'show the stack of an error')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => undefined })
    .addHelpText('after', EXAMPLES);
  const words = argv.filter((arg) => !arg.startsWith('-'));
  const called = words[0] === 'help' ? words[1] : words[0];
  for (const { name, summary, load } of COMMANDS) {
    const command = program
      .command(name)
      .description(summary[0]!.toUpperCase() + summary.slice(1))
      .summary(summary);
    if (name === called) (await load())(command, out);
    refuseRepeated(command);
  }
  return program;
}

/** The last of several values would be taken in silence. */
function refuseRepeated(command: Command): void {
  for (const option of command.options) {
    if (option.variadic || option.parseArg === repeatedOption) continue;
    let given = 0;
    command.on(`option:${option.name()}`, () => {
      if (++given > 1) command.error(`error: option '${option.flags}' is given twice. Expected it once.`);
    });
  }
  for (const inner of command.commands) refuseRepeated(inner);
}

function packageVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** `understudy ... | head` ends when head does. */
function ignoreClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
