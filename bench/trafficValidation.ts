import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { checkTable, fillMarked, isInBand } from './figures/measuredCheck.ts';
import { quantileOf } from './trafficValidation/distributions.ts';
import { measureFindings } from './trafficValidation/measureFindings.ts';
import { trafficFigures } from './trafficValidation/trafficFigures.ts';
import { type Distributions, trafficChecks } from './trafficValidation/trafficFindings.ts';

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
  const findings = await measureFindings(dataPath);
  const checks = trafficChecks(findings);
  for (const [name, svg] of Object.entries(trafficFigures(findings))) {
    writeFileSync(`${root}docs/figures/${name}.svg`, svg);
  }
  const path = `${root}docs/traffic-validation.md`;
  let page = fillMarked(readFileSync(path, 'utf8'), 'checks', checkTable(checks));
  page = fillMarked(page, 'distributions', distributionTable(findings.data, findings.simulated));
  writeFileSync(path, page);
  const { diagram, discharge, platoon } = findings;
  const result = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores, ${cpus()[0]!.model.trim()}, Node ${process.versions.node}`,
    seeds: { diagram: [1], discharge: [1, 2, 3, 4, 5], distributions: [1, 2, 3] },
    checks,
    diagram,
    discharge,
    platoon: platoon.map(({ speed, amplification }) => ({ speed, amplification })),
  };
  writeFileSync(`${root}bench/results/trafficValidation.json`, `${JSON.stringify(result, null, 2)}\n`);
  const outside = checks.filter((check) => !isInBand(check));
  console.log(`${checks.length} figures, ${outside.length} outside their band`);
  for (const check of outside) console.log(`  ${check.name}: ${check.value} ${check.unit}`);
  process.exitCode = outside.length === 0 ? 0 : 1;
}

function distributionTable(data: Distributions, simulated: Distributions): string {
  const row = (name: string, { meanSpeed, headways, durations, changesPerKm }: Distributions) => {
    const five = (values: readonly number[]) =>
      [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => quantileOf(values, share).toFixed(2)).join(' / ');
    return `| ${name} | ${meanSpeed.toFixed(1)} | ${headways.length} | ${five(headways)} | ${durations.length} | ${five(durations)} | ${changesPerKm.toFixed(2)} |`;
  };
  return [
    '| | mean speed [m/s] | headways | 5 / 25 / 50 / 75 / 95 % [s] | whole lane changes | 5 / 25 / 50 / 75 / 95 % [s] | markings crossed [1/km] |',
    '|---|---|---|---|---|---|---|',
    row('US-101, 07:50, NGSIM', data),
    row('simulated', simulated),
  ].join('\n');
}

await main();
