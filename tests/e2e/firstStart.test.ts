import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppPage, bodyState, openApp, waitForBody } from './appPage.ts';

let app: AppPage;
beforeAll(async () => {
  app = await openApp({ welcomed: false });
});
afterAll(() => app?.close());

test('a new visitor sees a card with something moving behind it, and comes to driving', async () => {
  const { page, errors } = app;
  await page.waitForSelector('[data-testid=welcome]');
  await expect.poll(() => page.textContent('.welcome__caption')).toContain('scripted driver');
  const picture = () => page.locator('[data-testid=scene]').screenshot();
  const first = await picture();
  await page.waitForTimeout(500);
  expect(Buffer.compare(first, await picture())).not.toBe(0);

  await page.keyboard.press('?');
  const help = page.locator('[data-testid=help]');
  await help.waitFor();
  expect(await help.textContent()).toContain('Hand the wheel over');
  await page.keyboard.press('Escape');

  await page.click('[data-testid=welcome-drive]');
  await page.waitForSelector('[data-testid=start-drive]');
  expect(await page.locator('[data-testid=welcome]').count()).toBe(0);
  expect(await page.locator('[data-testid=recording][data-label=scripted]').count()).toBe(3);
  expect(errors).toEqual([]);
});

test('keys are left alone while somebody types', async () => {
  const { page } = app;
  await page.fill('#driver-name', '');
  await page.focus('#driver-name');
  await page.keyboard.type('Cap H?');
  expect(await page.inputValue('#driver-name')).toBe('Cap H?');
  expect(await page.locator('[data-testid=help][open]').count()).toBe(0);
});

test('parameters, seed and family make the id, and the id makes the page', async () => {
  const { page } = app;
  await page.goto(`${app.url}#mode=drive&scenario=${encodeURIComponent('cut-in@1?gap=21#7')}`);
  await expect.poll(() => page.textContent('[data-testid=scenario-id]')).toContain('cut-in@1?gap=21#7');
  await page.goto(`${app.url}#mode=drive&scenario=${encodeURIComponent('cut-in@1?gap=9999#7')}`);
  await expect.poll(() => page.textContent('[data-testid=toasts]')).toMatch(/gap.*9999.*expected/s);
});

test('an address of an unknown scenario is refused instead of opening another one in silence', async () => {
  const { page } = app;
  await page.goto(`${app.url}#mode=drive&scenario=${encodeURIComponent('nosuch@1#7')}`);
  await expect.poll(() => page.textContent('[data-testid=toasts]')).toMatch(/nosuch.*expected/s);
  await page.goto(`${app.url}#mode=drive&scenario=${encodeURIComponent('dense@9#3')}`);
  await expect.poll(() => page.textContent('[data-testid=toasts]')).toMatch(/version.*9.*expected/s);
  // They stay until they are closed, and lie over the button that starts a drive.
  const close = page.locator('[data-testid=toast] [aria-label=Dismiss]');
  while ((await close.count()) > 0) await close.first().click();
});

test('the list of keys stops the drive while it is open, Esc closes it, and the tab of the page ends nothing', async () => {
  const { page } = app;
  await page.goto(`${app.url}#mode=drive&scenario=${encodeURIComponent('free-flow@1#1')}`);
  await page.click('[data-testid=start-drive]');
  await waitForBody(page, 'tick', 3);
  await page.keyboard.press('?');
  await page.waitForSelector('[data-testid=help][open]');
  const stopped = Number((await bodyState(page))['tick']);
  await page.waitForTimeout(500);
  expect(Number((await bodyState(page))['tick'])).toBeLessThanOrEqual(stopped + 1);
  await page.keyboard.press('Escape');
  expect(await page.locator('[data-testid=help][open]').count()).toBe(0);
  await page.click('[data-testid=tab-drive]');
  await waitForBody(page, 'tick', stopped + 3);
  // Tab reaches no button that the space bar, which brakes, would press.
  for (let k = 0; k < 3; k++) await page.keyboard.press('Tab');
  await page.keyboard.press('Space', { delay: 100 });
  await waitForBody(page, 'tick', stopped + 6);
  expect((await bodyState(page))['state']).toBe('driving');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[data-testid=drive-result]');
});

test('the scenario that was chosen is still chosen after the drive', async () => {
  const { page } = app;
  await page.goto(`${app.url}#mode=drive`);
  await page.waitForSelector('[data-testid=start-drive]');
  await page.locator('.settings select').first().selectOption('hard-braking-leader');
  const chosen = await page.textContent('[data-testid=scenario-id]');
  expect(chosen).toContain('hard-braking-leader@');
  await page.click('[data-testid=start-drive]');
  await waitForBody(page, 'tick', 3);
  await page.keyboard.press('Escape');
  await page.waitForSelector('[data-testid=drive-result]');
  expect(await page.textContent('[data-testid=scenario-id]')).toBe(chosen);
  expect(decodeURIComponent(page.url())).toContain('hard-braking-leader@');
});

test('panels that were hidden are there again on another page', async () => {
  const { page } = app;
  await page.goto(`${app.url}#mode=drive`);
  await page.waitForSelector('[data-testid=start-drive]');
  await page.keyboard.press('h');
  await expect.poll(() => page.isVisible('[data-testid=start-drive]')).toBe(false);
  await page.click('[data-testid=tab-learn]');
  await expect.poll(() => page.isVisible('[data-testid=learn-start]')).toBe(true);
});

test('losing the focus releases the keys', async () => {
  const { page, errors } = app;
  await page.goto(`${app.url}#mode=drive&scenario=${encodeURIComponent('free-flow@1#1')}`);
  await page.click('[data-testid=start-drive]');
  await page.waitForSelector('[data-testid=hud]');
  const throttle = () =>
    page.evaluate(() =>
      Number(getComputedStyle(document.querySelector('.hud__pedal--throttle')!).getPropertyValue('--level')),
    );
  await page.keyboard.down('KeyW');
  await expect.poll(throttle).toBeGreaterThan(0.5);
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect.poll(throttle).toBe(0);
  await page.keyboard.up('KeyW');
  await page.keyboard.press('Escape');
  expect(errors).toEqual([]);
});

test('the result of a drive that is left at once appears on no other page', async () => {
  const { page } = app;
  await page.goto(`${app.url}#mode=learn`);
  await page.waitForSelector('[data-testid=learn-start]');
  await page.goto(`${app.url}#mode=drive&scenario=${encodeURIComponent('free-flow@1#1')}`);
  await page.click('[data-testid=start-drive]');
  await waitForBody(page, 'tick', 30);
  const kept = await page.evaluate(async () => {
    dispatchEvent(new KeyboardEvent('keydown', { code: 'Escape' }));
    location.hash = 'mode=learn';
    return document.body.dataset['state'];
  });
  expect(kept).toBe('idle');
  // The drive is stored, which is when its result would be shown.
  await page.locator('[data-testid=recording][data-label=human]').first().waitFor();
  await page.waitForTimeout(300);
  expect((await bodyState(page))['mode']).toBe('learn');
  expect(await page.locator('[data-testid=drive-result]').count()).toBe(0);
});
