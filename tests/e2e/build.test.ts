import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../tools/browser.ts';

/** What a first visit may download before something moves [bytes, gzipped]. */
const BUDGET = 350_000;

let outDir: string;
let server: PreviewServer;
let browser: Browser;
beforeAll(async () => {
  outDir = mkdtempSync(join(tmpdir(), 'understudy-build-'));
  await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } });
  server = await preview({ build: { outDir }, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  browser = await chromium.launch(await findBrowser());
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(outDir, { recursive: true, force: true });
});

test('the first script and what it imports stay within the budget', () => {
  const html = readFileSync(join(outDir, 'index.html'), 'utf8');
  const first = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]!);
  expect(first.length).toBeGreaterThan(1);
  const bytes = first.reduce((sum, file) => sum + gzipSync(readFileSync(join(outDir, file))).length, 0);
  expect(bytes).toBeLessThan(BUDGET);
});

test('the built page learns from a bundled drive in its worker and watches the result', async () => {
  const page = await browser.newPage({ viewport: { width: 640, height: 360 } });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.addInitScript(() => localStorage.setItem('understudy.preferences', '{"quality":"low","welcomed":true}'));
  await page.goto(`${server.resolvedUrls!.local[0]}#mode=learn&recording=demo-calm`);
  await page.click('[data-testid=learn-start]');
  await page.waitForSelector('[data-testid=learn-result]', { timeout: 60_000 });
  await page.click('[data-testid=watch-learned]');
  await page.waitForFunction(() => Number(document.body.dataset['tick']) > 5, null, { timeout: 60_000 });
  expect(errors).toEqual([]);
});
