import { BASELINE_DRIVERS } from '../../irl/agent/baselineDrivers.ts';
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
];
const SEEDS = [1, 2, 3];
/** One minute. */
const TICKS = 600;

/**
 * Ten families with three seeds each. The baseline drivers take turns; the one of constant velocity runs into things.
 */
export const DETERMINISM_DRIVES: readonly HashedDrive[] = FAMILIES.flatMap((family) =>
  SEEDS.map((seed) => `${family}@1#${seed}`),
).map((id, k) => ({ id, driver: BASELINE_DRIVERS[k % BASELINE_DRIVERS.length]!.name, ticks: TICKS }));
