import type { SkippedWindows } from '../features/demonstrationScenes.ts';
import { COMFORTABLE_JERK } from './jerkSpectrum.ts';
import type { ExcludedRange, RecordingQuality } from './recordingQuality.ts';

/** What learning leaves out, in words. */
export const EXCLUSION_WORDS: Readonly<Record<keyof SkippedWindows, string>> = {
  standing: 'the car moves less than 2 m in 5 s',
  afterCollision: 'a collision happens in it or before it',
  handedOver: 'somebody else held the wheel',
  offRoad: 'it starts outside the lanes',
  shared: 'the drive that this one branches from has it as well',
  tooShort: 'the recording is shorter than 5 s',
};

/** Something about recorded driving that makes it a poor teacher. */
export interface QualityWarning {
  readonly code: keyof typeof QUALITY_THRESHOLDS;
  /** What was found, the threshold, and what it means for learning. */
  readonly message: string;
}

/** Above (for `fewWindows` below) which value there is a warning, and where the line comes from. */
export const QUALITY_THRESHOLDS = {
  zeroSteer: {
    value: 0.9,
    source: 'own; drives with mostly straight wheels are what users of Udacity’s simulator trained on in vain',
  },
  zeroSteerInCurves: { value: 0.5, source: 'sdc-issue-reports 434: "majority ... steering angle zero even in curves"' },
  steerAtStop: { value: 0.05, source: 'own; CARLA issue 46: keys throw the steering to its stop' },
  pedalAtStop: { value: 0.5, source: 'own: more time on the floor than at any other position' },
  uncomfortable: { value: 0.05, source: 'bound of 4.13 m/s³: nuPlan’s comfort metric; the share is ours' },
  highFrequency: { value: 0.5, source: 'own: most of the jerk lies where people do not drive' },
  collisions: { value: 0, source: 'after a collision traffic and driver are no example' },
  standing: { value: 0.5, source: 'own: most of the time shows nothing' },
  offRoad: { value: 0.05, source: 'own' },
  excluded: { value: 0.5, source: 'own: most of the drive is not learned from' },
  fewWindows: {
    value: 35,
    source:
      'recovery of planted weights in everyday scenes, docs/learning.md: worst cosine 0.79 from 35, 0.93 from 200',
  },
} as const;

/** What speaks against learning from a recording, strongest rules first. */
export function qualityWarnings(card: RecordingQuality): QualityWarning[] {
  const { input, jerk, windows, usableWindows, seconds } = card;
  const warnings: QualityWarning[] = [];
  const warn = (code: QualityWarning['code'], value: number | null | undefined, message: (value: number) => string) => {
    if (value == null || !(value > QUALITY_THRESHOLDS[code].value)) return;
    warnings.push({ code, message: message(value) });
  };
  warn(
    'collisions',
    card.collisions,
    (value) =>
      `${value} ${value === 1 ? 'collision' : 'collisions'}: nothing from 5 s before the first one on is learned from`,
  );
  const excluded = windows > 0 ? 1 - usableWindows / windows : 1;
  warn(
    'excluded',
    excluded,
    (value) => `${percent(value)} of the windows cannot be learned from${largest(card.excluded)}`,
  );
  warn(
    'zeroSteer',
    input?.zeroSteer,
    (value) =>
      `steering is zero ${percent(value)} of the time (warns above 90 %): lane and lateral comfort weights will say little about the driver`,
  );
  warn(
    'zeroSteerInCurves',
    input?.zeroSteerInCurves,
    (value) =>
      `steering is zero ${percent(value)} of the time in curves (warns above 50 %): the car is steered in jerks, which lateral weights will take for a wish`,
  );
  warn(
    'steerAtStop',
    input?.steerAtStop,
    (value) =>
      `steering is at its stop ${percent(value)} of the time (warns above 5 %): its limit drives, not the driver`,
  );
  for (const [name, share] of [
    ['throttle', input?.throttleAtStop],
    ['brake', input?.brakeAtStop],
  ] as const) {
    warn(
      'pedalAtStop',
      share,
      (value) =>
        `the ${name} is on the floor ${percent(value)} of the time it is used (warns above 50 %): acceleration and jerk are the pedal's, not chosen`,
    );
  }
  warn(
    'uncomfortable',
    jerk?.uncomfortable,
    (value) =>
      `longitudinal jerk is beyond ${COMFORTABLE_JERK} m/s³ ${percent(value)} of the time (warns above 5 %): comfort weights will be small`,
  );
  for (const [name, axis] of [
    ['longitudinal', jerk?.longitudinal],
    ['lateral', jerk?.lateral],
  ] as const) {
    warn(
      'highFrequency',
      axis?.shareAbove2Hz,
      (value) =>
        `${percent(value)} of the ${name} jerk's power is above 2 Hz (warns above 50 %): noise of positions or on-off input, not driving`,
    );
  }
  const share = (part: number) => (seconds > 0 ? part / seconds : 0);
  warn(
    'standing',
    share(card.standingSeconds),
    (value) => `the car stands ${percent(value)} of the time (warns above 50 %)`,
  );
  warn(
    'offRoad',
    share(card.offRoadSeconds),
    (value) => `the car is off the lanes ${percent(value)} of the time (warns above 5 %)`,
  );
  return warnings;
}

/** The warning that all recordings together are too little, if they are. */
export function fewWindowsWarning(cards: readonly Pick<RecordingQuality, 'usableWindows'>[]): QualityWarning[] {
  const total = cards.reduce((sum, card) => sum + card.usableWindows, 0);
  const { value } = QUALITY_THRESHOLDS.fewWindows;
  if (total >= value) return [];
  return [
    {
      code: 'fewWindows',
      message: `${total} usable windows in all (warns below ${value}): many weights will be the prior's; drive longer`,
    },
  ];
}

function largest(excluded: readonly ExcludedRange[]): string {
  const first = [...excluded].sort((a, b) => b.windows - a.windows)[0];
  return first === undefined ? '' : `, most because ${EXCLUSION_WORDS[first.reason]}`;
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
