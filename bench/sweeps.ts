// Drives 1000 draws of four scenario families with IDM+MOBIL and writes what came of them to bench/results/sweeps.json:
// npx tsx bench/sweeps.ts
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { findBaselineDriver } from '../irl/agent/baselineDrivers.ts';
import { drawScenarios } from '../scenarios/drawScenarios.ts';
import { type DriveOutcome, driveOutcome } from '../scenarios/driveOutcome.ts';
import { findFamily } from '../scenarios/registry.ts';
import { sweepStatistics, worstOutcomes } from '../scenarios/sweepStatistics.ts';

const FAMILIES = ['cut-in', 'hard-braking-leader', 'on-ramp-merge', 'lane-drop'];
const DRAWS = 1000;
const SEED = 1;
const DRIVER = 'idm-mobil';

const sweeps = FAMILIES.map((name) => {
  const family = findFamily(name);
  if (family.kind !== 'generated') throw new Error(`${name}: expected a generated family`);
  const start = process.cpuUsage();
  const outcomes: DriveOutcome[] = [];
  for (const scenario of drawScenarios(family, DRAWS, SEED)) {
    outcomes.push(driveOutcome(scenario, findBaselineDriver(DRIVER).create()));
  }
  const { user, system } = process.cpuUsage(start);
  const statistics = sweepStatistics(outcomes);
  console.error(`${name}: ${statistics.collisions.total} of ${DRAWS} drives ended in a collision`);
  return {
    family: `${name}@${family.version}`,
    ...statistics,
    cpuSeconds: Math.round((user + system) / 1e6),
    worst: worstOutcomes(outcomes, 5),
  };
});
const machine = `${cpus().length} cores, ${cpus()[0]!.model.trim()}, Node ${process.versions.node}`;
const results = { date: new Date().toISOString().slice(0, 10), machine, driver: DRIVER, seed: SEED, sweeps };
writeFileSync(new URL('results/sweeps.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
