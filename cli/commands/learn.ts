import { type Command, Option } from 'commander';
import type { Reward } from '../../irl/features/reward.ts';
import type { ClosedLoopGap } from '../../irl/learn/closedLoopGap.ts';
import type { EnoughDriving } from '../../irl/learn/enoughDriving.ts';
import type { Identifiability } from '../../irl/learn/identifiability.ts';
import type { ClosedLoopReport } from '../../irl/learn/learner.ts';
import {
  DEFAULT_METHOD,
  LEARNERS,
  type LearningMethod,
  type LearningResult,
  type LearningSummary,
  learnReward,
} from '../../irl/learn/learnReward.ts';
import { DEFAULT_STYLES } from '../../irl/learn/mixtureLearner.ts';
import type { Population } from '../../irl/learn/population.ts';
import { formatReward } from '../../irl/learn/rewardFile.ts';
import { driverOf } from '../../recordings/driverOf.ts';
import { roundedTo } from '../../recordings/messages/numberText.ts';
import { BadInput } from '../badInput.ts';
import { type Beside, loadBeside } from '../besideRecordings.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { counted } from '../counted.ts';
import { driverOfRecording, type HoldOut, holdOutDrivers } from '../holdOut.ts';
import { expandPaths } from '../inputFiles.ts';
import { learningProgress } from '../learningProgress.ts';
import { leftOutText } from '../leftOutText.ts';
import { type LoadedRecording, loadRecordings, RECOVER_OPTION } from '../loadRecording.ts';
import { numberOption } from '../numberOption.ts';
import { createOutputFiles, requireEnding } from '../outputFiles.ts';
import { stopByInterrupt } from '../stopByInterrupt.ts';
import { mixtureText, staleStyleFiles, styleFile, stylesOption } from '../styleFiles.ts';
import { textTable } from '../textTable.ts';
import { givenFlags, refuseUnused } from '../unusedOptions.ts';
import { warnOfPoorData } from '../warnOfPoorData.ts';
import { warnOfPrograms } from '../warnOfPrograms.ts';

interface LearnCommandOptions {
  readonly out: string;
  readonly method?: LearningMethod;
  readonly converged?: boolean;
  readonly asCoded?: boolean;
  readonly name?: string;
  readonly holdout: number;
  readonly seed: number;
  readonly candidates?: number;
  readonly stride?: number;
  readonly priorSd?: number;
  readonly others?: 'predicted' | 'oracle';
  readonly rollouts?: number;
  readonly rounds?: number;
  readonly rolloutWindows?: number;
  readonly tolerance?: number;
  readonly population?: string;
  readonly preferences?: string;
  readonly styles?: readonly number[];
  readonly styleOf?: 'driver' | 'drive';
  readonly recover?: boolean;
  readonly force?: boolean;
}

/** `understudy learn`. */
export function defineLearn(command: Command, out: CommandConsole): void {
  const methods = LEARNERS.map((learner) => learner.name);
  command
    .description('Learn the driving reward from recordings and write it to a reward file.')
    .argument('<files...>', 'recordings (.mcap), or folders of them')
    .requiredOption('--out <file>', 'reward file to write (.json)')
    .addOption(
      new Option(
        '--method <name>',
        `learner; ${DEFAULT_METHOD} unless given, or maxent, which takes seconds, where the agent cannot drive on from the recordings`,
      ).choices(methods),
    )
    .option('--converged', 'huang2021 only: solve its convex problem, instead of 200 steps of Adam as published')
    .option('--as-coded', 'huang2021 only: repeat the defects of the published code')
    .option('--name <text>', 'name of the reward; the method if absent')
    .option('--holdout <n>', 'drivers kept for evaluation, drawn by --seed', numberOption({ min: 0, integer: true }), 0)
    .option(
      '--seed <n>',
      'seed of hold-out and candidates',
      numberOption({ min: 0, max: 0xffffffff, integer: true }),
      0,
    )
    .option('--candidates <n>', 'candidates a scene', numberOption({ min: 10, max: 5000, integer: true }))
    .option(
      '--stride <ticks>',
      'ticks of 0.1 s between the starts of two windows; if absent 10, and more for long driving (huang2021: 10)',
      numberOption({ min: 1, integer: true }),
    )
    .option(
      '--prior-sd <x>',
      'standard deviation of a prior around 0 on all standardised weights; if absent, chosen by the data, with the expected signs',
      numberOption({ min: 1e-6 }),
    )
    .addOption(
      new Option(
        '--others <mode>',
        "what the others do during a candidate: the planner's prediction, or (for diagnosis) what they did",
      ).choices(['predicted', 'oracle']),
    )
    .option(
      '--rollouts <n>',
      'closed-loop and projection: moments from which the agent drives on; unless given one for every 2.5 s of driving, 40 at most',
      numberOption({ min: 1, max: 10_000, integer: true }),
    )
    .option(
      '--rounds <n>',
      'closed-loop and projection: rounds of such rollouts at most, 16 unless given',
      numberOption({ min: 1, max: 1000, integer: true }),
    )
    .option(
      '--rollout-windows <n>',
      'closed-loop and projection: successive windows of 5 s in each rollout, 1 unless given',
      numberOption({ min: 1, max: 720, integer: true }),
    )
    .option(
      '--tolerance <x>',
      'closed-loop and projection: gap in standard deviations that counts as matched, 0.1 unless given',
      numberOption({ min: 1e-6 }),
    )
    .option('--population <file>', 'maxent: begin with what is known of drivers (made by understudy population)')
    .option('--preferences <file>', 'maxent: learn from choices between drives as well (made by understudy prefer)')
    .option(
      '--styles <n>',
      'mixture: number of styles, or numbers to choose from such as 1..4 (the default); one file a style is written',
      stylesOption,
    )
    .addOption(
      new Option('--style-of <who>', 'mixture: who has a style, driver unless given').choices(['driver', 'drive']),
    )
    .option(...RECOVER_OPTION)
    .option('--force', 'replace the file if it exists')
    .action((paths: string[], options: LearnCommandOptions) => learn(paths, options, out));
}

