import type { Command } from 'commander';
import { type CoveredFeature, featureCoverage } from '../../irl/evaluate/featureCoverage.ts';
import { type AxisJerk, JERK_BANDS_HZ } from '../../irl/evaluate/jerkSpectrum.ts';
import { EXCLUSION_WORDS, fewWindowsWarning, qualityWarnings } from '../../irl/evaluate/qualityWarnings.ts';
import { type RecordingQuality, recordingQuality } from '../../irl/evaluate/recordingQuality.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { counted } from '../counted.ts';
import { expandPaths } from '../inputFiles.ts';
import { loadRecordings, RECOVER_OPTION } from '../loadRecording.ts';
import { numberOption } from '../numberOption.ts';
import { textPairs, textTable } from '../textTable.ts';

/** `understudy quality`. */
export function defineQuality(command: Command, out: CommandConsole): void {
  command
    .description('Show what recordings are worth as demonstrations, before anything is learned from them.')
    .argument('<files...>', 'recordings (.mcap), or folders of them')
    .option(
      '--stride <ticks>',
      'ticks of 0.1 s between the starts of two windows; learn takes them further apart in long driving',
      numberOption({ min: 1, integer: true }),
      10,
    )
    .option(...RECOVER_OPTION)
    .action((paths: string[], options: { readonly stride: number; readonly recover?: boolean }) =>
      quality(paths, options, out),
    );
}

async function quality(
  paths: readonly string[],
  { stride, recover }: { readonly stride: number; readonly recover?: boolean },
  out: CommandConsole,
): Promise<void> {
  const loaded = loadRecordings(expandPaths(paths, '.mcap'), recover ?? false, out);
  const progress = out.progress('recordings', loaded.length);
  const qualities = recordingQuality(
    loaded.map(({ recording }) => recording),
    stride,
  );
  const cards = [];
  for (const [i, { path, recording }] of loaded.entries()) {
    progress.update(i);
    const card = qualities[i]!;
    const features = await featureCoverage(recording, stride);
    cards.push({ path, ...card, features, warnings: qualityWarnings(card) });
  }
  progress.end();
  const warnings = fewWindowsWarning(cards);
  const usableWindows = cards.reduce((sum, card) => sum + card.usableWindows, 0);
  const texts = cards.map((card) => cardText(card.path, card, card.features, card.warnings));
  const total = [
    `${counted(usableWindows, 'usable window')} in all`,
    ...warnings.map(({ message }) => `warning: ${message}`),
  ];
  out.result({ recordings: cards, usableWindows, warnings }, [...texts, total.join('\n')].join('\n\n'));
}

function cardText(
  path: string,
  card: RecordingQuality,
  features: readonly CoveredFeature[],
  warnings: readonly { readonly message: string }[],
): string {
  const { input, jerk, reaction } = card;
  const notRecorded = 'not recorded';
  const curves = input?.zeroSteerInCurves == null ? '' : `, in curves ${percent(input.zeroSteerInCurves)}`;
  const pairs: [string, string][] = [
    ['driver', `${card.driver} (${card.label}, ${card.device})`],
    [
      'length',
      `${card.seconds.toFixed(1)} s, ${card.distance.toFixed(0)} m, ${card.laneChanges} lane ${card.laneChanges === 1 ? 'change' : 'changes'}`,
    ],
    ['at the wheel', `${card.ownSeconds.toFixed(1)} s before any collision; the next five rows are of that time`],
    ['zero steering', input ? `${percent(input.zeroSteer)} of the time${curves}` : notRecorded],
    [
      'at the stop',
      input
        ? `steering ${percent(input.steerAtStop)} of the time, throttle ${used(input.throttleAtStop)}, brake ${used(input.brakeAtStop)}; no pedal ${percent(input.coasting)}`
        : notRecorded,
    ],
    ['jerk along', jerk ? axisText(jerk.longitudinal) : 'not measurable: less than 6.5 s'],
    ['jerk across', jerk ? axisText(jerk.lateral) : 'not measurable: less than 6.5 s'],
    [
      'reaction delay',
      reaction.seconds === null
        ? `not measurable: ${reaction.why}`
        : `${reaction.seconds.toFixed(1)} s behind the leader's acceleration (correlation ${reaction.correlation!.toFixed(2)}, ${reaction.followingSeconds.toFixed(0)} s of following)`,
    ],
    ['collisions', String(card.collisions)],
    ['standing', `${card.standingSeconds.toFixed(1)} s`],
    ['off the lanes', `${card.offRoadSeconds.toFixed(1)} s`],
    ['learned from', `${card.usableWindows} of ${card.windows} windows of 5 s`],
    ...card.excluded.map(({ reason, fromTick, toTick, windows }): [string, string] => [
      'left out',
      `${windows > 0 ? `${windows} in ` : ''}ticks ${fromTick} to ${toTick}: ${EXCLUSION_WORDS[reason]}`,
    ]),
  ];
  return [
    path,
    textPairs(pairs),
    '',
    features.length === 0 ? 'features: none, no window can be learned from' : coverageTable(features),
    ...(warnings.length > 0 ? ['', ...warnings.map(({ message }) => `warning: ${message}`)] : []),
  ].join('\n');
}

function coverageTable(features: readonly CoveredFeature[]): string {
  const columns = [
    { heading: 'feature' },
    { heading: 'a choice in', align: 'right' },
    { heading: 'least', align: 'right' },
    { heading: 'mean', align: 'right' },
    { heading: 'most', align: 'right' },
    { heading: '' },
  ] as const;
  const rows = features.map(({ name, choice, person, excited }) => [
    name,
    percent(choice),
    person.min.toPrecision(2),
    person.mean.toPrecision(2),
    person.max.toPrecision(2),
    excited ? '' : 'not excited: nothing can be learned about it',
  ]);
  return textTable(columns, rows);
}

function axisText({ meanSquare, bands }: AxisJerk): string {
  const parts = bands.map((power, i) => {
    const share = meanSquare > 0 ? power / meanSquare : 0;
    return `${percent(share)} in ${JERK_BANDS_HZ[i]}-${JERK_BANDS_HZ[i + 1]} Hz`;
  });
  return `rms ${Math.sqrt(meanSquare).toFixed(2)} m/s³: ${parts.join(', ')}`;
}

function used(share: number | null): string {
  return share === null ? 'never used' : `${percent(share)} of its use`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
