import { expect, test } from 'vitest';
import { openChromium } from '../../bench/determinism/openChromium.ts';
import { compareDrives } from '../../bench/determinism.ts';

test('drives end in the same bits in Node, from a snapshot and in Chromium, with a crash among them', async () => {
  const outcome = await compareDrives({
    drives: [
      { id: 'hard-braking-leader@1?gap=15#1', driver: 'constant-velocity', ticks: 150 },
      { id: 'dense@1#1', driver: 'brisk', ticks: 100 },
    ],
    openBrowser: openChromium,
  });
  expect(outcome.browser).toMatch(/^Chromium \d+\./);
  expect(outcome.drives[0]!.collisions).toBeGreaterThan(0);
  for (const { node, restored, chromium } of outcome.drives) expect([restored, chromium]).toEqual([node, node]);
  expect(outcome.identical).toBe(true);
});