/** Options of the learners that drive the agent itself. */
const ROLLOUT_FLAGS = {
  rollouts: '--rollouts',
  rounds: '--rounds',
  rolloutWindows: '--rollout-windows',
  tolerance: '--tolerance',
} as const;
const HUANG_FLAGS = { converged: '--converged', asCoded: '--as-coded' } as const;
const FIT_FLAGS = { candidates: '--candidates', priorSd: '--prior-sd' } as const;
const STYLE_FLAGS = { styles: '--styles', styleOf: '--style-of' } as const;
const rollsOut = (method: LearningMethod = DEFAULT_METHOD) => method === 'closed-loop' || method === 'projection';

async function learn(paths: readonly string[], options: LearnCommandOptions, out: CommandConsole): Promise<void> {
  const { method } = options;
  const found = method === undefined ? 'given without --method' : `given with --method ${method}`;
  if (method !== 'huang2021') refuseUnused(options, HUANG_FLAGS, found, '--method huang2021');
  else refuseUnused(options, FIT_FLAGS, found, 'another method: the published one has 30 candidates and its own prior');
  if (options.converged && options.asCoded) {
    throw new BadInput('--as-coded', 'given with --converged', 'one of them: the published code does not converge');
  }
  if (method !== 'mixture') refuseUnused(options, STYLE_FLAGS, found, '--method mixture');
  if (!rollsOut(method)) refuseUnused(options, ROLLOUT_FLAGS, found, '--method closed-loop or projection');
  const loadedBeside = loadBeside(options);
  const files = expandPaths(paths, '.mcap');
  claimOutputs(options);
  const loaded = loadRecordings(files, options.recover ?? false, out);
  const { training, heldOut } = holdOutDrivers(loaded, options.holdout, options.seed);
  const beside = withoutHeldOut(loadedBeside.beside, heldOut, out);
  if (beside.population) refuseHeldOutPopulation(beside.population, heldOut);
  if (beside.population) warnOfPopulation(beside.population, training, out);
  const programs = warnOfPrograms(training, out).map((message) => ({ code: 'byProgram', message }));
  const warnings = [...programs, ...warnOfPoorData(training, options.stride, out)];
  const started = performance.now();
  const result = await learnWithProgress({ training, heldOut }, options, beside, out);
  const seconds = (performance.now() - started) / 1000;
  const written = writeRewards(result, options, { ...loadedBeside.hashes, ...splitOptions(options.holdout, heldOut) });
  if (result.styles) {
    for (const file of staleStyleFiles(options.out, written.length)) out.note(`warning: ${file} is of an earlier fit`);
  }
  const { summary } = result;
  if (summary.insteadOf) {
    if (out.json) out.note(insteadText(summary.insteadOf));
    const unused = givenFlags(options, ROLLOUT_FLAGS);
    if (unused.length > 0) out.note(`warning: not used, because no agent is driven: ${unused.join(', ')}`);
  }
  const {
    scenes,
    candidatesPerScene,
    features,
    nll,
    gradientNorm,
    projectionErrorP95,
    iterations,
    counts,
    closedLoop,
    identifiability,
    enoughDriving,
    effectiveOptions,
    priorSd,
  } = summary;
  const drivers = new Set(training.map(driverOfRecording)).size;
  out.result(
    {
      scenes,
      candidatesPerScene,
      features,
      nll,
      gradientNorm,
      projectionErrorP95,
      seconds,
      iterations,
      counts,
      ...(closedLoop === undefined ? {} : { closedLoop }),
      ...(identifiability === undefined ? {} : { identifiability }),
      ...(enoughDriving === undefined ? {} : { enoughDriving }),
      ...(effectiveOptions === undefined ? {} : { effectiveOptions }),
      ...(priorSd === undefined ? {} : { priorSd }),
      ...(summary.preferences === undefined ? {} : { preferences: summary.preferences }),
      method: summary.method,
      ...(summary.insteadOf === undefined ? {} : { insteadOf: summary.insteadOf }),
      recordings: training.length,
      drivers,
      heldOut,
      warnings,
      ...(summary.mixture === undefined
        ? { out: options.out }
        : { mixture: summary.mixture, styles: result.styles!.map(({ terms }) => termFigures(terms)), out: written }),
    },
    learningText(result, { seconds, drivers, heldOut, files: written }),
  );
}

