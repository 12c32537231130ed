import { describe, expect, it } from 'vitest';
import { isWithinNoise, reasonOfGap } from '../../../../irl/learn/closedLoopGap.ts';

describe('isWithinNoise', () => {
  const within = (...ratios: readonly number[]) =>
    isWithinNoise(
      ratios.map((ratio) => ({ gap: ratio * 0.2, standardError: 0.2 })),
      0.1,
    );

  it('allows a gap of two standard errors among smaller ones, but neither a larger one nor many such', () => {
    expect(within(2, 0.5, -0.5, 0.3, 0.2)).toBe(true);
    expect(within(2.1, 0, 0, 0, 0)).toBe(false);
    expect(within(1.5, -1.5, 1.5)).toBe(false);
  });

  it('takes gaps within the tolerance for none, however sure they are', () => {
    expect(isWithinNoise([{ gap: -0.1, standardError: 0.001 }], 0.1)).toBe(true);
    expect(isWithinNoise([{ gap: -0.11, standardError: 0.001 }], 0.1)).toBe(false);
  });
});

describe('reasonOfGap', () => {
  const why = (atStart: number, gap: number, standardError: number, atLimit = false) =>
    reasonOfGap({ atStart, gap, standardError }, 0.1, atLimit);

  it('needs none within the tolerance, whatever the noise', () => {
    expect(why(1, 0.1, 5)).toBe('');
    expect(why(1, -0.1, 0, true)).toBe('');
  });

  it('is noise within two standard errors and never beyond', () => {
    expect(why(1, -0.3, 0.16)).toBe('noise');
    expect(why(1, -0.3, 0.14)).not.toBe('noise');
  });

  it('is the limit only where more of the feature is wanted', () => {
    expect(why(-0.5, -0.4, 0, true)).toBe('limit');
    expect(why(0.5, 0.4, 0, true)).toBe('unmoved');
  });

  it('tells a gap that stayed from one that moved', () => {
    expect(why(0.5, 0.45, 0.01)).toBe('unmoved');
    expect(why(-0.05, 0.4, 0.01)).toBe('unmoved');
    expect(why(2, 0.4, 0.01)).toBe('traded');
  });
});
