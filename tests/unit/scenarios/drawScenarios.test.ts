import { expect, test } from 'vitest';
import { drawScenarios } from '../../../scenarios/drawScenarios.ts';
import { findFamily } from '../../../scenarios/registry.ts';
import type { GeneratedFamily } from '../../../scenarios/scenarioFamily.ts';

const family = findFamily('cut-in') as GeneratedFamily;

test('draws put one value into each equal part of every range', () => {
  const count = 40;
  const drawn = [...drawScenarios(family, count, 3)];
  for (const [name, { min, max }] of Object.entries(family.parameters)) {
    const parts = drawn.map(({ parameters }) => Math.floor(((parameters[name]! - min) / (max - min)) * count));
    // Rounding to four digits moves a value over the edge of its part now and then.
    expect(new Set(parts.map((part) => Math.min(part, count - 1))).size).toBeGreaterThanOrEqual(count - 3);
  }
});

test('the same seed draws the same scenarios, another one others, and every draw has a seed of its own', () => {
  const ids = (seed: number) => [...drawScenarios(family, 10, seed)].map(({ id }) => id);
  expect(ids(5)).toEqual(ids(5));
  expect(ids(5)).not.toEqual(ids(6));
  expect(new Set(ids(5).map((id) => id.split('#')[1])).size).toBe(10);
});