/** A style's weights, as the result has them of a reward. */
function termFigures(terms: LearningResult['terms']) {
  return { features: terms.map(({ name, weight, sd }) => ({ name, weight, sd })) };
}

/** Leaves out the preferences in which a driver who is kept for evaluation has a part. */
function withoutHeldOut(beside: Beside, heldOut: readonly string[], out: CommandConsole): Beside {
  if (beside.preferences === undefined) return beside;
  const { preferences } = beside.preferences;
  const isHeldOut = ({ label, driver }: { label: string; driver: string }) =>
    heldOut.includes(driverOf({ driverLabel: label, driverName: driver }));
  const kept = preferences.filter(({ a, b }) => !isHeldOut(a) && !isHeldOut(b));
  if (kept.length === preferences.length) return beside;
  if (kept.length === 0) {
    throw new BadInput(
      '--preferences',
      `all ${preferences.length} are of drivers that --holdout keeps`,
      'some of others',
    );
  }
  out.note(`left out ${counted(preferences.length - kept.length, 'preference')} of drivers kept for evaluation`);
  return { ...beside, preferences: { ...beside.preferences, preferences: kept } };
}

/** Refuses a population that knows whom `--holdout` keeps: the reward would have seen them through it. */
function refuseHeldOutPopulation({ sources }: Population, heldOut: readonly string[]): void {
  const known = new Set(sources.map(({ label, driver }) => driverOf({ driverLabel: label, driverName: driver })));
  const seen = heldOut.filter((driver) => known.has(driver));
  if (seen.length === 0) return;
  throw new BadInput(
    '--population',
    `was learned from ${seen.join(', ')}, whom --holdout keeps for evaluation`,
    'a population of other drivers',
  );
}

function warnOfPopulation(
  { sources, fit }: Population,
  training: readonly LoadedRecording[],
  out: CommandConsole,
): void {
  const drivers = new Set(training.map(driverOfRecording));
  const known = sources
    .filter(({ label, driver }) => drivers.has(driverOf({ driverLabel: label, driverName: driver })))
    .map(({ driver }) => driver);
  const twice = [...new Set(known)].join(', ');
  if (twice !== '') out.note(`warning: drivers of the population count twice: ${twice}`);
  if (!fit.settled) out.note('warning: the population had not settled when it was learned');
}

/** Refuses, before the work begins, to replace files: of `mixture` those of any number of styles that may be found. */
function claimOutputs({ out, method, styles = DEFAULT_STYLES, force = false }: LearnCommandOptions): void {
  requireEnding(out, '.json');
  const files = createOutputFiles(force);
  if (method !== 'mixture') files.claim(out);
  else for (let style = 1; style <= Math.max(...styles); style++) files.claim(styleFile(out, style));
}

