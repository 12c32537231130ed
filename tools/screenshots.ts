// Takes the pictures of docs/screenshots from the running page: npm run screenshots
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openServedBrowser } from './servedBrowser.ts';
import { shrinkPng } from './shrinkPng.ts';

const OUT = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const SIZE = { width: 1120, height: 630 };
/** A machine without a graphics card draws a few frames a second at this size. */
const PATIENCE_MS = 180_000;
const PREFERENCES = { welcomed: true, driverName: 'script', quality: 'high', camera: 'chase', plots: true };

const { browser, url, close } = await openServedBrowser();
try {
  mkdirSync(OUT, { recursive: true });
  // What this script drives by keys the page must take for a person's; in a profile of its own no other picture shows
  // it so.
  for (const takePictures of [takeDrive, takeLearnWatchTune]) {
    const context = await browser.newContext({ viewport: SIZE, locale: 'en-GB', reducedMotion: 'reduce' });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript((preferences) => {
      localStorage.setItem('understudy.preferences', preferences);
    }, JSON.stringify(PREFERENCES));
    const page = await context.newPage();
    page.on('pageerror', (error) => {
      throw error;
    });
    await takePictures(page, url);
    await context.close();
  }
} finally {
  await close();
}

async function takeDrive(page: Page, url: string): Promise<void> {
  await page.goto(`${url}#mode=drive&scenario=${encodeURIComponent('dense@1#4')}`);
  await page.click('[data-testid=start-drive]');
  await waitForTick(page, 40);
  await take(page, 'drive');
}

async function takeLearnWatchTune(page: Page, url: string): Promise<void> {
  // Two bundled styles on the same road give a result worth looking at.
  await page.goto(`${url}#mode=learn&recording=demo-brisk`);
  await page.check('#pick-demo-calm');
  await page.click('[data-testid=learn-start]');
  await page.waitForSelector('[data-testid=learn-result]');
  await page.locator('[data-testid=toast] button').first().click();
  await page.waitForSelector('[data-matching]:not([data-matching=going-on])');
  await take(page, 'learn');

  await page.click('[data-testid=watch-learned]');
  await page.waitForSelector('[data-testid=why]:not([hidden])');
  await waitForSimulation(page);
  await seek(page, 4.5);
  await take(page, 'watch');

  await page.click('[data-testid=tab-tune]');
  await page.waitForSelector('[data-testid=tune-sliders] input');
  await waitForSimulation(page);
  await seek(page, 8);
  await take(page, 'tune');
}

function waitForTick(page: Page, tick: number): Promise<unknown> {
  return page.waitForFunction((bound) => Number(document.body.dataset['tick'] ?? 0) >= bound, tick);
}

function waitForSimulation(page: Page): Promise<unknown> {
  return page.waitForFunction(() => {
    const { simulated, total } = document.body.dataset;
    return total !== undefined && simulated === total;
  });
}

/** Pauses at a time [s]. */
async function seek(page: Page, timeS: number): Promise<void> {
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const seconds = Math.floor(timeS);
  for (let i = 0; i < seconds; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.waitForTimeout(1500);
}

/** Playwright's own screenshot waits for a quiet page, which one that animates never is. */
async function take(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
  await session.detach();
  const bytes = shrinkPng(Buffer.from(data, 'base64'));
  writeFileSync(`${OUT}${name}.png`, bytes);
  console.log(`docs/screenshots/${name}.png  ${(bytes.length / 1e3).toFixed(0)} kB`);
}
