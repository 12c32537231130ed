// Lets `npm start`, `npm test` and `npx understudy` work as the first command in a fresh clone. Plain JavaScript, no dependencies.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Understudy needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  process.exit(2);
}

/** True when every package the lock file pins is installed in that version (optional ones of other platforms aside). */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  const wanted = join(root, 'package-lock.json');
  if (!existsSync(installed)) return false;
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const want = JSON.parse(readFileSync(wanted, 'utf8')).packages;
  return Object.entries(want).every(
    ([path, entry]) => path === '' || entry.optional || have[path]?.version === entry.version,
  );
}

if (!isInstalled()) {
  console.error('Installing the packages of package-lock.json (once) ...');
  const isWindows = process.platform === 'win32';
  // Standard output stays free for the command that follows: `npx understudy ... --json` prints one JSON object there.
  const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: isWindows,
  });
  if (run.status !== 0) process.exit(run.status ?? 1);
}