/** Writes the reward, or one for each style; all of them or none. @returns names of the files */
function writeRewards(
  { reward, styles }: LearningResult,
  { out, force = false }: LearnCommandOptions,
  more: Reward['learner']['options'],
): string[] {
  const rewards =
    styles === undefined
      ? [{ path: out, reward }]
      : styles.map((style, k) => ({ path: styleFile(out, k + 1), reward: style.reward }));
  const files = createOutputFiles(force);
  try {
    for (const one of rewards) files.write(one.path, formatReward(withOptions(one.reward, more)));
    files.commit();
  } finally {
    files.abandon();
  }
  return rewards.map(({ path }) => path);
}

async function learnWithProgress(
  { training }: HoldOut,
  options: LearnCommandOptions,
  beside: Beside,
  out: CommandConsole,
): Promise<LearningResult> {
  const { method, converged, asCoded, name, seed, candidates, stride, priorSd, others, rollouts, rounds, tolerance } =
    options;
  const { styles, styleOf } = options;
  const { rolloutWindows } = options;
  const progress = learningProgress(method, out);
  const stop = stopByInterrupt(out);
  try {
    return await learnReward(training, {
      ...(method === undefined ? {} : { method }),
      seed,
      ...(name === undefined ? {} : { name }),
      ...(converged === undefined ? {} : { converged }),
      ...(asCoded === undefined ? {} : { asCoded }),
      ...(candidates === undefined ? {} : { candidates }),
      ...(stride === undefined ? {} : { strideTicks: stride }),
      ...(priorSd === undefined ? {} : { priorSd }),
      ...(others === undefined ? {} : { others }),
      ...(rollouts === undefined ? {} : { rollouts }),
      ...(rounds === undefined ? {} : { rounds }),
      ...(rolloutWindows === undefined ? {} : { rolloutWindows }),
      ...(tolerance === undefined ? {} : { tolerance }),
      ...beside,
      ...(styles === undefined ? {} : { styles }),
      ...(styleOf === undefined ? {} : { styleOf }),
      onProgress: progress.update,
      onRound: progress.round,
      onMaxent: ({ summary: { scenes } }) => {
        progress.note(
          `maxent has weights from ${scenes} scenes; now the agent itself is matched. Ctrl-C keeps the best so far.`,
        );
        stop.listen();
      },
      enough: stop.signal,
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
    });
  } catch (error) {
    // The learner's own refusals of its input; anything else is a defect.
    const refusal = error instanceof RangeError ? /^learning: (.*); expected (.*)$/s.exec(error.message) : null;
    if (!refusal) throw error;
    throw new BadInput('learning', refusal[1]!, refusal[2]!);
  } finally {
    progress.end();
    stop.end();
  }
}

function insteadText({ method, because }: NonNullable<LearningSummary['insteadOf']>): string {
  return `maxent was used instead of ${method}: ${because}`;
}

/** The split, so that an evaluation can be repeated from the reward file. */
function splitOptions(holdout: number, heldOut: readonly string[]): Reward['learner']['options'] {
  return holdout === 0 ? {} : { holdout, heldOutDrivers: heldOut.join('; ') };
}

/** A reward that names more of what its fit was given. */
function withOptions(reward: Reward, more: Reward['learner']['options']): Reward {
  return { ...reward, learner: { ...reward.learner, options: { ...reward.learner.options, ...more } } };
}

