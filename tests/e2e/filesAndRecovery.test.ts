import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatReward } from '../../irl/learn/rewardFile.ts';
import { handmadeReward } from '../fixtures/handmadeReward.ts';
import { type AppPage, bodyState, openApp, waitForBody } from './appPage.ts';
import { dropFile } from './dropFile.ts';

const DEMO = new Uint8Array(readFileSync(new URL('../../recordings/demos/calm.mcap', import.meta.url)));

let app: AppPage;
beforeAll(async () => {
  app = await openApp();
  await app.page.waitForSelector('[data-testid=recording-list]');
});
afterAll(() => app?.close());

const toasts = async () => (await app.page.locator('[data-testid=toast]').allTextContents()).join('\n');
const kept = (label: string) => app.page.locator(`[data-testid=recording][data-label=${label}]`);

test('a dropped recording is in the list, can be downloaded byte by byte, deleted and brought back', async () => {
  const { page } = app;
  const scripted = () => kept('scripted').filter({ has: page.locator('[data-testid=delete-recording]') });
  await dropFile(page, 'my drive.mcap', DEMO);
  await expect.poll(() => scripted().count()).toBe(1);
  expect(await toasts()).toContain('my drive.mcap');

  const download = page.waitForEvent('download');
  await scripted().locator('[data-testid=download-recording]').click();
  const path = await (await download).path();
  expect(Buffer.compare(readFileSync(path), DEMO)).toBe(0);

  await scripted().locator('[data-testid=delete-recording]').click();
  await expect.poll(() => scripted().count()).toBe(0);
  await page.locator('[data-testid=toast] button', { hasText: 'Undo' }).click();
  await expect.poll(() => scripted().count()).toBe(1);
});

test('files can be chosen as well as dropped, several at once', async () => {
  const { page } = app;
  const before = await kept('scripted').count();
  await page.setInputFiles('[data-testid=open-files]', [
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') },
    { name: 'chosen.mcap', mimeType: 'application/octet-stream', buffer: Buffer.from(DEMO) },
  ]);
  await expect.poll(() => kept('scripted').count()).toBe(before + 1);
  expect(await toasts()).toContain('notes.txt: expected a recording (.mcap) or a reward (.json)');
  await page.locator('[data-testid=delete-recording]').first().click();
  await expect.poll(() => kept('scripted').count()).toBe(before);
});

test('a damaged recording is taken up to the damage, and says so', async () => {
  const { page } = app;
  await dropFile(page, 'cut.mcap', DEMO.slice(0, DEMO.length * 0.6));
  await expect.poll(toasts).toContain('cut.mcap');
  await expect.poll(() => page.locator('.recording__warning').first().textContent()).toMatch(/recovered \d+\.\d s/);
});

test('a file that is no recording is refused with name, finding and expectation', async () => {
  const { page } = app;
  await dropFile(page, 'holiday.mcap', 'not a recording at all');
  await expect.poll(toasts).toMatch(/holiday\.mcap.*the file begins with the bytes.*expected an MCAP file/s);
  await dropFile(page, 'notes.txt', 'hello');
  await expect.poll(toasts).toContain('notes.txt: expected a recording (.mcap) or a reward (.json)');
});

test('a reward with a wrong field is refused with path, value and expectation; a right one can drive', async () => {
  const { page } = app;
  const reward = handmadeReward();
  const wrong = { ...reward, features: reward.features.map((term, i) => (i === 2 ? { ...term, scale: -1 } : term)) };
  await dropFile(page, 'wrong.json', JSON.stringify(wrong));
  await expect.poll(toasts).toMatch(/wrong\.json.*features\[2\]\.scale.*-1.*expected/s);
  await dropFile(page, 'right.json', formatReward(reward));
  await expect.poll(toasts).toContain('handmade');
});

