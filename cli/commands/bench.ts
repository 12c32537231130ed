import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { DETERMINISM_DRIVES } from '../../bench/determinism/determinismDrives.ts';
import { openChromium } from '../../bench/determinism/openChromium.ts';
import { compareDrives } from '../../bench/determinism.ts';
import { measureSnapshot } from '../../bench/snapshot.ts';
import { measureTraffic } from '../../bench/traffic.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { numberOption, numbersOption } from '../numberOption.ts';
import { textPairs, textTable } from '../textTable.ts';
import { WorkFailed } from '../workFailed.ts';

/** `understudy bench`. */
export function defineBench(command: Command, out: CommandConsole): void {
  command
    .command('traffic')
    .description('Vehicle updates of the traffic model a CPU second (IDM, MOBIL, continuous lateral motion).')
    .option(
      '--vehicles <n,n>',
      'numbers of vehicles on four lanes',
      numbersOption({ min: 20, max: 50_000, integer: true }),
      [500],
    )
    .action(({ vehicles }: { readonly vehicles: readonly number[] }) => {
      report('traffic', { results: vehicles.map((count) => measureTraffic(count, cpuSeconds)) }, out);
    });
  command
    .command('candidates')
    .description('Cost of one 5 s candidate among 25 vehicles, and of whole decisions of the agent in dense traffic.')
    .action(() => runScript('candidates', [], out));
  command
    .command('snapshot')
    .description('Time to remember a world of some 80 vehicles, to go back, and to branch into a second world.')
    .action(() => report('snapshot', { ...measureSnapshot(cpuSeconds) }, out));
  command
    .command('recorder')
    .description('Cost of recording a tick in a world of 500 vehicles.')
    .action(() => runScript('recorder', [], out));
  command
    .command('determinism')
    .description('Final state hashes of a minute in 10 families with 3 seeds: in Node, from a snapshot, in Chromium.')
    .option('--no-browser', 'without Chromium')
    .action(({ browser }: { readonly browser: boolean }) => determinism(browser, out));
  command
    .command('maxent')
    .description('Time of the maximum-entropy fit on given features.')
    .option('--scenes <n>', 'scenes of 300 candidates', numberOption({ min: 10, max: 100_000, integer: true }), 10_000)
    .action(({ scenes }: { readonly scenes: number }) => runScript('maxent', [String(scenes)], out));
  command
    .command('learn')
    .description(
      'Validation of the learners, for hours: planted weights, agents against scripted styles, left-out real drivers.',
    )
    .addOption(new Option('--part <name...>', 'only these parts').choices(LEARNING_PARTS).default(LEARNING_PARTS))
    .option('--quick', 'fewer seeds, drives and simulations: figures that show the way, not the committed ones')
    .action(({ part, quick }: { readonly part: readonly string[]; readonly quick?: boolean }) => {
      const parts = LEARNING_PARTS.filter((name) => part.includes(name));
      report('learn', { ...(quick ? { quick } : {}), ...figuresOfAll(parts, quick ? ['--quick'] : [], out) }, out);
    });
}

/**
 * Scripts of bench/ that validate the learners; docs/learning.md has their protocol, bench/results/ their last figures.
 */
const LEARNING_PARTS = ['recovery', 'calibration', 'closedLoop', 'styles', 'planPersistence', 'drivers'];

/** Bytes that a script may print. */
const LARGEST_OUTPUT = 1 << 26;

/** CPU time this process has used, user and system together [s]. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function determinism(browser: boolean, out: CommandConsole): Promise<void> {
  const progress = out.progress('drives', DETERMINISM_DRIVES.length);
  const outcome = await compareDrives({
    openBrowser: browser ? openChromium : null,
    onDrive: (done, _of, id) => progress.update(done, id),
  }).finally(() => progress.end());
  const { drives, identical, browser: version } = outcome;
  const differing = drives.filter(({ same }) => !same);
  for (const { id, driver, node, restored, chromium } of differing) {
    out.note(
      `${id} driven by ${driver} ends differently: ${node} in Node, ${restored} from a snapshot, ${chromium ?? 'not driven'} in Chromium`,
    );
  }
  const table = textTable(
    [
      { heading: 'drive' },
      { heading: 'driver' },
      { heading: 'Node' },
      { heading: 'restored' },
      { heading: 'Chromium' },
    ],
    drives.map(({ id, driver, node, restored, chromium }) => [id, driver, node, restored, chromium ?? 'left out']),
  );
  const verdict = `${drives.length - differing.length} of ${drives.length} drives end in the same bits; ${
    version ?? 'Chromium was left out (--no-browser)'
  }; ${machine()}`;
  out.result({ bench: 'determinism', ...outcome, machine: machine() }, `${table}\n${verdict}`);
  if (!identical) process.exitCode = 1;
}

function machine(): string {
  return `${cpus().length} cores, ${cpus()[0]!.model.trim()}, Node ${process.versions.node}`;
}

function runScript(name: string, args: readonly string[], out: CommandConsole): void {
  report(name, figuresOf(name, args), out);
}

/**
 * Runs a script of bench/ in a process of its own, so that nothing of the command is measured with it; gives what it
 * prints.
 */
function figuresOf(name: string, args: readonly string[]): Record<string, unknown> {
  const script = fileURLToPath(new URL(`../../bench/${name}.ts`, import.meta.url));
  const run = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), script, '--json', ...args], {
    encoding: 'utf8',
    maxBuffer: LARGEST_OUTPUT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) throw new WorkFailed(`bench ${name}: ended with exit code ${run.status ?? run.signal}`);
  return JSON.parse(run.stdout) as Record<string, unknown>;
}

/** Figures of several scripts, by name. One that fails does not take the hours of the others with it. */
function figuresOfAll(names: readonly string[], args: readonly string[], out: CommandConsole): Record<string, unknown> {
  const figures: Record<string, unknown> = {};
  const failed: string[] = [];
  for (const name of names) {
    try {
      figures[name] = figuresOf(name, args);
    } catch (error) {
      if (!(error instanceof WorkFailed)) throw error;
      out.note(error.message);
      failed.push(name);
      process.exitCode = 1;
    }
  }
  return failed.length > 0 ? { ...figures, failed } : figures;
}

function report(name: string, figures: Readonly<Record<string, unknown>>, out: CommandConsole): void {
  const pairs = Object.entries(figures).map(([key, value]): [string, string] => [
    key,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  out.result({ bench: name, ...figures, machine: machine() }, textPairs([...pairs, ['machine', machine()]]));
}
