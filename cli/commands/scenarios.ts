import type { Command } from 'commander';
import { instantiate, type Scenario } from '../../scenarios/buildScenario.ts';
import { SCENARIO_FAMILIES } from '../../scenarios/registry.ts';
import type { GeneratedFamily } from '../../scenarios/scenarioFamily.ts';
import { scenarioJsonSchema } from '../../scenarios/scenarioJsonSchema.ts';
import { createWorld } from '../../sim/core/world.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { describeError } from '../describeError.ts';
import { numberOption, repeatedOption } from '../numberOption.ts';
import { buildReference, findScenario, readScenarioFile, type ScenarioChanges } from '../scenarioReference.ts';
import { type TableColumn, textPairs, textTable } from '../textTable.ts';
import { WorkFailed } from '../workFailed.ts';
import { defineScenariosSweep } from './scenariosSweep.ts';

/** `understudy scenarios list | show | sweep | validate | schema`. */
export function defineScenarios(command: Command, out: CommandConsole): void {
  command
    .command('list')
    .description('List the bundled families.')
    .action(() => list(out));
  command
    .command('show')
    .description('Show a scenario with everything decided.')
    .argument('<scenario>', 'id such as "cut-in@1?gap=12#7", family name, or scenario file')
    .option('--param <name=value>', "parameter, instead of the id's (repeatable)", repeatedOption)
    .option('--seed <n>', "seed, instead of the id's", numberOption({ min: 0, max: 0xffffffff, integer: true }))
    .action((text: string, changes: ScenarioChanges) => show(text, changes, out));
  defineScenariosSweep(command, out);
  command
    .command('validate')
    .description(
      'Check scenario files: fields, ranges, references, and that a world can be built at the ends of every range.',
    )
    .argument('<files...>', 'scenario files (JSON)')
    .action((files: string[]) => validate(files, out));
  command
    .command('schema')
    .description('Print the JSON schema of scenario files.')
    .action(() => {
      const schema = scenarioJsonSchema();
      out.result(schema, JSON.stringify(schema, null, 2));
    });
}

function list(out: CommandConsole): void {
  const families = SCENARIO_FAMILIES.map(({ family, version, kind, parameters, summary }) => ({
    name: family,
    version,
    kind,
    parameters,
    summary,
  }));
  const rows = families.map(({ name, version, parameters, summary }) => [
    `${name}@${version}`,
    Object.keys(parameters).join(' '),
    summary,
  ]);
  out.result({ families }, textTable([{ heading: 'family' }, { heading: 'parameters' }, { heading: 'what' }], rows));
}

function show(text: string, changes: ScenarioChanges, out: CommandConsole): void {
  const reference = findScenario(text, changes);
  const { family } = reference;
  if (family.kind === 'log-replay') {
    const { version, kind, summary, parameters } = family;
    out.result(
      { family: family.family, version, kind, summary, parameters },
      `${family.family}@${version}: ${summary}\nIts worlds come from imported recordings: understudy drive --log FILE.mcap`,
    );
    return;
  }
  const scenario = buildReference(reference);
  out.result(describeScenario(scenario, family), scenarioText(scenario, family));
}

function describeScenario(scenario: Scenario, family: GeneratedFamily): object {
  const { id, version, summary, seed, durationS, spec } = scenario;
  return {
    id,
    family: scenario.family,
    version,
    kind: family.kind,
    summary,
    seed,
    durationS,
    parameters: Object.fromEntries(
      Object.entries(family.parameters).map(([name, p]) => [name, { value: scenario.parameters[name], ...p }]),
    ),
    road: { length: roadLength(scenario), ...spec.road },
    ego: { lane: family.ego.lane, ...spec.ego },
    vehicles: spec.vehicles.length,
    actors: family.actors.length,
    scripts: spec.scripts,
    inflow: spec.inflow,
    driverMix: spec.driverMix,
  };
}

const RANGE_COLUMNS: readonly TableColumn[] = [
  { heading: 'parameter' },
  { heading: 'value', align: 'right' },
  { heading: 'from', align: 'right' },
  { heading: 'to', align: 'right' },
  { heading: 'unit' },
  { heading: 'what' },
];

function scenarioText(scenario: Scenario, family: GeneratedFamily): string {
  const { id, summary, durationS, spec } = scenario;
  const limits = [...new Set(spec.road.lanes.map((lane) => lane.speedLimit))].map((v) => `${v} m/s`).join(', ');
  const pairs = textPairs([
    ['duration', `${durationS} s`],
    ['road', `${roadLength(scenario)} m, ${spec.road.lanes.length} lanes, limit ${limits}`],
    ['ego', `lane ${family.ego.lane}, s ${spec.ego.s} m, ${spec.ego.speed} m/s`],
    ['vehicles', `${spec.vehicles.length} at the start, ${family.actors.length} of them scripted`],
  ]);
  const rows = Object.entries(family.parameters).map(([name, p]) => [
    name,
    String(scenario.parameters[name]),
    String(p.min),
    String(p.max),
    p.unit,
    p.description,
  ]);
  return [`${id}\n${summary}`, pairs, ...(rows.length > 0 ? [textTable(RANGE_COLUMNS, rows)] : [])].join('\n\n');
}

function roadLength({ spec }: Scenario): number {
  return spec.road.pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function validate(files: readonly string[], out: CommandConsole): void {
  const results = files.map((file) => {
    try {
      const family = readScenarioFile(file);
      if (family.kind === 'generated') buildExtremes(family, file);
      return { file, valid: true, family: family.family, version: family.version };
    } catch (error) {
      const { message, exitCode, where, expected } = describeError(error, false);
      out.note(`understudy: ${message}`);
      if (exitCode === 2) process.exitCode = 2;
      else process.exitCode ??= 1;
      return { file, valid: false, error: { message, where, expected } };
    }
  });
  const lines = results.filter((result) => result.valid).map((r) => `${r.file}: ${r.family}@${r.version} is valid`);
  if (out.json || lines.length > 0)
    out.result({ valid: lines.length === files.length, files: results }, lines.join('\n'));
}

/** A range promises that every value in it works; its ends and the default are tried. */
function buildExtremes(family: GeneratedFamily, file: string): void {
  for (const end of ['default', 'min', 'max'] as const) {
    const values = Object.fromEntries(Object.entries(family.parameters).map(([name, p]) => [name, p[end]]));
    try {
      createWorld(instantiate(family, values, 0).spec);
    } catch (error) {
      throw new WorkFailed(
        `${file}: no world can be built with every parameter at its ${end} (${(error as Error).message})`,
      );
    }
  }
}
