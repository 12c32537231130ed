// Time from Learn to the reward shown for ten minutes of scripted driving, in the built page in a real Chromium, and
// what the page's frames are like meanwhile: npx tsx bench/pageLearn.ts [--runs n] [--json]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { build, preview } from 'vite';
import { quantile } from '../irl/learn/quantile.ts';
import { findBrowser } from '../tools/browser.ts';
import { PAGE_DRIVES, recordPageDrives } from './pageDrives.ts';
import { publishResult } from './publishResult.ts';

const VIEWPORT = { width: 640, height: 360 };
const PREFERENCES = { welcomed: true, driverName: 'script', quality: 'low' };
const asked = process.argv.indexOf('--runs');
const RUNS = asked < 0 ? 3 : Number(process.argv[asked + 1]);
if (!(RUNS >= 1)) throw new Error(`--runs ${process.argv[asked + 1]}: expected a number from 1`);
/** How long the page is watched at rest [ms]. */
const AT_REST_MS = 4000;
const PATIENCE_MS = 300_000;
/**
 * Cores that the page is told of, with one of which nothing is shared out, and what draws its picture. `none` stands
 * for a machine whose graphics card draws: here the picture is drawn by the cores that learn, which is measured beside
 * it.
 */
const SETTINGS: readonly Setting[] = [
  { cores: 1, picture: 'none' },
  { cores: 2, picture: 'none' },
  { cores: 2, picture: 'software' },
];

interface Setting {
  readonly cores: number;
  readonly picture: 'none' | 'software';
}

interface Frames {
  readonly frames: number;
  /** Time from one frame to the next [ms]. */
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
  /** Work of the page's own in a frame, a running mean at the end [ms]. */
  readonly workMs: number;
  /** Longest task of the main thread beyond 50 ms [ms]; 0 where there was none. */
  readonly longestTask: number;
}

const drives = recordPageDrives().map((bytes) => Buffer.from(bytes));

const outDir = mkdtempSync(join(tmpdir(), 'understudy-page-'));
await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } });
const server = await preview({ build: { outDir }, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
const browser = await chromium.launch(await findBrowser());
const version = browser.version();
try {
  const measured: { readonly setting: Setting; readonly run: Awaited<ReturnType<typeof measure>> }[] = [];
  for (let run = 0; run < RUNS; run++) {
    // By turns, so that whatever else the machine does falls on all alike.
    for (const setting of SETTINGS) {
      const one = await measure(setting);
      measured.push({ setting, run: one });
      console.error(
        `${setting.cores} cores, picture ${setting.picture}: ${one.seconds.toFixed(2)} s, CPU ${one.cpuSeconds.toFixed(2)} s`,
      );
    }
  }
  publishResult('pageLearn', {
    ...PAGE_DRIVES,
    minutes: (PAGE_DRIVES.scenarios.length * PAGE_DRIVES.ticks) / 600,
    chromium: version,
    viewport: VIEWPORT,
    scenes: measured[0]!.run.scenes,
    rows: SETTINGS.map((setting) => {
      const own = measured.filter((one) => one.setting === setting).map(({ run }) => run);
      const median = (key: 'seconds' | 'cpuSeconds') =>
        quantile(
          own.map((run) => run[key]),
          0.5,
        );
      return {
        ...setting,
        seconds: median('seconds'),
        cpuSeconds: median('cpuSeconds'),
        runs: own.map(({ scenes: _, ...run }) => run),
      };
    }),
  });
} finally {
  await browser.close();
  await server.close();
  rmSync(outDir, { recursive: true, force: true });
}

/** One press of Learn in a browser profile of its own. */
async function measure({ cores, picture }: Setting) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  context.setDefaultTimeout(PATIENCE_MS);
  // What tsx puts around named functions, which are sent to the page as text.
  await context.addInitScript('globalThis.__name = (named) => named');
  await context.addInitScript(
    ([preferences, count, isDrawn]) => {
      localStorage.setItem('understudy.preferences', preferences as string);
      Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
      if (!isDrawn) HTMLCanvasElement.prototype.getContext = () => null;
    },
    [JSON.stringify(PREFERENCES), cores, picture !== 'none'] as const,
  );
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${server.resolvedUrls!.local[0]}#mode=learn`);
  await page.waitForSelector('[data-testid=recording-list]');
  const kept = page.locator('[data-testid=recording]:not([data-recording^=demo-]) input');
  for (const [i, bytes] of drives.entries()) {
    await drop(page, `drive ${i}.mcap`, bytes);
    await kept.nth(i).waitFor();
  }
  for (let i = 0; i < drives.length; i++) await kept.nth(i).check();
  await page.evaluate(watchFrames);
  await page.waitForTimeout(2000);
  await page.evaluate(() => globalThis.takeFrames());
  await page.waitForTimeout(AT_REST_MS);
  const atRest = framesOf(await page.evaluate(() => globalThis.takeFrames()));
  const before = await rendererSeconds();
  const { seconds, stages, frames } = await page.evaluate(pressLearn);
  const cpuSeconds = (await rendererSeconds()) - before;
  const learning = framesOf(frames);
  const figures = (await page.textContent('[data-testid=fit-figures]')) ?? '';
  await context.close();
  return { seconds, cpuSeconds, stages, atRest, learning, scenes: Number(/Scenes\s*(\d+)/.exec(figures)?.[1]) };
}

/**
 * CPU time of the pages' processes, workers included [s]: what others do on the machine makes it less false than the
 * time on the clock.
 */
async function rendererSeconds(): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === 'renderer' ? cpuTime : 0), 0);
}

