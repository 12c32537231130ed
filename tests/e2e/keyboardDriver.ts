import type { Page } from 'playwright-core';
import { bodyState } from './appPage.ts';

/** Speed that is not exceeded [m/s], and the gap that is kept: standstill gap [m] plus headway [s] times speed. */
const CRUISE = 27;
const STANDSTILL_GAP = 6;
const HEADWAY_S = 1.6;
/** Distance ahead at which the lateral error is judged [m]. */
const PREVIEW_M = 14;
/** Lateral error that is put up with [m]. */
const TOLERANCE_M = 0.45;

/**
 * Drives by pressing keys, as a person would: looks at speed, gap and position in the lane, and holds or releases W, S,
 * A and D. Returns when the drive has reached a tick.
 */
export async function driveByKeyboard(page: Page, untilTick: number): Promise<void> {
  const held = new Set<string>();
  const hold = async (key: string, wanted: boolean) => {
    if (wanted === held.has(key)) return;
    if (wanted) {
      held.add(key);
      await page.keyboard.down(key);
    } else {
      held.delete(key);
      await page.keyboard.up(key);
    }
  };
  let lastGap: number | null = null;
  let lastTick = 0;
  let gapRate = 0;
  try {
    for (;;) {
      const state = await bodyState(page);
      const tick = Number(state['tick'] ?? 0);
      if (state['state'] !== 'driving' || tick >= untilTick) return;
      const speed = Number(state['speed']);
      const gap = state['gap'] ? Number(state['gap']) : null;
      if (tick > lastTick) {
        gapRate = gap !== null && lastGap !== null ? (gap - lastGap) / ((tick - lastTick) / 10) : 0;
        lastGap = gap;
        lastTick = tick;
      }
      const wish =
        gap === null
          ? CRUISE - speed
          : Math.min(CRUISE - speed, 0.25 * (gap - STANDSTILL_GAP - HEADWAY_S * speed) + gapRate);
      await hold('KeyW', wish > 0.2);
      await hold('KeyS', wish < -1.2);
      const error = Number(state['offset']) + PREVIEW_M * Number(state['heading']);
      await hold('KeyD', error > TOLERANCE_M);
      await hold('KeyA', error < -TOLERANCE_M);
      await page.waitForTimeout(40);
    }
  } finally {
    for (const key of held) await page.keyboard.up(key);
  }
}
