import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppPage, bodyState, openApp, waitForBody } from './appPage.ts';
import { driveByKeyboard } from './keyboardDriver.ts';

let app: AppPage;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app?.close());

test('drive by keys, find the recording, learn from it, watch the agent drive it, find it again', async () => {
  const { page, errors } = app;
  const recordings = page.locator('[data-testid=recording][data-label=human]');

  // Drive 30 s of dense with real key events, steering a little on purpose.
  await page.waitForSelector('[data-testid=start-drive]');
  expect(await page.textContent('[data-testid=scenario-id]')).toContain('dense@1#1');
  expect(await recordings.count()).toBe(0);
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-testid=hud]');
  await driveByKeyboard(page, 50);
  await page.keyboard.down('KeyA');
  await page.waitForTimeout(250);
  await page.keyboard.up('KeyA');
  await driveByKeyboard(page, 300);
  const driven = await bodyState(page);
  expect(Number(driven['tick'])).toBeGreaterThanOrEqual(300);
  await page.keyboard.press('Escape');

  // The recording is in the list.
  await page.waitForSelector('[data-testid=drive-result]');
  await expect.poll(() => recordings.count()).toBe(1);
  expect(await recordings.first().textContent()).toContain('dense@1#1');
  const result = await page.textContent('[data-testid=drive-result]');
  expect(result).toMatch(/Contact\s*none/);

  // Learn from it.
  await page.click('[data-testid=drive-result] .button--primary');
  await page.waitForSelector('[data-testid=learn-start]');
  await page.click('[data-testid=learn-start]');
  await page.waitForSelector('[data-testid=learn-result]');
  const bars = await page.locator('[data-testid=weight-chart] [data-feature]').count();
  expect(bars).toBeGreaterThanOrEqual(12);
  expect(await page.locator('[data-testid=feature-means] tbody tr').count()).toBe(bars);
  expect(
    Number(/Scenes\s*(\d+)/.exec((await page.textContent('[data-testid=fit-figures]')) ?? '')?.[1]),
  ).toBeGreaterThan(15);

  // The weights of maximum entropy are there; the agent is being matched, until that is enough.
  expect(await page.getAttribute('[data-testid=matching]', 'data-matching')).toBe('going-on');
  expect((await bodyState(page))['state']).toBe('matching');
  expect(await page.isDisabled('[data-testid=learn-start]')).toBe(true);
  await page.click('[data-testid=stop-matching]');
  await page.waitForSelector('[data-matching]:not([data-matching=going-on])');
  expect((await bodyState(page))['state']).toBe('idle');
  expect(await page.isEnabled('[data-testid=learn-start]')).toBe(true);

  // The agent drives the same id beside the ghost.
  await page.click('[data-testid=watch-learned]');
  await page.waitForSelector('[data-testid=timeline]');
  expect(await page.textContent('[data-testid=watch-scenario-id]')).toBe('dense@1#1');
  const ghost = page.locator('[data-testid=choose-ghost] option:checked');
  expect(await ghost.textContent()).toContain('Tester');
  await waitForBody(page, 'simulated', Number(driven['tick']), 150_000);
  const watched = await bodyState(page);
  expect(watched['simulated']).toBe(watched['total']);
  expect(watched['collisions']).toBe('0');
  expect(await page.textContent('[data-testid=simulated]')).toContain('no collision');
  await waitForBody(page, 'tick', 20);

  // A reload finds it again.
  await page.goto(`${app.url}#mode=drive`);
  await page.reload();
  await expect.poll(() => recordings.count()).toBe(1);
  expect(await recordings.first().textContent()).toContain('Tester');
  expect(errors).toEqual([]);
});
