import { type Command, Option } from 'commander';
import { evaluateOpenLoop, type OpenLoopScore } from '../../irl/evaluate/openLoop.ts';
import type { Reward } from '../../irl/features/reward.ts';
import { driverOf } from '../../recordings/driverOf.ts';
import { BadInput } from '../badInput.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { counted } from '../counted.ts';
import { driverOfRecording } from '../holdOut.ts';
import { expandPaths } from '../inputFiles.ts';
import { type LoadedRecording, loadRecordings, RECOVER_OPTION } from '../loadRecording.ts';
import { loadReward } from '../loadReward.ts';
import { numberOption } from '../numberOption.ts';
import { textTable } from '../textTable.ts';
import { warnOfPrograms } from '../warnOfPrograms.ts';

type Separation = 'driver' | 'recording' | 'none';

interface EvaluateOptions {
  readonly reward: string;
  readonly recordings: readonly string[];
  readonly separate: Separation;
  readonly seed: number;
  readonly candidates?: number;
  readonly stride?: number;
  readonly recover?: boolean;
}

/** `understudy evaluate`. */
export function defineEvaluate(command: Command, out: CommandConsole): void {
  command
    .description('Score how well a reward foretells what people did in the next 5 s, beside baselines.')
    .requiredOption('--reward <file>', 'reward file')
    .requiredOption('--recordings <paths...>', 'recordings (.mcap), or folders of them')
    .option(
      '--open-loop',
      'compare with recorded motions, scene by scene: the kind of evaluation there is, so the default',
    )
    .addOption(
      new Option(
        '--separate <by>',
        'what the reward was learned from is left out: all drives of its drivers, only its recordings, or nothing',
      )
        .choices(['driver', 'recording', 'none'])
        .default('driver'),
    )
    .option(
      '--seed <n>',
      'seed of candidates and intervals',
      numberOption({ min: 0, max: 0xffffffff, integer: true }),
      0,
    )
    .option('--candidates <n>', 'candidates a scene', numberOption({ min: 10, max: 5000, integer: true }))
    .option('--stride <ticks>', 'ticks of 0.1 s between two scenes', numberOption({ min: 1, integer: true }))
    .option(...RECOVER_OPTION)
    .action((options: EvaluateOptions) => evaluate(options, out));
}

async function evaluate(options: EvaluateOptions, out: CommandConsole): Promise<void> {
  const { reward } = loadReward(options.reward);
  const files = expandPaths(options.recordings, '.mcap');
  const loaded = loadRecordings(files, options.recover ?? false, out);
  const kept = loaded.filter((recording) => !wasLearned(reward, recording, options.separate));
  const seen = loaded.filter((recording) => !kept.includes(recording));
  const leftOut = seen.map(({ path }) => path);
  if (kept.length === 0) {
    throw new BadInput(
      options.recordings.join(' '),
      `every recording is of a driver that ${options.reward} was learned from`,
      'drivers it has not seen, such as those that learn --holdout keeps (or --separate none, to score the fit itself)',
    );
  }
  if (leftOut.length > 0) {
    const what = options.separate === 'driver' ? 'of drivers that the reward was learned from' : 'used for learning';
    out.note(`left out ${leftOut.length} of ${counted(loaded.length, 'recording')}, ${what}`);
  }
  const warnings = [...warnOfPrograms(kept, out)];
  if (options.separate === 'none' && loaded.some((recording) => wasLearned(reward, recording, 'driver'))) {
    warnings.push('the figures include drivers that the reward was learned from');
    out.note(`warning: ${warnings.at(-1)}`);
  }
  const score = await scoreRecordings(reward, kept, seen, options, out);
  const result = { ...score, recordings: kept.length, leftOut, separatedBy: options.separate, warnings };
  out.result(result, scoreText(score, kept.length));
}

function wasLearned(reward: Reward, recording: LoadedRecording, separate: Separation): boolean {
  if (separate === 'none') return false;
  return reward.sources.some(
    ({ hash, label, driver }) =>
      hash === recording.hash ||
      (separate === 'driver' && driverOf({ driverLabel: label, driverName: driver }) === driverOfRecording(recording)),
  );
}

async function scoreRecordings(
  reward: Reward,
  recordings: readonly LoadedRecording[],
  seen: readonly LoadedRecording[],
  { seed, candidates, stride }: EvaluateOptions,
  out: CommandConsole,
): Promise<OpenLoopScore> {
  let progress = out.progress('scenes', 1);
  let total = 1;
  try {
    return await evaluateOpenLoop(
      reward,
      recordings.map(({ recording }) => recording),
      {
        seed,
        seen: seen.map(({ recording }) => recording),
        ...(candidates === undefined ? {} : { candidates }),
        ...(stride === undefined ? {} : { strideTicks: stride }),
        onProgress(at) {
          if (at.total !== total) {
            total = at.total;
            progress = out.progress('scenes', total);
          }
          progress.update(at.done);
        },
      },
    );
  } catch (error) {
    const refusal = error instanceof RangeError ? /^open loop: (.*)$/s.exec(error.message) : null;
    if (!refusal) throw error;
    throw new BadInput('evaluation', refusal[1]!, 'at least one drive of 5 s on the road');
  } finally {
    progress.end();
  }
}

function scoreText(score: OpenLoopScore, recordings: number): string {
  const { fde1, minFde3, ade, nll, rank, baselines, intervals } = score;
  const metres = (value: number | undefined) => (value === undefined ? '' : value.toFixed(2));
  const interval = (of: 'fde1' | 'nll') => intervals?.[of].map((end) => end.toFixed(2)).join(' to ');
  const columns = [
    { heading: 'driver' },
    { heading: 'fde1 [m]', align: 'right' },
    { heading: '95 %', align: 'right' },
    { heading: 'minFde3 [m]', align: 'right' },
    { heading: 'ade [m]', align: 'right' },
  ] as const;
  const rows = [
    ['the reward', metres(fde1), interval('fde1') ?? '', metres(minFde3), metres(ade)],
    ['constant velocity', metres(baselines.constantVelocity.fde1), '', '', ''],
    [
      score.drivers > 1 ? 'IDM + MOBIL' : 'IDM + MOBIL, calibrated on this driver',
      metres(baselines.idmMobil.fde1),
      '',
      '',
      '',
    ],
    ['a random candidate', metres(baselines.random.fde1), '', metres(baselines.random.minFde3), ''],
    ['the nearest candidate', metres(baselines.oracle.fde1), '', '', ''],
  ];
  return [
    `${counted(score.scenes, 'scene')} of ${counted(score.drivers, 'driver')} in ${counted(recordings, 'recording')}, ${score.candidatesPerScene} candidates each; distances at 5 s`,
    ...(intervals === null ? ['no intervals: one driver says nothing of others'] : []),
    '',
    textTable(columns, rows),
    '',
    `negative log-likelihood ${nll.toFixed(3)} nat${intervals ? ` (${interval('nll')})` : ''}, rank ${rank.toFixed(3)} (0 best, 0.5 by chance)`,
    `projection error p95 ${score.projectionErrorP95.toFixed(3)} m`,
    ...(score.shared > 0
      ? [`windows that a drive shares with the one it branches from, not counted again: ${score.shared}`]
      : []),
    ...(score.withoutCandidate > 0
      ? [`scenes without an allowed candidate, not counted: ${score.withoutCandidate}`]
      : []),
  ].join('\n');
}
