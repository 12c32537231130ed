// Drives 1000 draws each of scenario families and writes what came of them to bench/results/sweeps.json:
// npx tsx bench/sweeps.ts
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { findBaselineDriver } from '../irl/agent/baselineDrivers.ts';
import { drawScenarios } from '../scenarios/drawScenarios.ts';
import { type DriveOutcome, driveOutcome } from '../scenarios/driveOutcome.ts';
import { findFamily } from '../scenarios/registry.ts';
import { sweepStatistics, worstOutcomes } from '../scenarios/sweepStatistics.ts';

/** IDM alone keeps its lane, and so meets what is scripted in it; IDM+MOBIL has often left it by then. */
const SWEEPS = [
  ['cut-in', 'idm-mobil'],
  ['cut-in', 'idm'],
  ['hard-braking-leader', 'idm-mobil'],
  ['hard-braking-leader', 'idm'],
  ['on-ramp-merge', 'idm-mobil'],
  ['lane-drop', 'idm-mobil'],
  ['off-ramp-exit', 'idm-mobil'],
  ['weaving-section', 'idm-mobil'],
] as const;
const DRAWS = 1000;
const SEED = 1;

const sweeps = SWEEPS.map(([name, driver]) => {
  const family = findFamily(name);
  if (family.kind !== 'generated') throw new Error(`${name}: expected a generated family`);
  const start = process.cpuUsage();
  const outcomes: DriveOutcome[] = [];
  for (const scenario of drawScenarios(family, DRAWS, SEED)) {
    outcomes.push(driveOutcome(scenario, findBaselineDriver(driver).create()));
  }
  const { user, system } = process.cpuUsage(start);
  const statistics = sweepStatistics(outcomes);
  console.error(`${name} by ${driver}: ${statistics.collisions.total} of ${DRAWS} drives ended in a collision`);
  return {
    family: `${name}@${family.version}`,
    driver,
    ...statistics,
    cpuSeconds: Math.round((user + system) / 1e6),
    worst: worstOutcomes(outcomes, 5),
  };
});
const machine = `${cpus().length} cores, ${cpus()[0]!.model.trim()}, Node ${process.versions.node}`;
const results = { date: new Date().toISOString().slice(0, 10), machine, seed: SEED, sweeps };
writeFileSync(new URL('results/sweeps.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
