import { describe, expect, test } from 'vitest';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';
import { type DriverType, drawDriver, meanProfile } from '../../../../sim/traffic/driverProfile.ts';

const TYPES: readonly DriverType[] = ['timid', 'normal', 'brisk', 'truck'];

function sorted(type: DriverType, which: 'timeHeadway' | 'lateralTempo'): number[] {
  const random = createRandomStream(7, 'profiles');
  return Array.from({ length: 4000 }, () => drawDriver(type, random).profile[which]).sort((a, b) => a - b);
}

describe.each(TYPES)('%s', (type) => {
  test.each(['timeHeadway', 'lateralTempo'] as const)(
    '%s is log-normal around the median, cut on both sides',
    (which) => {
      const values = sorted(type, which);
      const at = (share: number) => values[Math.floor(share * values.length)]!;
      const median = meanProfile(type)[which];
      expect(at(0.5) / median).toBeCloseTo(1, 1);
      // Symmetric in the logarithm: the upper quartile is as many times the median as the median is the lower one.
      expect((at(0.75) * at(0.25)) / at(0.5) ** 2).toBeCloseTo(1, 1);
      expect(at(0.75) / at(0.25)).toBeGreaterThan(1.25);
      const [low, high] = [values[0]! / median, values.at(-1)! / median];
      expect(low * high).toBeCloseTo(1, 6);
      expect(high).toBeLessThan(2.3);
    },
  );

  test('an empty right lane outweighs the threshold', () => {
    const { keepRightBias, changeThreshold } = meanProfile(type);
    expect(keepRightBias).toBeGreaterThan(changeThreshold);
  });
});

test('brisk drivers change lanes faster than normal ones, these than timid ones, and trucks take longest', () => {
  const tempi = (['brisk', 'normal', 'timid', 'truck'] as const).map((type) => meanProfile(type).lateralTempo);
  expect(tempi).toEqual([...tempi].sort((a, b) => b - a));
  expect(new Set(tempi).size).toBe(4);
});

test('headways of cars spread over a factor of two between the tenths at the ends', () => {
  const values = sorted('normal', 'timeHeadway');
  expect(values[3600]! / values[400]!).toBeGreaterThan(2);
  expect(values[0]).toBeGreaterThan(0.5);
});