function learningText(
  { summary, terms, styles }: LearningResult,
  run: {
    readonly seconds: number;
    readonly drivers: number;
    readonly heldOut: readonly string[];
    readonly files: readonly string[];
  },
): string {
  const columns = [
    { heading: 'feature' },
    { heading: 'group' },
    { heading: 'weight', align: 'right' },
    { heading: 'sd', align: 'right' },
    { heading: 'person', align: 'right' },
    { heading: 'model', align: 'right' },
    { heading: '' },
  ] as const;
  const rows = terms.map((term) => [
    term.name,
    term.group,
    roundedTo(term.weight, 1000).toFixed(3),
    term.sd.toFixed(3),
    term.personMean.toPrecision(3),
    term.modelMean.toPrecision(3),
    term.fixedBecause,
  ]);
  const { scenes, candidatesPerScene, nll, gradientNorm, projectionErrorP95, counts, closedLoop } = summary;
  const { identifiability, enoughDriving, effectiveOptions, unexpectedSigns = [] } = summary;
  return [
    ...(styles === undefined ? [textTable(columns, rows)] : mixtureText(summary.mixture!, styles, run.files)),
    '',
    ...(summary.insteadOf === undefined ? [] : [insteadText(summary.insteadOf)]),
    `${counted(scenes, 'scene')} of ${counted(run.drivers, 'driver')}, ${candidatesPerScene} candidates each, ${run.seconds.toFixed(1)} s`,
    closedLoop === undefined
      ? `negative log-likelihood ${nll.toFixed(3)} nat a scene, gradient norm ${gradientNorm.toExponential(1)}`
      : `negative log-likelihood ${nll.toFixed(3)} nat a scene`,
    ...(closedLoop === undefined ? [] : [closedLoopText(closedLoop)]),
    ...(enoughDriving === undefined ? [] : [enoughDrivingText(enoughDriving)]),
    ...(identifiability === undefined ? [] : identifiabilityText(identifiability)),
    ...(unexpectedSigns.length > 0 ? [`weight not of the expected sign: ${unexpectedSigns.join(', ')}`] : []),
    ...(effectiveOptions === undefined
      ? []
      : [
          `effective options a scene: median ${effectiveOptions.median.toFixed(0)}, p05 ${effectiveOptions.p05.toFixed(1)}`,
        ]),
    `projection error p95 ${projectionErrorP95.toFixed(3)} m`,
    ...leftOutText(counts),
    ...(summary.preferences === undefined
      ? []
      : [`the reward agrees with ${summary.preferences.agreed} of ${summary.preferences.count} preferences`]),
    ...(run.heldOut.length > 0 ? [`held out: ${run.heldOut.join(', ')}`] : []),
    ...(styles === undefined ? [`reward ${run.files[0]}`] : []),
  ].join('\n');
}

function closedLoopText({ starts, rounds, tolerance, ended, gaps, collisions, mixture }: ClosedLoopReport): string {
  const largest = (key: 'atStart' | 'gap') => Math.max(...gaps.map((one) => Math.abs(one[key]))).toFixed(3);
  const left = gapsText(gaps);
  const leastCertain = Math.max(...gaps.map((one) => one.standardError));
  const outcome =
    ended === 'matched'
      ? `all gaps within ${tolerance} (standard errors up to ${leastCertain.toFixed(2)})`
      : ended === 'within-noise'
        ? `all gaps within ${tolerance} or two standard errors: ${left}`
        : ended === 'mixed'
          ? `no single agent matches within ${tolerance} (the best: ${left}), a mixture does`
          : `not matched within ${tolerance} (${ended}): ${left}`;
  const mixed =
    mixture === undefined
      ? ''
      : `; mixture of ${counted(mixture.agents, 'agent')}, of which one is drawn for each drive: ${gapsText(mixture.gaps) || `all gaps within ${tolerance}`}`;
  return `agent against person, ${counted(starts, 'start')}, ${counted(rounds, 'round')}: largest gap ${largest('atStart')} at first, ${largest('gap')} at last; ${outcome}${mixed}; rollouts with a collision: ${collisions}`;
}

function gapsText(gaps: readonly ClosedLoopGap[]): string {
  return gaps
    .filter((one) => one.why !== '')
    .map((one) => `${one.name} ${one.gap.toFixed(3)} ± ${one.standardError.toFixed(3)} (${WHY[one.why]})`)
    .join(', ');
}

function enoughDrivingText({ evdBound95, verdict }: EnoughDriving): string {
  const answer = verdict === 'enough' ? 'yes' : verdict === 'nearly' ? 'nearly' : 'no';
  return `enough driving yet, for situations like these? ${answer}: with 95 % confidence its choices lose at most ${(100 * evdBound95).toFixed(1)} % of the way from chance to the best`;
}

/** Why a gap was left, in words. */
const WHY: Readonly<Record<ClosedLoopGap['why'], string>> = {
  '': '',
  noise: 'within two standard errors',
  limit: 'the agent would have to like it',
  unmoved: 'no weight that was tried moved it',
  traded: 'closing it opens others',
};

function identifiabilityText({ conditionNumber, undecided, collinear, driveNext }: Identifiability): string[] {
  const pairs = collinear.map(({ first, second, correlation }) => `${first} and ${second} (${correlation.toFixed(3)})`);
  return [
    `condition number of the features within scenes ${conditionNumber.toPrecision(3)}`,
    ...(pairs.length > 0 ? [`vary together, only their sum is known: ${pairs.join(', ')}`] : []),
    ...(undecided.length > 0 ? [`hardly decided by this driving, mostly assumed: ${undecided.join(', ')}`] : []),
    ...(driveNext === null
      ? []
      : [`drive next: ${driveNext.family} (${driveNext.why}), for ${driveNext.for.join(', ')}`]),
  ];
}
