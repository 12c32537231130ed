import { describe, expect, it } from 'vitest';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { HUANG_CODED_FEATURE_SET, HUANG_FEATURE_SET } from '../../../../irl/features/featureSet.ts';
import { emptyMotion, MOTION_SAMPLES, type Motion } from '../../../../irl/features/motion.ts';
import { centreOf, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

function steady(speed: number, d: number): Motion {
  const motion = emptyMotion();
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    motion.s[k] = 500 + (speed * k) / 10;
    motion.d[k] = d;
    motion.sDot[k] = speed;
  }
  return motion;
}

function valuesOf(set: typeof HUANG_FEATURE_SET, others: Parameters<typeof trafficScene>[0], motion: Motion) {
  const out = new Float64Array(set.specs.length);
  set.evaluate(motion, createPrediction(trafficScene(others, { d: centreOf(1), sDot: motion.sDot[0]! })), out);
  return out;
}

describe('features as the published code computes them', () => {
  it('are sums over fifty steps where the others are means', () => {
    const motion = steady(20, centreOf(1));
    const coded = valuesOf(HUANG_CODED_FEATURE_SET, [], motion);
    expect(coded[0]).toBeCloseTo(50 * valuesOf(HUANG_FEATURE_SET, [], motion)[0]!, 9);
  });

  it('know a risk even where nobody is: that of a headway of 100 s', () => {
    const coded = valuesOf(HUANG_CODED_FEATURE_SET, [], steady(20, centreOf(1)));
    expect(coded[4]! / 50).toBeCloseTo(Math.exp(-100), 50);
    expect(coded[4]).toBeGreaterThan(0);
  });

  it('take headways from centre to centre', () => {
    const others = [{ s: 540, d: centreOf(1), sDot: 20 }];
    const motion = steady(20, centreOf(1));
    const coded = valuesOf(HUANG_CODED_FEATURE_SET, others, motion)[4]! / 50;
    expect(coded).toBeCloseTo(Math.exp(-2), 6);
    expect(valuesOf(HUANG_FEATURE_SET, others, motion)[4]!).toBeGreaterThan(coded);
  });

  it('end at a crash, so that crashing early counts less speed', () => {
    const wall = [{ s: 530, d: centreOf(1), sDot: 0 }];
    const motion = steady(20, centreOf(1));
    const coded = valuesOf(HUANG_CODED_FEATURE_SET, wall, motion);
    expect(coded[6]).toBe(1);
    expect(coded[0]!).toBeLessThan(50 * 20 * 0.5);
    expect(valuesOf(HUANG_FEATURE_SET, wall, motion)[0]).toBeCloseTo(20, 9);
  });
});
