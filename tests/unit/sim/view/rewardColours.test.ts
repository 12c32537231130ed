import { Color } from 'three';
import { describe, expect, it } from 'vitest';
import { rewardColour } from '../../../../sim/view/rewardColours.ts';

/** Relative luminance of a linear colour (IEC 61966-2-1). */
const luminance = ({ r, g, b }: Color) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

describe('reward colours', () => {
  it('get lighter with every step of merit', () => {
    let before = -1;
    for (let merit = 0; merit <= 1.0001; merit += 0.05) {
      const light = luminance(rewardColour(merit, new Color()));
      expect(light).toBeGreaterThan(before);
      before = light;
    }
  });

  it('clamp what lies outside', () => {
    expect(rewardColour(3, new Color())).toEqual(rewardColour(1, new Color()));
    expect(rewardColour(-1, new Color())).toEqual(rewardColour(0, new Color()));
  });
});