/** What the page notes of its frames. */
interface SeenFrames {
  readonly times: readonly number[];
  readonly tasks: readonly number[];
  readonly workMs: number;
}

declare global {
  /** Frames since the last call. */
  var takeFrames: () => SeenFrames;
}

/** Runs in the page. */
function watchFrames(): void {
  let times: number[] = [];
  let tasks: number[] = [];
  const each = (now: number) => {
    times.push(now);
    requestAnimationFrame(each);
  };
  requestAnimationFrame(each);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push(entry.duration);
  }).observe({ type: 'longtask' });
  globalThis.takeFrames = () => {
    const seen = { times, tasks, workMs: Number(document.body.dataset['frameMs']) };
    times = times.slice(-1);
    tasks = [];
    return seen;
  };
}

/** Runs in the page: presses Learn and waits for the reward, noting when each stage begins. */
async function pressLearn() {
  const stages: Record<string, number> = {};
  const text = document.querySelector('.learn-progress [role=status]')!;
  globalThis.takeFrames();
  const start = performance.now();
  const note = () => {
    const stage = text.textContent?.split(/[ ,]/)[0] ?? '';
    if (stage !== '' && !(stage in stages)) stages[stage] = (performance.now() - start) / 1000;
  };
  new MutationObserver(note).observe(text, { childList: true, characterData: true, subtree: true });
  document.querySelector<HTMLElement>('[data-testid=learn-start]')!.click();
  while (!document.querySelector('[data-testid=learn-result]')) await new Promise(requestAnimationFrame);
  const seconds = (performance.now() - start) / 1000;
  return { seconds, stages, frames: globalThis.takeFrames() };
}

function framesOf({ times, tasks, workMs }: SeenFrames): Frames {
  const between = times.slice(1).map((time, i) => time - times[i]!);
  return {
    frames: between.length,
    median: quantile(between, 0.5),
    p95: quantile(between, 0.95),
    longest: Math.max(...between),
    workMs,
    longestTask: Math.max(0, ...tasks),
  };
}

/** Drops a file on the page. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, base64]) => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([Uint8Array.from(atob(base64!), (letter) => letter.charCodeAt(0))], file!));
      return dropped;
    },
    [name, bytes.toString('base64')] as const,
  );
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
  }
}
