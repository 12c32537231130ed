// Takes a picture of every scenario family from the running view, for docs/scenarios.md: npx tsx
// tools/scenarioPictures.ts [family...]
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ScenarioPicture } from './scenarioPictures.page.ts';
import { openServedBrowser } from './servedBrowser.ts';
import { shrinkPng } from './shrinkPng.ts';

const OUT = fileURLToPath(new URL('../docs/figures/scenarios/', import.meta.url));
const SIZE = { width: 720, height: 405 };

const picture = (id: string, at: number, driver = 'idm-mobil', camera: ScenarioPicture['camera'] = 'chase') => ({
  id,
  at,
  driver,
  camera,
});
/** The moment of each family that shows what it is about. */
const PICTURES: readonly ScenarioPicture[] = [
  picture('free-flow@1#5', 12),
  picture('dense@1#4', 8),
  picture('slower-traffic@1?density=8#2', 26, 'nasty'),
  picture('stop-and-go-wave@1?jamDensity=110&distance=160#2', 18),
  picture('on-ramp-merge@1#3', 9, 'idm-mobil', 'top'),
  picture('on-ramp-merge-mainline@1?gap=0&dv=0&density=6#3', 6.4, 'calm'),
  picture('off-ramp-exit@1?density=8#2', 30, 'idm-mobil', 'top'),
  picture('weaving-section@1?rampDensity=12&exitShare=0.4&density=18#3', 17, 'idm-mobil', 'chase'),
  picture('lane-drop@1?density=8#2', 33, 'tailgating'),
  picture('cut-in@1?gap=6&dv=-1#3', 9.6, 'middle-lane'),
  picture('cut-out@1?gap=25&ttc=3&distance=240&density=3#3', 10.2, 'tailgating'),
  picture('hard-braking-leader@1?gap=15#2', 10.2, 'tailgating'),
  picture('truck-convoy@1?gap=40#2', 12, 'tailgating'),
  picture('tailgater@1?gap=5&density=8#2', 3.2, 'tailgating', 'top'),
  picture('stopped-vehicle@1?density=6#2', 13, 'tailgating'),
];

const only = process.argv.slice(2);
const { browser, url, close } = await openServedBrowser();
try {
  const page = await browser.newPage({ viewport: SIZE });
  page.setDefaultTimeout(120_000);
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${url}tools/scenarioPictures.html`);
  await page.waitForFunction(() => 'drawScenario' in window);
  mkdirSync(OUT, { recursive: true });
  for (const shot of PICTURES) {
    const family = shot.id.split('@')[0]!;
    if (only.length > 0 && !only.includes(family)) continue;
    await page.evaluate(([p, size]) => window.drawScenario(p, size.width, size.height), [shot, SIZE] as const);
    writeFileSync(`${OUT}${family}.png`, shrinkPng(await page.locator('#scene').screenshot()));
    console.error(`${family}.png: ${shot.id} at ${shot.at} s, ${shot.driver}`);
  }
} finally {
  await close();
}
