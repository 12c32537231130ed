import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShelfReward } from '../../app/rewards/rewardShelf.ts';
import { writeRecording } from '../../recordings/writeRecording.ts';
import { steadyRecording } from '../fixtures/irl/steadyRecording.ts';
import { type AppPage, openApp } from './appPage.ts';
import { dropFile } from './dropFile.ts';

let app: AppPage;
beforeAll(async () => {
  app = await openApp({ hash: '#mode=learn&recording=demo-calm' });
});
afterAll(() => app?.close());

const MATCHING = '[data-testid=matching]';
const kind = () => app.page.getAttribute(MATCHING, 'data-matching');
const rewards = (): Promise<ShelfReward[]> =>
  app.page.evaluate(() => JSON.parse(localStorage.getItem('understudy.rewards') ?? '[]'));

/** What was shown and stored in the course of learning, however quickly one followed the other. */
interface Course {
  /** States of the matching, and whether the reward could be saved in each. */
  readonly stages: { readonly kind: string; readonly savable: boolean }[];
  /** Learners of the stored rewards, at every change of what is stored. */
  readonly stored: string[][];
}

/** Begins to note the course of learning; gives what reads it. */
async function noteCourse(): Promise<() => Promise<Course>> {
  await app.page.evaluate(() => {
    const course: Course = { stages: [], stored: [] };
    Object.assign(window, { course });
    new MutationObserver(() => {
      const kind = document.querySelector('[data-testid=matching]')?.getAttribute('data-matching');
      if (!kind || kind === course.stages.at(-1)?.kind) return;
      const save = document.querySelector<HTMLButtonElement>('[data-testid=save-reward]');
      course.stages.push({ kind, savable: save !== null && !save.disabled });
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, value) {
      if (key === 'understudy.rewards') {
        course.stored.push(JSON.parse(value).map(({ reward }: ShelfReward) => reward.learner.name));
      }
      setItem.call(this, key, value);
    };
  });
  return () => app.page.evaluate(() => (window as unknown as { course: Course }).course);
}

/** Few candidates make it quick. */
async function learn(candidates: number) {
  const { page } = app;
  if (!(await page.isVisible('#learn-candidates'))) await page.click('.fold summary');
  await page.fill('#learn-candidates', String(candidates));
  await page.click('[data-testid=learn-start]');
  await page.waitForSelector(MATCHING);
}

test('a reward can be used at once, and the matched one takes its place while the agent is watched', async () => {
  const { page } = app;
  await page.waitForSelector('[data-testid=learn-start]');
  const course = await noteCourse();
  await learn(20);
  const { stages, stored } = await course();
  expect(stages[0]).toEqual({ kind: 'going-on', savable: true });
  expect(stored[0]).toEqual(['maxent']);
  const [first, ...others] = await rewards();
  expect(others).toEqual([]);

  // Watching begins with what is there, and the matched one takes its place and its name.
  await page.click('[data-testid=watch-learned]');
  await page.waitForSelector('[data-testid=timeline]');
  expect(await page.inputValue('[data-testid=choose-driver]')).toBe(first!.id);
  await expect.poll(async () => (await rewards())[0]!.reward.learner.name, { timeout: 60_000 }).toBe('closed-loop');
  expect((await rewards()).map(({ id }) => id)).toEqual([first!.id]);

  await page.goto(`${app.url}#mode=learn`);
  await page.waitForSelector(MATCHING);
  expect(['matched', 'apart']).toContain(await kind());
  const text = await page.textContent('[data-testid=matching-text]');
  expect(text).toMatch(/^After \d+ rounds? of 9 drives of 5 s the largest gap to the driver is \d/);
  expect(await page.textContent('[data-testid=learn-result]')).toContain('what the agent does');
});

test('traffic that would not react is learned from without the agent, and the page says why', async () => {
  const { page, errors } = app;
  await page.goto(`${app.url}#mode=learn&recording=demo-calm`);
  await page.waitForSelector('[data-testid=recording-list]');
  const imported = steadyRecording({ ticks: 100, others: [{ s: 535, d: -5, sDot: 21 }], driverName: 'log' });
  await dropFile(page, 'imported.mcap', writeRecording(imported));
  const row = page.locator('[data-testid=recording]', { hasText: 'log' });
  await row.waitFor();
  await page.uncheck('#pick-demo-calm');
  await row.locator('input').check();
  await learn(20);
  await expect.poll(kind).toBe('left-out');
  expect(await page.textContent('[data-testid=matching-text]')).toMatch(
    /weights of maximum entropy: the agent cannot drive on from 1 of 1 recordings \(log: it has no commands/,
  );
  const [newest] = await rewards();
  expect(newest!.reward.learner).toMatchObject({ name: 'maxent', options: { insteadOf: 'closed-loop' } });
  expect(errors).toEqual([]);
});
