import { describe, expect, it } from 'vitest';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { evaluateFeatures } from '../../../../irl/features/evaluateFeatures.ts';
import { FEATURE_SETS } from '../../../../irl/features/featureSet.ts';
import { FEATURE_COUNT, FEATURES, featureIndex } from '../../../../irl/features/registry.ts';
import { steadyMotion } from '../../../fixtures/irl/motions.ts';
import { trafficScene } from '../../../fixtures/irl/trafficScene.ts';

describe('feature registry', () => {
  it('has unique names over all feature sets, so that a reward file names one feature', () => {
    const names = FEATURE_SETS.flatMap((set) => set.specs.map((spec) => spec.name));
    expect(new Set(names).size).toBe(names.length);
  });

  it('covers every group of the design', () => {
    expect([...new Set(FEATURES.map((feature) => feature.group))]).toEqual([
      'speed',
      'lane',
      'headway',
      'comfort',
      'courtesy',
    ]);
  });

  it.each(FEATURE_SETS.flatMap((set) => set.specs))('$name is fully described', (spec) => {
    expect(spec.formula).toMatch(/\w+ of |share|^1 with/);
    expect(spec.unit).not.toBe('');
    expect(spec.source).not.toBe('');
    expect(spec.range[0]).toBeLessThan(spec.range[1]);
  });

  it('is as long as what the evaluation writes, and finds columns by name', () => {
    const scene = trafficScene();
    const out = new Float64Array(FEATURE_COUNT + 2).fill(Number.NaN);
    evaluateFeatures(steadyMotion(scene.ego), createPrediction(scene), out, 1);
    expect([...out].map(Number.isNaN)).toEqual([true, ...FEATURES.map(() => false), true]);
    expect(FEATURES[featureIndex('closingRisk')]!.name).toBe('closingRisk');
    expect(featureIndex('nothing')).toBe(-1);
  });
});
