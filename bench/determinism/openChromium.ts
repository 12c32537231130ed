import { WorkFailed } from '../../cli/workFailed.ts';
import type { ServedBrowser } from '../../tools/servedBrowser.ts';
import type {} from './hashesInChromium.page.ts';
import type { DriveEnd, HashedDrive } from './hashOfDrive.ts';

/** A real Chromium with the simulator in it. */
export interface DrivingChromium {
  readonly version: string;
  hashOfDrive(drive: HashedDrive): Promise<DriveEnd>;
  close(): Promise<void>;
}

const PAGE = 'bench/determinism/hashesInChromium.html';
/** Longest time for the page to load, and for one drive [ms]. */
const PATIENCE_MS = 120_000;

/**
 * Serves the simulator by Vite and opens it in Chromium. Everything that is only there for development is loaded here.
 * @throws WorkFailed saying what is missing, and what else can be done, when nothing can be served or no browser starts
 */
export async function openChromium(): Promise<DrivingChromium> {
  const { browser, url, close } = await openServed();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const failed = new Promise<never>((_, reject) => page.on('pageerror', reject));
    // Whoever waits for the page gets the error; before and after it counts for nobody.
    failed.catch(() => {});
    await page.goto(url + PAGE);
    await Promise.race([page.waitForFunction(() => 'hashOfDriveHere' in globalThis), failed]);
    return {
      version: `Chromium ${browser.version()}`,
      hashOfDrive: (drive) => page.evaluate((of) => globalThis.hashOfDriveHere(of), drive),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openServed(): Promise<ServedBrowser> {
  try {
    return await (await import('../../tools/servedBrowser.ts')).openServedBrowser();
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    throw new WorkFailed(
      `bench determinism: the simulator cannot be opened in a Chromium here (${reason}); expected the development dependencies (npm install), BROWSER_PATH with the path of a Chromium, or --no-browser`,
    );
  }
}
