import type { BrowserContext, Page } from 'playwright-core';
import { openServedBrowser } from '../../tools/servedBrowser.ts';

/** The page in a real browser, served as `npm start` serves it. */
export interface AppPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly url: string;
  /** Uncaught errors of the page so far. */
  readonly errors: readonly string[];
  /** A further tab of the same browser profile. */
  open(hash?: string): Promise<Page>;
  close(): Promise<void>;
}

/** Preferences of a visitor who has been here before, so that no welcome card is in the way. */
const KNOWN_VISITOR = JSON.stringify({ welcomed: true, driverName: 'Tester', quality: 'low' });

/** Serves the page and opens it. @param hash address after the page's, such as `#mode=learn` */
export async function openApp({ hash = '', welcomed = true } = {}): Promise<AppPage> {
  const { browser, url, close } = await openServedBrowser();
  const context = await browser.newContext({ viewport: { width: 640, height: 360 }, acceptDownloads: true });
  context.setDefaultTimeout(60_000);
  const errors: string[] = [];
  if (welcomed) {
    await context.addInitScript((preferences) => {
      if (localStorage.getItem('understudy.preferences') === null) {
        localStorage.setItem('understudy.preferences', preferences);
      }
    }, KNOWN_VISITOR);
  }
  const open = async (to = '') => {
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    await page.goto(url + to);
    return page;
  };
  return {
    page: await open(hash),
    context,
    url,
    errors,
    open,
    close,
  };
}

/** What the page says of itself on its body. */
export function bodyState(page: Page): Promise<Record<string, string | undefined>> {
  return page.evaluate(() => ({ ...document.body.dataset }));
}

/**
 * Waits until a number on the body passes a bound.
 * @throws RangeError when the bound is no number, which nothing passes
 */
export async function waitForBody(page: Page, name: string, atLeast: number, timeout = 60_000): Promise<void> {
  if (Number.isNaN(atLeast)) throw new RangeError(`waiting for ${name}: the bound is NaN; expected a number`);
  await page.waitForFunction(
    ([key, bound]) => Number(document.body.dataset[key as string] ?? Number.NaN) >= Number(bound),
    [name, atLeast] as const,
    { timeout, polling: 100 },
  );
}
