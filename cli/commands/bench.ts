import { cpus } from 'node:os';
import type { Command } from 'commander';
import { measureTraffic } from '../../bench/traffic.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { numberOption } from '../numberOption.ts';
import { textPairs } from '../textTable.ts';

/** `understudy bench`. */
export function defineBench(command: Command, out: CommandConsole): void {
  command
    .command('traffic')
    .description('Vehicle updates of the traffic model a CPU second (IDM, MOBIL, continuous lateral motion).')
    .option('--vehicles <n>', 'vehicles on four lanes', numberOption({ min: 20, max: 50_000, integer: true }), 500)
    .action(({ vehicles }: { readonly vehicles: number }) => benchTraffic(vehicles, out));
}

function benchTraffic(vehicles: number, out: CommandConsole): void {
  const speed = measureTraffic(vehicles, cpuSeconds);
  out.result(
    { ...speed, machine: machine() },
    textPairs([
      ['vehicles', String(speed.vehicles)],
      ['updates a CPU second', `${(speed.updatesPerCpuSecond / 1e6).toFixed(1)} million`],
      ['machine', machine()],
    ]),
  );
}

/** CPU time this process has used, user and system together [s]. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function machine(): string {
  return `${cpus().length} cores, ${cpus()[0]!.model.trim()}, Node ${process.versions.node}`;
}
