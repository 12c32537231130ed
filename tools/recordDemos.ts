// Records the bundled demonstrations with the project's own command. Run after every change of simulatorVersion: npm
// run demos
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Scenarios in which each style shows: calm and brisk on the same road among the same drivers, tailgating behind a car
 * that cut in.
 */
const DEMOS = [
  { style: 'calm', scenario: 'free-flow@1#5' },
  { style: 'brisk', scenario: 'free-flow@1#5' },
  { style: 'tailgating', scenario: 'cut-in@1?density=6#3' },
] as const;
const SECONDS = '25';

for (const { style, scenario } of DEMOS) {
  const file = `recordings/demos/${style}.mcap`;
  // No start time: the same code gives the same bytes.
  const run = spawnSync(
    process.execPath,
    // biome-ignore format: one option a line
    [
      'cli/understudy.mjs', 'record',
      '--style', style,
      '--scenario', scenario,
      '--seconds', SECONDS,
      '--started-at', '',
      '--out', file,
      '--force',
    ],
    { cwd: root, stdio: 'inherit' },
  );
  if (run.status !== 0) process.exit(run.status ?? 1);
}
