import { type Command, Option } from 'commander';
import { type ClosedLoopScore, evaluateClosedLoop } from '../../irl/evaluate/closedLoop.ts';
import { evaluateOpenLoop, type OpenLoopScore } from '../../irl/evaluate/openLoop.ts';
import type { Reward } from '../../irl/features/reward.ts';
import type { LearningControl } from '../../irl/learn/learningProgress.ts';
import { driverOf } from '../../recordings/driverOf.ts';
import { BadInput } from '../badInput.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { counted } from '../counted.ts';
import { driverOfRecording } from '../holdOut.ts';
import { expandPaths } from '../inputFiles.ts';
import { type LoadedRecording, loadRecordings, RECOVER_OPTION } from '../loadRecording.ts';
import { loadReward } from '../loadReward.ts';
import { numberOption } from '../numberOption.ts';
import { closedLoopText, openLoopText } from '../scoreText.ts';
import { refuseUnused } from '../unusedOptions.ts';
import { warnOfPrograms } from '../warnOfPrograms.ts';

type Separation = 'driver' | 'recording' | 'none';

interface EvaluateOptions {
  readonly reward: string;
  readonly recordings: readonly string[];
  readonly openLoop?: boolean;
  readonly closedLoop?: boolean;
  readonly separate?: Separation;
  readonly seed: number;
  readonly candidates?: number;
  readonly stride?: number;
  readonly rollouts?: number;
  readonly rolloutWindows?: number;
  readonly recover?: boolean;
}

/** `understudy evaluate`. */
export function defineEvaluate(command: Command, out: CommandConsole): void {
  command
    .description('Score how well a reward foretells what people did, or how closely its agent drives like them.')
    .requiredOption('--reward <file>', 'reward file')
    .requiredOption('--recordings <paths...>', 'recordings (.mcap), or folders of them')
    .option('--open-loop', 'compare plans with what people did in the next 5 s, scene by scene (the default)')
    .option('--closed-loop', 'let the agent drive on from moments of the drives, and compare feature expectations')
    .addOption(
      new Option(
        '--separate <by>',
        'what the reward was learned from is left out: all drives of its drivers (the default in open loop), only its recordings (in closed loop), or nothing',
      ).choices(['driver', 'recording', 'none']),
    )
    .option(
      '--seed <n>',
      'seed of candidates and intervals',
      numberOption({ min: 0, max: 0xffffffff, integer: true }),
      0,
    )
    .option(
      '--candidates <n>',
      'candidates a scene, or a decision of the agent',
      numberOption({ min: 10, max: 5000, integer: true }),
    )
    .option(
      '--stride <ticks>',
      'ticks of 0.1 s between two scenes, 10 unless given, or two moments that are driven on from, 50',
      numberOption({ min: 1, integer: true }),
    )
    .option(
      '--rollouts <n>',
      'closed loop: moments from which is driven on at most, 200 unless given',
      numberOption({ min: 1, max: 100_000, integer: true }),
    )
    .option(
      '--rollout-windows <n>',
      'closed loop: windows of 5 s in each, 1 unless given',
      numberOption({ min: 1, max: 100, integer: true }),
    )
    .option(...RECOVER_OPTION)
    .action((options: EvaluateOptions) => evaluate(options, out));
}

const ROLLOUT_FLAGS = { rollouts: '--rollouts', rolloutWindows: '--rollout-windows' } as const;

