import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SIMULATOR_VERSION } from '../sim/core/time.ts';
import { fillMarked, isInBand } from './figures/measuredCheck.ts';
import { publishResult } from './publishResult.ts';
import { measureData, measureSimulated, SEEDS } from './trafficValidation/measureFindings.ts';
import { pageTables, type TrafficResults } from './trafficValidation/pageTables.ts';
import { trafficChecks } from './trafficValidation/trafficChecks.ts';
import { trafficFigures } from './trafficValidation/trafficFigures.ts';
import { summarise } from './trafficValidation/trafficFindings.ts';

// Measures the traffic and rewrites docs/traffic-validation.md, its figures and bench/results/trafficValidation.json:
// npx tsx bench/trafficValidation.ts [NGSIM file of US-101]. About a minute. Real traffic is not part of the project.

const root = fileURLToPath(new URL('..', import.meta.url));
const dataPath = process.argv[2] ?? `${root}../shared/data/ngsim-us101/us101-0750-frames-0914-1451.csv`;

async function main(): Promise<void> {
  if (!existsSync(dataPath)) {
    console.error(`${dataPath}: not there; expected an NGSIM file of US-101 (csv or txt), given as the argument`);
    process.exitCode = 2;
    return;
  }
  const findings = measureSimulated();
  const data = await measureData(dataPath);
  const [dataSummary, simulated] = [summarise(data), summarise(findings.simulated)];
  const checks = trafficChecks(findings, dataSummary);
  for (const [name, svg] of Object.entries(trafficFigures(findings, data))) {
    writeFileSync(`${root}docs/figures/${name}.svg`, svg);
  }
  const { diagram, speeds, merges, discharge, platoon } = findings;
  const results: TrafficResults = {
    simulator: SIMULATOR_VERSION,
    checks,
    speeds,
    merges,
    data: dataSummary,
    simulated,
  };
  const path = `${root}docs/traffic-validation.md`;
  const page = Object.entries(pageTables(results)).reduce(
    (text, [mark, table]) => fillMarked(text, mark, table),
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, page);
  publishResult('trafficValidation', {
    seeds: SEEDS,
    ...results,
    diagram,
    discharge,
    platoon: platoon.map(({ speed, amplification }) => ({ speed, amplification })),
  });
  const outside = checks.filter((check) => !isInBand(check));
  console.log(`${checks.length} figures, ${outside.length} outside their band`);
  for (const check of outside) console.log(`  ${check.name}: ${check.value} ${check.unit}`);
  process.exitCode = outside.length === 0 ? 0 : 1;
}

await main();
