import { describe, expect, it } from 'vitest';
import { MANOEUVRES, manoeuvreConfusion, manoeuvreOf } from '../../../../irl/evaluate/manoeuvre.ts';
import { laneChange, steadyMotion } from '../../../fixtures/irl/motions.ts';
import { centreOf, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

const { ego } = trafficScene();

describe('manoeuvreOf', () => {
  it('tells changes of speed from keeping it', () => {
    expect(manoeuvreOf(steadyMotion(ego))).toBe('keep');
    expect(manoeuvreOf(steadyMotion(ego, 0.2))).toBe('keep');
    expect(manoeuvreOf(steadyMotion(ego, -0.5))).toBe('brake');
    expect(manoeuvreOf(steadyMotion(ego, 0.5))).toBe('accelerate');
  });

  it('takes a lane change for what it is, whatever the speed does', () => {
    expect(manoeuvreOf(laneChange(ego, centreOf(0), 1, 4))).toBe('left');
    expect(manoeuvreOf(laneChange(ego, centreOf(2), 1, 4))).toBe('right');
  });
});

it('counts what was foretold for what was done', () => {
  const matrix = manoeuvreConfusion([
    { person: 'keep', chosen: 'keep' },
    { person: 'keep', chosen: 'brake' },
    { person: 'left', chosen: 'keep' },
  ]);
  const at = (person: 'keep' | 'left', chosen: 'keep' | 'brake') =>
    matrix[MANOEUVRES.indexOf(person)]![MANOEUVRES.indexOf(chosen)];
  expect([at('keep', 'keep'), at('keep', 'brake'), at('left', 'keep'), at('left', 'brake')]).toEqual([1, 1, 1, 0]);
  expect(matrix.flat().reduce((sum, count) => sum + count, 0)).toBe(3);
});
