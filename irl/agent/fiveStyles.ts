import { type DriverProfile, meanProfile } from '../../sim/traffic/driverProfile.ts';
import type { BaselineDriver } from './baselineDrivers.ts';
import { COOLNESS, createIdmMobilDriver } from './idmMobilDriver.ts';

/** More than any advantage that MOBIL can see in another lane [m/s²]. */
const WHATEVER_IT_COSTS = 1e3;

/** All five want to be faster than the limit, so faster than the traffic they are taught in. */
const faster: DriverProfile = { ...meanProfile('normal'), speedFactor: 1.25 };

/** Leaves room, and makes way in time. */
const nice: DriverProfile = {
  ...faster,
  timeHeadway: 1.6,
  minimumGap: 4,
  acceleration: 3,
  deceleration: 2,
  politeness: 0.2,
  changeThreshold: 0.1,
  keepRightBias: 1.3,
};

/** Drives up close, stays there until it can cut past, and lets others brake for it. */
const nasty: DriverProfile = {
  ...faster,
  timeHeadway: 0.45,
  minimumGap: 1.8,
  acceleration: 2.2,
  deceleration: 3,
  politeness: 0.2,
  changeThreshold: 0.1,
  safeDeceleration: 6,
  keepRightBias: 0.5,
};

/**
 * The five styles that Abbeel & Ng (2004, section 5.2) taught their car, as far as a driver has them who neither leaves
 * the road nor seeks a collision; `docs/learning.md` says where they differ.
 */
export const FIVE_STYLES: readonly BaselineDriver[] = [
  style(
    'nice',
    'Faster than the traffic, keeps its distance, prefers the right lane over the middle over the left.',
    nice,
  ),
  style('nasty', 'Faster than the traffic, tailgates and cuts in close, in any lane.', nasty),
  style('right-lane-nice', 'Keeps to the right lane whatever happens, with a long headway.', {
    ...nice,
    keepRightBias: WHATEVER_IT_COSTS,
  }),
  style('right-lane-nasty', 'Keeps to the right lane whatever happens, and presses on whoever is ahead.', {
    ...nasty,
    keepRightBias: WHATEVER_IT_COSTS,
  }),
  style('middle-lane', 'Stays in the lane it starts in, the middle one, whatever happens.', {
    ...faster,
    changeThreshold: WHATEVER_IT_COSTS,
  }),
];

function style(name: string, summary: string, profile: DriverProfile): BaselineDriver {
  return {
    name,
    summary,
    label: 'scripted',
    create: () =>
      createIdmMobilDriver(name, { profile, changeFrequency: 1, changeAcceleration: 1, coolness: COOLNESS }),
  };
}
