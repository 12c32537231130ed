import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatReward } from '../../irl/learn/rewardFile.ts';
import { handmadeReward } from '../fixtures/handmadeReward.ts';
import { type AppPage, bodyState, openApp, waitForBody } from './appPage.ts';
import { dropFile } from './dropFile.ts';

let app: AppPage;
beforeAll(async () => {
  app = await openApp();
  await app.page.waitForSelector('[data-testid=recording-list]');
  await dropFile(app.page, 'handmade.json', formatReward(handmadeReward()));
  await app.page.locator('[data-testid=toast]', { hasText: 'handmade' }).waitFor();
  await app.page.goto(`${app.url}#mode=watch&recording=demo-calm`);
  await app.page.waitForSelector('[data-testid=timeline]');
});
afterAll(() => app?.close());

const state = async (name: string) => (await bodyState(app.page))[name];
const tick = async () => Number(await state('tick'));
/** Ticks of what is shown; the body has them from the first frame of a mode on. */
const totalTicks = async () => {
  await waitForBody(app.page, 'total', 1);
  return Number(await state('total'));
};

test('the timeline plays, pauses, steps and scrubs what is simulated', async () => {
  const { page } = app;
  await waitForBody(page, 'simulated', 60);
  await waitForBody(page, 'tick', 5);
  await page.keyboard.press('Space');
  const paused = await tick();
  await page.waitForTimeout(400);
  expect(await tick()).toBe(paused);
  await page.keyboard.press('ArrowRight');
  await expect.poll(tick).toBe(paused + 1);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(tick).toBe(paused + 11);
  await page.keyboard.press('Home');
  await expect.poll(tick).toBe(0);

  const slider = page.locator('[data-testid=timeline]');
  const box = (await slider.boundingBox())!;
  await page.mouse.click(box.x + 8 + 0.1 * (box.width - 16), box.y + box.height / 2);
  const total = await totalTicks();
  await expect.poll(tick).toBeGreaterThan(0.06 * total);
  expect(await tick()).toBeLessThan(0.14 * total);
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/^\d+\.\d of 25\.0 seconds$/);

  await page.keyboard.press(']');
  await expect.poll(() => page.textContent('[data-testid=rate]')).toBe('2×');
  await page.keyboard.press('[');
});

test('the reasons of the displayed decision are told, and change with the time', async () => {
  const { page } = app;
  await page.keyboard.press('Home');
  const why = page.locator('[data-testid=why]');
  await why.waitFor();
  const first = await why.textContent();
  expect(first).toMatch(/Chose .+ over .+/);
  expect(first).toMatch(/\d+ motions weighed/);
  await waitForBody(page, 'simulated', 60);
  for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => why.textContent()).not.toBe(first);
});

test('P gives the wheel to the person at the displayed tick, and back to the agent', async () => {
  const { page } = app;
  await waitForBody(page, 'simulated', await totalTicks(), 120_000);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('p');
  await expect.poll(() => state('wheel')).toBe('person');
  const before = Number(await state('speed'));
  await page.keyboard.down('Space');
  await waitForBody(page, 'tick', 30);
  await page.keyboard.up('Space');
  expect(Number(await state('speed'))).toBeLessThan(before - 4);
  await page.keyboard.press('p');
  await expect.poll(() => state('wheel')).toBe('agent');
  await waitForBody(page, 'simulated', await totalTicks(), 120_000);
  const takeOvers = page.locator('[data-testid=timeline] [data-kind=take-over][data-whose=agent]');
  await expect.poll(() => takeOvers.count()).toBe(2);
});

test('a slider changes what the agent does from the displayed tick on', async () => {
  const { page } = app;
  await page.click('[data-testid=tab-tune]');
  await page.waitForSelector('[data-testid=tune-sliders] input');
  const total = await totalTicks();
  const finalSpeed = async () => {
    await waitForBody(page, 'simulated', total, 120_000);
    await page.keyboard.press('End');
    await expect.poll(tick).toBe(total);
    return Number(await state('speed'));
  };
  const meanSpeed = async (column: string) => {
    const cell = page.locator(`[data-testid=outcome-${column}-meanSpeed]:not(.outcomes__waiting)`);
    return Number(await cell.textContent({ timeout: 120_000 }));
  };
  const learned = await finalSpeed();
  const untuned = await meanSpeed('A');
  expect(await meanSpeed('person')).toBeGreaterThan(50);
  await page.keyboard.press('Home');
  await expect.poll(tick).toBe(0);
  const speed = page.locator('[data-feature=speed] input');
  await speed.fill('-8');
  await speed.press('Enter');
  await speed.blur();
  await expect.poll(async () => Number(await state('simulated'))).toBeLessThan(total);
  const tuned = await finalSpeed();
  expect(tuned).toBeLessThan(learned - 3);
  expect(await meanSpeed('A')).toBeLessThan(untuned - 5);
  expect(await meanSpeed('B')).toBe(untuned);
  // A look at Watch, where the learned weights drive, loses nothing of it.
  await page.click('[data-testid=tab-watch]');
  await expect.poll(finalSpeed, { timeout: 120_000 }).toBeCloseTo(learned, 6);
  await page.click('[data-testid=tab-tune]');
  await page.waitForSelector('[data-testid=tune-sliders] input');
  expect(await speed.inputValue()).toBe('-8.00');
  await expect.poll(finalSpeed, { timeout: 120_000 }).toBeLessThan(learned - 3);
  expect(app.errors).toEqual([]);
});
