import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { createServer } from 'vite';
import { findBrowser } from './browser.ts';

/** A Chromium, and the checkout served by Vite for it as `npm start` serves it. */
export interface ServedBrowser {
  readonly browser: Browser;
  /** Of the page; ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Opens both; the page has a port of its own.
 * @throws Error when the page cannot be served or no browser starts; nothing is left running then
 */
export async function openServedBrowser(): Promise<ServedBrowser> {
  const server = await createServer({
    root: ROOT,
    configFile: `${ROOT}vite.config.ts`,
    // Nobody edits a page that is being driven, and a reload would end it.
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
    logLevel: 'error',
  });
  try {
    await server.listen();
    const browser = await chromium.launch(await findBrowser());
    return {
      browser,
      url: server.resolvedUrls!.local[0]!,
      async close() {
        try {
          await browser.close();
        } finally {
          await server.close();
        }
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