test('a kept reward can be renamed, deleted and brought back, and neither a name nor a press is lost', async () => {
  const { page } = app;
  await page.goto(`${app.url}#mode=learn`);
  await page.click('[data-testid=kept-rewards] summary');
  const names = () => page.locator('[data-testid=reward] .recording__name').allTextContents();
  const focus = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid']);
  expect(await names()).toEqual(['handmade']);
  await page.click('[data-testid=rename-reward]');
  await page.keyboard.type('given up');
  await page.keyboard.press('Escape');
  expect(await names()).toEqual(['handmade']);
  await page.click('[data-testid=rename-reward]');
  await page.keyboard.type('mi');
  // Another reward comes while a name is being typed.
  await dropFile(page, 'other.json', formatReward({ ...handmadeReward(), name: 'mine' }));
  await expect.poll(names).toEqual(['mine']);
  await page.keyboard.type('ne');
  await page.keyboard.press('Enter');
  expect(await names()).toEqual(['mine', 'mine 2']);
  expect(await focus()).toBe('rename-reward');
  // A press elsewhere ends the typing, and counts.
  await page.locator('[data-testid=rename-reward]').nth(1).click();
  await page.keyboard.type('ours');
  await page.locator('[data-testid=delete-reward]').first().click();
  expect(await names()).toEqual(['ours']);
  expect(await focus()).toBe('delete-reward');
  await page.click('[data-testid=delete-reward]');
  expect(await names()).toEqual([]);
  await page.locator('[data-testid=toast]', { hasText: 'ours' }).locator('button', { hasText: 'Undo' }).click();
  expect(await names()).toEqual(['ours']);
  await page.click('[data-testid=tune-reward]');
  await page.waitForSelector('[data-testid=tune-sliders]');
  expect(await page.locator('[data-testid=choose-driver] option:checked').textContent()).toBe('ours');
});

test('what an address names and this browser does not have is told, and something else is shown', async () => {
  const { page } = app;
  await page.goto(`${app.url}#mode=watch&recording=drive-99`);
  await expect.poll(toasts).toMatch(/dense@1#1 is shown instead.*no recording .*99.* in this browser/);
  await page.waitForSelector('[data-testid=timeline]');
  expect(await page.textContent('[data-testid=watch-scenario-id]')).toBe('dense@1#1');
  await page.goto(`${app.url}#mode=learn&recording=drive-98`);
  await expect.poll(toasts).toMatch(/no recording .*98.* in this browser/);
  await page.waitForSelector('[data-testid=learn-start]');
});

test('a page that opens with Learn has the drive that the address names chosen', async () => {
  const { page } = app;
  await dropFile(page, 'kept.mcap', DEMO);
  await expect.poll(toasts).toContain('kept.mcap is in the list');
  const id = await kept('scripted').first().getAttribute('data-recording');
  await page.goto(`${app.url}#mode=learn&recording=${id}`);
  await page.reload();
  expect(await page.locator(`[data-testid=recording][data-recording=${id}] input`).isChecked()).toBe(true);
  await page.goto(`${app.url}#mode=drive`);
});

test('a drive whose tab was closed is offered at the next start, and recovered to the second', async () => {
  const { page } = app;
  await page.click('[data-testid=start-drive]');
  await waitForBody(page, 'tick', 35);
  const ticks = Number((await bodyState(page))['tick']);
  await page.close();

  const next = await app.open();
  const offer = next.locator('[data-testid=toast]', { hasText: 'The page was closed during a drive' });
  await offer.waitFor();
  await offer.locator('button', { hasText: 'Recover' }).click();
  const row = next.locator('[data-testid=recording][data-label=human]');
  await expect.poll(() => row.locator('[data-testid=watch-recording]').count()).toBe(1);
  const seconds = Number(/0:(\d\d)/.exec((await row.textContent()) ?? '')?.[1]);
  expect(seconds).toBeGreaterThanOrEqual(Math.floor(ticks / 10) - 1);
  expect(app.errors).toEqual([]);
});
