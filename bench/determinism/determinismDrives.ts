import type { HashedDrive } from './hashOfDrive.ts';

const FAMILIES = [
  'free-flow',
  'dense',
  'stop-and-go-wave',
  'on-ramp-merge',
  'off-ramp-exit',
  'lane-drop',
  'cut-in',
  'hard-braking-leader',
  'truck-convoy',
  'stopped-vehicle',
  'weaving-section',
];
/** All baseline drivers. They take turns; the one of constant velocity runs into things. */
const DRIVERS = [
  'idm-mobil',
  'constant-velocity',
  'calm',
  'brisk',
  'tailgating',
  'nice',
  'nasty',
  'right-lane-nice',
  'right-lane-nasty',
  'middle-lane',
  'idm',
];
const SEEDS = [1, 2, 3];
/** One minute. */
const TICKS = 600;

/** Eleven families with three seeds each. */
export const DETERMINISM_DRIVES: readonly HashedDrive[] = FAMILIES.flatMap((family) =>
  SEEDS.map((seed) => `${family}@1#${seed}`),
).map((id, k) => ({ id, driver: DRIVERS[k % DRIVERS.length]!, ticks: TICKS }));
