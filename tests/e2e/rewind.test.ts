import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRecording } from '../../recordings/readRecording.ts';
import type { Recording } from '../../recordings/recording.ts';
import { verifyRecording } from '../../recordings/resimulate.ts';
import { worldSpecOf } from '../../recordings/worldSpecOf.ts';
import { createWorld } from '../../sim/core/world.ts';
import { type AppPage, bodyState, openApp, waitForBody } from './appPage.ts';

/** A car stands 220 m ahead: some 8 s at the speed of the start. */
const SCENARIO = 'stopped-vehicle@1?distance=220&density=0#1';

let app: AppPage;
beforeAll(async () => {
  app = await openApp({ hash: `#mode=drive&scenario=${encodeURIComponent(SCENARIO)}` });
});
afterAll(() => app?.close());

const tickNow = async () => Number((await bodyState(app.page))['tick']);

async function download(row: Locator): Promise<Recording> {
  const coming = app.page.waitForEvent('download');
  await row.locator('[data-testid=download-recording]').click();
  return readRecording(new Uint8Array(readFileSync(await (await coming).path())), { name: 'download.mcap' });
}

test('crash, rewind by the key, brake in time, and find both drives in the list', async () => {
  const { page, errors } = app;
  const prompt = page.locator('[data-testid=rewind-prompt]');
  const recordings = page.locator('[data-testid=recording][data-label=human]');
  await page.click('[data-testid=start-drive]');
  await page.waitForSelector('[data-testid=hud]');
  expect(await prompt.isVisible()).toBe(false);

  // Into the standing car at full throttle; the key stays down, as in a fright.
  await page.keyboard.down('KeyW');
  await prompt.waitFor({ timeout: 60_000 });
  expect(await prompt.textContent()).toMatch(/Contact.*Rewind 5 s.*Backspace.*Restart.*R/);
  await waitForBody(page, 'tick', 75);
  const crashed = await tickNow();
  await page.keyboard.press('Backspace');
  await expect.poll(tickNow).toBeLessThanOrEqual(crashed - 40);
  const branch = await tickNow();
  expect(branch).toBeGreaterThan(0);
  expect(await prompt.textContent()).toContain('Rewound');
  await page.keyboard.up('KeyW');

  // A second press goes further back; the drive goes on by itself after the pause.
  await page.keyboard.press('Backspace');
  await expect.poll(tickNow).toBeLessThan(branch);
  await page.keyboard.down('Space');
  await waitForBody(page, 'tick', 70);
  await page.keyboard.up('Space');
  expect(await prompt.isVisible()).toBe(false);
  expect(Number((await bodyState(page))['speed'])).toBeLessThan(1);
  await page.keyboard.press('Escape');

  await page.waitForSelector('[data-testid=drive-result]');
  const result = await page.textContent('[data-testid=drive-result]');
  expect(result).toMatch(/Contact\s*none/);
  expect(result).toMatch(/Rewound\s*2 times/);
  await page.click('[data-testid=drive-result] button:has-text("Close")');
  await expect.poll(() => recordings.count()).toBe(2);
  expect(await recordings.first().textContent()).toContain('rewound to 0:00.0');
  expect(await recordings.nth(1).textContent()).not.toContain('rewound');
  const [second, first] = [await download(recordings.first()), await download(recordings.nth(1))];
  const collisions = ({ events }: Recording) => events.filter(({ kind }) => kind === 'collision').length;
  expect([collisions(first), collisions(second)]).toEqual([expect.any(Number), 0]);
  expect(collisions(first)).toBeGreaterThan(0);
  expect(first.metadata.branchTick).toBeUndefined();
  expect(second.metadata.branchTick).toBe(0);
  expect(second.metadata.notes.join()).toContain(`started at ${first.metadata.startedAt}`);
  for (const recording of [first, second]) {
    expect(recording.warnings).toEqual([]);
    expect(verifyRecording(recording, createWorld(worldSpecOf(recording)))).toMatchObject({ identical: true });
  }
  expect(errors).toEqual([]);
});
