import { describe, expect, test } from 'vitest';
import { DETERMINISM_DRIVES } from '../../../bench/determinism/determinismDrives.ts';
import { type HashedDrive, hashOfDrive } from '../../../bench/determinism/hashOfDrive.ts';
import { compareDrives } from '../../../bench/determinism.ts';
import { BASELINE_DRIVERS } from '../../../irl/agent/baselineDrivers.ts';
import { jsonOf, runCommand } from '../cli/runCommand.ts';

const CRASH: HashedDrive = { id: 'hard-braking-leader@1?gap=15#1', driver: 'constant-velocity', ticks: 150 };
const DRIVES = [CRASH, { id: 'free-flow@1#1', driver: 'brisk', ticks: 40 }];

describe('bench determinism', () => {
  test('drives eleven families with three seeds and every baseline driver', () => {
    expect(DETERMINISM_DRIVES).toHaveLength(33);
    expect(new Set(DETERMINISM_DRIVES.map(({ id }) => id)).size).toBe(33);
    expect(new Set(DETERMINISM_DRIVES.map(({ driver }) => driver))).toEqual(
      new Set(BASELINE_DRIVERS.map(({ name }) => name)),
    );
    for (const { ticks } of DETERMINISM_DRIVES) expect(ticks).toBe(600);
  });

  test('leaves Chromium out when told so', async () => {
    const outcome = await compareDrives({ drives: DRIVES, openBrowser: null });
    expect(outcome).toMatchObject({ identical: true, browser: null });
    expect(outcome.drives.map(({ chromium, same }) => [chromium, same])).toEqual([
      [null, true],
      [null, true],
    ]);
    expect(outcome.drives[0]!.collisions).toBeGreaterThan(0);
    expect(outcome.drives[0]!.node).not.toBe(outcome.drives[1]!.node);
  });

  test('finds the drive that ends differently in the browser, and closes the browser', async () => {
    let closed = 0;
    const outcome = await compareDrives({
      drives: DRIVES,
      openBrowser: async () => ({
        version: 'Chromium 0',
        // One tick short of what was asked for.
        hashOfDrive: async (drive) => hashOfDrive(drive.ticks === 40 ? { ...drive, ticks: 39 } : drive),
        close: async () => void closed++,
      }),
    });
    expect(outcome.identical).toBe(false);
    expect(outcome.drives.map(({ same }) => same)).toEqual([true, false]);
    expect(closed).toBe(1);
  });

  test('says what is missing when there is no browser', async () => {
    // Set for the child only: the command finds no executable there.
    const before = process.env['BROWSER_PATH'];
    process.env['BROWSER_PATH'] = '/nowhere/chromium';
    const run = await runCommand('bench', 'determinism', '--json').finally(() => {
      if (before === undefined) delete process.env['BROWSER_PATH'];
      else process.env['BROWSER_PATH'] = before;
    });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toMatch(
      /the simulator cannot be opened in a Chromium here .*expected .*BROWSER_PATH.*--no-browser/,
    );
    expect(jsonOf(run)).toMatchObject({
      exitCode: 1,
      error: { message: expect.stringContaining('/nowhere/chromium') },
    });
  });
});
