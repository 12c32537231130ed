import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { formatPreferences, parsePreferences } from '../../irl/learn/preferenceFile.ts';
import { addPreference, NO_PREFERENCES, type Preferences } from '../../irl/learn/preferences.ts';
import { BadInput } from '../badInput.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { loadRecording, RECOVER_OPTION } from '../loadRecording.ts';
import { loadContent } from '../loadReward.ts';
import { numberOption } from '../numberOption.ts';
import { requireEnding, writeOutputFile } from '../outputFiles.ts';

interface PreferOptions {
  readonly choose: 'a' | 'b';
  readonly from?: number;
  readonly to?: number;
  readonly out: string;
  readonly recover?: boolean;
}

/** `understudy prefer`. */
export function definePrefer(command: Command, out: CommandConsole): void {
  command
    .description('Say which of two drives of one scenario is the better one, for learn --preferences.')
    .argument('<a>', 'a recording (.mcap)')
    .argument('<b>', 'another of the same scenario and seed')
    .addOption(new Option('--choose <which>', 'the better one').choices(['a', 'b']).makeOptionMandatory())
    .option('--from <s>', 'start of the stretch that is compared', numberOption({ min: 0 }))
    .option('--to <s>', 'its end; whole windows of 5 s count', numberOption({ min: 0 }))
    .requiredOption('--out <file>', 'preference file (.json) to append to, or to begin')
    .option(...RECOVER_OPTION)
    .action((a: string, b: string, options: PreferOptions) => prefer(a, b, options, out));
}

function prefer(a: string, b: string, options: PreferOptions, out: CommandConsole): void {
  requireEnding(options.out, '.json');
  const [first, second] = [a, b].map((path) => loadRecording(path, options.recover ?? false, out)) as [
    ReturnType<typeof loadRecording>,
    ReturnType<typeof loadRecording>,
  ];
  const tick = (seconds: number | undefined) => (seconds === undefined ? undefined : Math.round(seconds * 10));
  const [fromTick, toTick] = [tick(options.from), tick(options.to)];
  // Read last: what another call adds while the drives are read stays.
  const before = existsSync(options.out)
    ? loadContent(options.out, 'a preference file (made by understudy prefer)', parsePreferences).content
    : NO_PREFERENCES;
  let after: Preferences;
  try {
    after = addPreference(before, first, second, {
      chosen: options.choose,
      ...(fromTick === undefined ? {} : { fromTick }),
      ...(toTick === undefined ? {} : { toTick }),
    });
  } catch (error) {
    const refusal = error instanceof RangeError ? /^preference: (.*); expected (.*)$/s.exec(error.message) : null;
    if (!refusal) throw error;
    throw new BadInput(`${a} and ${b}`, refusal[1]!, refusal[2]!);
  }
  // A preference file only ever grows, so that nothing is lost by replacing it.
  writeOutputFile(options.out, formatPreferences(after), true);
  const added = after.preferences.at(-1)!;
  const [better, worse] = options.choose === 'a' ? [a, b] : [b, a];
  out.result(
    {
      scenario: added.scenarioId,
      fromTick: added.fromTick,
      toTick: added.toTick,
      preferred: better,
      preferences: after.preferences.length,
      out: options.out,
    },
    [
      `${better} is preferred to ${worse} in ${added.scenarioId}, ${added.fromTick / 10} to ${added.toTick / 10} s`,
      `preferences ${options.out} (${after.preferences.length})`,
    ].join('\n'),
  );
}