async function evaluate(options: EvaluateOptions, out: CommandConsole): Promise<void> {
  const { closedLoop = false } = options;
  if (closedLoop && options.openLoop) throw new BadInput('--open-loop', 'given with --closed-loop', 'one of them');
  if (!closedLoop) refuseUnused(options, ROLLOUT_FLAGS, 'given without --closed-loop', '--closed-loop');
  const separate = options.separate ?? (closedLoop ? 'recording' : 'driver');
  const { reward } = loadReward(options.reward);
  const files = expandPaths(options.recordings, '.mcap');
  const loaded = loadRecordings(files, options.recover ?? false, out);
  const kept = loaded.filter((recording) => !wasLearned(reward, recording, separate));
  const seen = loaded.filter((recording) => !kept.includes(recording));
  const leftOut = seen.map(({ path }) => path);
  const ofWhat = separate === 'driver' ? 'of drivers that the reward was learned from' : 'used for learning';
  if (kept.length === 0) {
    throw new BadInput(
      options.recordings.join(' '),
      separate === 'driver'
        ? `every recording is of a driver that ${options.reward} was learned from`
        : `${options.reward} was learned from every recording`,
      separate === 'driver'
        ? 'drivers it has not seen, such as those that learn --holdout keeps (or --separate none, to score the fit itself)'
        : 'drives it has not seen (or --separate none, to score the fit itself)',
    );
  }
  if (leftOut.length > 0) out.note(`left out ${leftOut.length} of ${counted(loaded.length, 'recording')}, ${ofWhat}`);
  const warnings = [...warnOfPrograms(kept, out)];
  const warn = (message: string) => {
    warnings.push(message);
    out.note(`warning: ${message}`);
  };
  if (separate === 'none' && loaded.some((recording) => wasLearned(reward, recording, 'driver'))) {
    warn('the figures include drivers that the reward was learned from');
  }
  const scored = { recordings: kept.length, leftOut, separatedBy: separate, warnings };
  if (closedLoop) {
    const score = await driveOn(reward, kept, seen, options, out);
    if (score.inReplayedTraffic > 0) {
      warn(`${score.inReplayedTraffic} of ${score.starts} moments are in traffic that replays and does not react`);
    }
    out.result({ ...score, ...scored }, closedLoopText(score));
  } else {
    const score = await foretell(reward, kept, seen, options, out);
    out.result({ ...score, ...scored }, openLoopText(score, kept.length));
  }
}

function wasLearned(reward: Reward, recording: LoadedRecording, separate: Separation): boolean {
  if (separate === 'none') return false;
  return reward.sources.some(
    ({ hash, label, driver }) =>
      hash === recording.hash ||
      (separate === 'driver' && driverOf({ driverLabel: label, driverName: driver }) === driverOfRecording(recording)),
  );
}

function foretell(
  reward: Reward,
  recordings: readonly LoadedRecording[],
  seen: readonly LoadedRecording[],
  { seed, candidates, stride }: EvaluateOptions,
  out: CommandConsole,
): Promise<OpenLoopScore> {
  return withProgress('scenes', out, (control) =>
    evaluateOpenLoop(reward, recordings.map(recordingOf), {
      seed,
      seen: seen.map(recordingOf),
      ...(candidates === undefined ? {} : { candidates }),
      ...(stride === undefined ? {} : { strideTicks: stride }),
      ...control,
    }),
  );
}

function driveOn(
  reward: Reward,
  recordings: readonly LoadedRecording[],
  seen: readonly LoadedRecording[],
  { seed, candidates, stride, rollouts, rolloutWindows }: EvaluateOptions,
  out: CommandConsole,
): Promise<ClosedLoopScore> {
  return withProgress('rollouts', out, (control) =>
    evaluateClosedLoop(reward, recordings.map(recordingOf), {
      seed,
      seen: seen.map(recordingOf),
      ...(candidates === undefined ? {} : { candidates }),
      ...(stride === undefined ? {} : { strideTicks: stride }),
      ...(rollouts === undefined ? {} : { starts: rollouts }),
      ...(rolloutWindows === undefined ? {} : { windows: rolloutWindows }),
      ...control,
    }),
  );
}

const recordingOf = ({ recording }: LoadedRecording) => recording;

/** Shows how far an evaluation is, and says what it refuses as bad input. */
async function withProgress<Score>(
  unit: string,
  out: CommandConsole,
  score: (control: LearningControl) => Promise<Score>,
): Promise<Score> {
  let progress = out.progress(unit, 1);
  let total = 1;
  try {
    return await score({
      onProgress(at) {
        if (at.total !== total) {
          total = at.total;
          progress = out.progress(unit, total);
        }
        progress.update(at.done);
      },
    });
  } catch (error) {
    const refusal =
      error instanceof RangeError
        ? /^(?:open loop|closed loop|learning): (.*); expected (.*)$/s.exec(error.message)
        : null;
    if (!refusal) throw error;
    throw new BadInput('evaluation', refusal[1]!, refusal[2]!);
  } finally {
    progress.end();
  }
}
