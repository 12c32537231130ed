import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { measureTraffic } from '../../bench/traffic.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { numberOption } from '../numberOption.ts';
import { textPairs } from '../textTable.ts';
import { WorkFailed } from '../workFailed.ts';

/** `understudy bench`. */
export function defineBench(command: Command, out: CommandConsole): void {
  command
    .command('traffic')
    .description('Vehicle updates of the traffic model a CPU second (IDM, MOBIL, continuous lateral motion).')
    .option('--vehicles <n>', 'vehicles on four lanes', numberOption({ min: 20, max: 50_000, integer: true }), 500)
    .action(({ vehicles }: { readonly vehicles: number }) => {
      report('traffic', { ...measureTraffic(vehicles, cpuSeconds) }, out);
    });
  command
    .command('candidates')
    .description('Cost of one 5 s candidate among 25 vehicles: drawing, prediction, features, constraints.')
    .action(() => runScript('candidates', [], out));
  command
    .command('maxent')
    .description('Time of the maximum-entropy fit on given features.')
    .option('--scenes <n>', 'scenes of 300 candidates', numberOption({ min: 10, max: 100_000, integer: true }), 10_000)
    .action(({ scenes }: { readonly scenes: number }) => runScript('maxent', [String(scenes)], out));
}

/** CPU time this process has used, user and system together [s]. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Runs a script of bench/ in a process of its own, so that nothing of the command is measured with it. */
function runScript(name: string, args: readonly string[], out: CommandConsole): void {
  const script = fileURLToPath(new URL(`../../bench/${name}.ts`, import.meta.url));
  const run = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), script, '--json', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) throw new WorkFailed(`bench ${name}: ended with exit code ${run.status ?? run.signal}`);
  report(name, JSON.parse(run.stdout) as Record<string, unknown>, out);
}

function report(name: string, figures: Readonly<Record<string, unknown>>, out: CommandConsole): void {
  const machine = `${cpus().length} cores, ${cpus()[0]!.model.trim()}, Node ${process.versions.node}`;
  const pairs = Object.entries(figures).map(([key, value]): [string, string] => [
    key,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  out.result({ bench: name, ...figures, machine }, textPairs([...pairs, ['machine', machine]]));
}
