import { describe, expect, it } from 'vitest';
import { FEATURE_COUNT, FEATURES, featureIndex } from '../../../../irl/features/registry.ts';
import type { ChoiceData } from '../../../../irl/learn/choiceData.ts';
import { identifiability } from '../../../../irl/learn/identifiability.ts';
import { standardise } from '../../../../irl/learn/standardisation.ts';
import { symmetricEigen } from '../../../../irl/learn/symmetricEigen.ts';
import { findFamily } from '../../../../scenarios/registry.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';

const SCENES = 20;
const ROWS = 40;

/** Choices with independent normal features, changed by `edit`. */
function choices(edit: (row: Float64Array) => void): ChoiceData {
  const stream = createRandomStream(5, 'identifiability test');
  const values = new Float64Array(SCENES * ROWS * FEATURE_COUNT);
  for (let row = 0; row < SCENES * ROWS; row++) {
    const of = values.subarray(row * FEATURE_COUNT, (row + 1) * FEATURE_COUNT);
    for (let i = 0; i < FEATURE_COUNT; i++) of[i] = stream.normal();
    edit(of);
  }
  const start = Int32Array.from({ length: SCENES + 1 }, (_, i) => i * ROWS);
  return { scenes: SCENES, columns: FEATURE_COUNT, start, values, logWeight: new Float64Array(SCENES * ROWS) };
}

const decided = FEATURES.map(() => 1);
const report = (data: ChoiceData, sd: readonly number[] = decided) =>
  identifiability(
    data,
    standardise(data),
    sd,
    sd.map(() => 10),
  );

describe('identifiability', () => {
  it('has nothing to complain about where features vary independently', () => {
    const { conditionNumber, unexcited, undecided, collinear, driveNext } = report(choices(() => {}));
    expect(conditionNumber).toBeGreaterThan(1);
    expect(conditionNumber).toBeLessThan(3);
    expect({ unexcited, undecided, collinear, driveNext }).toEqual({
      unexcited: [],
      undecided: [],
      collinear: [],
      driveNext: null,
    });
  });

  it('names features that vary together and the combination that is known least', () => {
    const speed = featureIndex('speed');
    const square = featureIndex('speedSquared');
    const data = choices((row) => {
      row[square] = 2 * row[speed]! + 0.02 * row[square]!;
    });
    const { conditionNumber, collinear, weakest, driveNext } = report(data);
    expect(conditionNumber).toBeGreaterThan(1e3);
    expect(collinear).toHaveLength(1);
    expect(collinear[0]).toMatchObject({ first: 'speed', second: 'speedSquared' });
    expect(collinear[0]!.correlation).toBeGreaterThan(0.999);
    expect(
      weakest
        .slice(0, 2)
        .map((one) => one.name)
        .sort(),
    ).toEqual(['speed', 'speedSquared']);
    expect(driveNext).toMatchObject({ family: 'free-flow', for: ['speed', 'speedSquared'] });
  });

  it('finds what nothing depends on and what stayed undecided, and a scenario for it', () => {
    const ramp = featureIndex('auxiliaryLane');
    const data = choices((row) => {
      row[ramp] = 0;
    });
    expect(report(data)).toMatchObject({ unexcited: ['auxiliaryLane'], driveNext: { family: 'on-ramp-merge' } });
    const sd = FEATURES.map(({ name }) => (name === 'closingRisk' ? 7.2 : 7));
    const { undecided, driveNext } = report(
      choices(() => {}),
      sd,
    );
    expect(undecided).toEqual(['closingRisk']);
    expect(driveNext!.family).toBe('hard-braking-leader');
  });

  it('recommends only scenarios that exist', () => {
    for (const { name } of FEATURES) {
      const sd = FEATURES.map((feature) => (feature.name === name ? 10 : 1));
      const { driveNext } = report(
        choices(() => {}),
        sd,
      );
      expect(findFamily(driveNext!.family).family, name).toBe(driveNext!.family);
    }
  });
});

describe('symmetricEigen', () => {
  it('takes a matrix apart into values and orthonormal vectors', () => {
    const matrix = Float64Array.of(4, 1, -2, 1, 3, 0.5, -2, 0.5, 5);
    const { values, vectors } = symmetricEigen(matrix, 3);
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
    expect(values[0]! + values[1]! + values[2]!).toBeCloseTo(12, 12);
    for (let a = 0; a < 3; a++) {
      const of = vectors.subarray(a * 3, a * 3 + 3);
      for (let i = 0; i < 3; i++) {
        const product = of.reduce((sum, value, k) => sum + matrix[i * 3 + k]! * value, 0);
        expect(product).toBeCloseTo(values[a]! * of[i]!, 10);
      }
    }
  });
});
