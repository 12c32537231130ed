import type { Driver } from '../../sim/core/driver.ts';
import { meanProfile } from '../../sim/traffic/driverProfile.ts';
import { createConstantVelocityDriver } from './constantVelocityDriver.ts';
import { FIVE_STYLES } from './fiveStyles.ts';
import { COOLNESS, createIdmMobilDriver } from './idmMobilDriver.ts';

/** A driver that needs nothing but a world. */
export interface BaselineDriver {
  readonly name: string;
  readonly summary: string;
  /**
   * `scripted` styles stand in for people in demos and tests; `baseline` drivers are what an agent is compared with.
   */
  readonly label: 'scripted' | 'baseline';
  create(): Driver;
}

const normal = meanProfile('normal');
/** Gain that no lane change has [m/s²]. */
const NEVER = 1e3;

/** All drivers without a learned reward. */
export const BASELINE_DRIVERS: readonly BaselineDriver[] = [
  {
    name: 'idm-mobil',
    summary: 'IDM and MOBIL with the parameters of a mean driver.',
    label: 'baseline',
    create: () =>
      createIdmMobilDriver('idm-mobil', { profile: normal, changeFrequency: 1, changeAcceleration: 1, coolness: 0 }),
  },
  {
    name: 'idm',
    summary: 'IDM alone: keeps its lane, also where that ends, so that it meets whatever happens ahead in it.',
    label: 'baseline',
    create: () =>
      createIdmMobilDriver('idm', {
        profile: { ...normal, changeThreshold: NEVER },
        changeFrequency: 1,
        changeAcceleration: 1,
        coolness: 0,
      }),
  },
  {
    name: 'constant-velocity',
    summary: 'Keeps its speed and lateral position.',
    label: 'baseline',
    create: createConstantVelocityDriver,
  },
  {
    name: 'calm',
    summary: 'Below the limit, long headways, rare and slow lane changes.',
    label: 'scripted',
    create: () =>
      createIdmMobilDriver('calm', {
        profile: {
          ...normal,
          speedFactor: 0.88,
          timeHeadway: 2.1,
          minimumGap: 3,
          acceleration: 0.9,
          deceleration: 1.3,
          politeness: 0.6,
          changeThreshold: 0.9,
          keepRightBias: 0.4,
        },
        changeFrequency: 0.85,
        changeAcceleration: 0.7,
        coolness: COOLNESS,
      }),
  },
  {
    name: 'brisk',
    summary: 'Above the limit, short headways, changes lanes to get ahead.',
    label: 'scripted',
    create: () =>
      createIdmMobilDriver('brisk', {
        profile: {
          ...normal,
          speedFactor: 1.15,
          timeHeadway: 1.05,
          acceleration: 2.1,
          deceleration: 2.6,
          politeness: 0,
          changeThreshold: 0.15,
          keepRightBias: 0,
        },
        changeFrequency: 1.25,
        changeAcceleration: 1.6,
        coolness: COOLNESS,
      }),
  },
  {
    name: 'tailgating',
    summary: 'Fast and close behind the leader, never changes lanes.',
    label: 'scripted',
    create: () =>
      createIdmMobilDriver('tailgating', {
        profile: {
          ...normal,
          speedFactor: 1.2,
          timeHeadway: 0.5,
          minimumGap: 1.8,
          acceleration: 2.2,
          deceleration: 3,
          politeness: 0,
          changeThreshold: NEVER,
        },
        changeFrequency: 1,
        changeAcceleration: 1,
        coolness: COOLNESS,
      }),
  },
  ...FIVE_STYLES,
];

/**
 * Finds a baseline driver by name.
 * @throws RangeError naming the known ones when there is none
 */
export function findBaselineDriver(name: string): BaselineDriver {
  const found = BASELINE_DRIVERS.find((driver) => driver.name === name);
  if (found) return found;
  throw new RangeError(
    `driver "${name}" is not known; expected one of: ${BASELINE_DRIVERS.map((d) => d.name).join(', ')}`,
  );
}
