import { type Command, Option } from 'commander';
import { ACTION_KINDS, type ActionKind } from '../../irl/environment/action.ts';
import { createVectorEnvironment } from '../../irl/environment/createVectorEnvironment.ts';
import { EnvironmentError } from '../../irl/environment/environmentError.ts';
import { type EnvironmentReward, SIMPLE_REWARDS } from '../../irl/environment/environmentReward.ts';
import { createEnvironmentServer, type EnvironmentServer } from '../../irl/environment/environmentServer.ts';
import { learnedEnvironmentReward } from '../../irl/environment/learnedEnvironmentReward.ts';
import type { Recording } from '../../recordings/recording.ts';
import type { ScenarioFamily } from '../../scenarios/scenarioFamily.ts';
import { formatScenarioId } from '../../scenarios/scenarioId.ts';
import { BadInput } from '../badInput.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { loadRecording } from '../loadRecording.ts';
import { loadReward } from '../loadReward.ts';
import { numberOption, repeatedOption } from '../numberOption.ts';
import { findScenario } from '../scenarioReference.ts';
import { refuseUnused } from '../unusedOptions.ts';

interface ServeOptions {
  readonly scenario?: string;
  readonly param?: readonly string[];
  readonly log?: string;
  readonly action: ActionKind;
  readonly reward: string;
  readonly ticksPerStep: number;
  readonly seconds?: number;
  readonly worlds: number;
}

/** A request longer than this is refused and skipped up to its line end, so that memory stays bounded [characters]. */
const LONGEST_LINE = 1_000_000;

const PROTOCOL = `
One JSON object a line, in and out:
  {"describe": {}}                    spaces, field by field, in SI units
  {"reset": {"seed": 1}}              {"observation": [...], "info": {...}}
  {"step": [0.5, 0]}                  {"observation", "reward", "terminated", "truncated", "info"}
  {"close": {}}                       {"closed": true}, and the end
What is wrong is answered by {"error": {...}}; the environment stays as it was. A Python client: docs/python/.`;

/** `understudy serve-env`. */
export function defineServeEnv(command: Command, out: CommandConsole): void {
  const rewards = SIMPLE_REWARDS.map(({ name }) => name).join(', ');
  command
    .description('Serve a scenario as a Gymnasium-like environment on standard input and output.')
    .option('--scenario <id>', 'id such as "dense@1#1", family name, or scenario file')
    .option('--param <name=value>', "parameter, instead of the id's (repeatable)", repeatedOption)
    .option('--log <file>', 'instead of a scenario: drive in the traffic of a recording')
    .addOption(new Option('--action <kind>', 'what an action is').choices(ACTION_KINDS).default('acceleration'))
    .option('--reward <name or file>', `${rewards}, or a reward file`, 'safe-progress')
    .option('--ticks-per-step <n>', 'ticks of 0.1 s in a step', numberOption({ min: 1, max: 100, integer: true }), 1)
    .option(
      '--seconds <s>',
      "length of an episode; the scenario's own if absent",
      numberOption({ min: 0.1, max: 3600 }),
    )
    .option('--worlds <n>', 'worlds stepped together', numberOption({ min: 1, max: 4096, integer: true }), 1)
    .addHelpText('after', PROTOCOL)
    .action((options: ServeOptions) => serve(options, out));
}

async function serve(options: ServeOptions, out: CommandConsole): Promise<void> {
  const server = createEnvironmentServer(makeEnvironment(options, out));
  for await (const line of requestLines()) {
    const { line: answer, closed } = answerLine(server, line);
    process.stdout.write(`${answer}\n`);
    if (closed) break;
  }
  process.stdin.destroy();
}

function makeEnvironment(options: ServeOptions, out: CommandConsole) {
  const { action, ticksPerStep, seconds, worlds } = options;
  try {
    return createVectorEnvironment({
      ...chooseEpisodes(options, out),
      action,
      reward: chooseReward(options.reward),
      ticksPerStep,
      ...(seconds === undefined ? {} : { seconds }),
      count: worlds,
    });
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new BadInput(error.where, error.found, error.expected);
  }
}

function chooseEpisodes(
  { scenario, param, log }: ServeOptions,
  out: CommandConsole,
): { readonly scenario: string | Recording; readonly families?: readonly ScenarioFamily[] } {
  if ((scenario === undefined) === (log === undefined)) {
    const found = log === undefined ? 'neither --scenario nor --log is given' : 'both --scenario and --log are given';
    throw new BadInput('arguments', found, 'one of the two, which says where');
  }
  if (log !== undefined) {
    refuseUnused({ param }, { param: '--param' }, 'given with --log', '--scenario: a recording has no parameters');
    return { scenario: loadRecording(log, false, out).recording };
  }
  const { id, family, file } = findScenario(scenario!, param === undefined ? {} : { param });
  return { scenario: formatScenarioId(id), ...(file === undefined ? {} : { families: [family] }) };
}

function chooseReward(text: string): string | (() => EnvironmentReward) {
  if (SIMPLE_REWARDS.some(({ name }) => name === text)) return text;
  const { reward } = loadReward(text);
  return () => learnedEnvironmentReward(reward);
}

function answerLine(server: EnvironmentServer, line: string | null): ReturnType<EnvironmentServer['answer']> {
  if (line !== null) return server.answer(line);
  const error = {
    message: `request: longer than ${LONGEST_LINE} characters; expected a shorter line`,
    where: 'request',
  };
  return { line: JSON.stringify({ error }), closed: false };
}

/** Lines of standard input that are not blank; null in place of one that is too long. */
async function* requestLines(): AsyncGenerator<string | null> {
  process.stdin.setEncoding('utf8');
  let rest = '';
  let skipping = false;
  for await (const chunk of process.stdin as AsyncIterable<string>) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop()!;
    for (const part of parts) {
      if (skipping) skipping = false;
      else if (part.trim() !== '') yield part.length > LONGEST_LINE ? null : part;
    }
    if (skipping) rest = '';
    if (rest.length > LONGEST_LINE) {
      rest = '';
      skipping = true;
      yield null;
    }
  }
  if (!skipping && rest.trim() !== '') yield rest;
}
