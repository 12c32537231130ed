import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppPage, openApp, waitForBody } from './appPage.ts';

let app: AppPage;
beforeAll(async () => {
  app = await openApp({ hash: '#mode=learn' });
  await app.context.addInitScript(() => {
    const open = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind.startsWith('webgl') ? null : (open as (...all: unknown[]) => unknown).call(this, kind, ...rest);
    } as typeof open;
  });
});
afterAll(() => app?.close());

test('without WebGL the page says so, and drives, records and lists as before', async () => {
  const page = await app.open('#mode=drive');
  await expect.poll(() => page.textContent('[data-testid=toasts]')).toContain('No 3D picture');
  await page.click('[data-testid=start-drive]');
  await waitForBody(page, 'tick', 25);
  await page.keyboard.press('Escape');
  await page.waitForSelector('[data-testid=drive-result]');
  await expect.poll(() => page.locator('[data-testid=recording][data-label=human]').count()).toBe(1);
  expect(app.errors).toEqual([]);
});

test('where the browser refuses a database, recordings last as long as the page, and the page says so', async () => {
  await app.context.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      value: {
        open() {
          throw new DOMException('not allowed here', 'SecurityError');
        },
      },
    });
  });
  const page = await app.open('#mode=drive');
  await expect.poll(() => page.textContent('[data-testid=toasts]')).toContain('only as long as this page is open');
  await page.click('[data-testid=start-drive]');
  await waitForBody(page, 'tick', 25);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('[data-testid=recording][data-label=human]').count()).toBe(1);
  expect(app.errors).toEqual([]);
});
