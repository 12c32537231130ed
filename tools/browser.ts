import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Options for `playwright.chromium.launch`. */
export interface BrowserLaunch {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}

const INSTALLED_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Software WebGL that draws the same pixels on every machine; BROWSER_GL=mesa uses Mesa's EGL where it is installed.
 */
const GRAPHICS_ARGS =
  process.env['BROWSER_GL'] === 'mesa'
    ? ['--use-angle=gl-egl', '--ignore-gpu-blocklist']
    : ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/** Keeps a test browser from calling home on machines without a network. */
const QUIET_ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Finds a Chromium for tests and screenshots: BROWSER_PATH, then an installed one, then the one that ships inside
 * the npm package @sparticuz/chromium (Linux x64). May be called any number of times.
 * @throws Error when there is none and none is bundled for this platform.
 */
export async function findBrowser(): Promise<BrowserLaunch> {
  const installed = process.env['BROWSER_PATH'] ?? INSTALLED_BROWSERS.find((path) => existsSync(path));
  if (installed) {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return { executablePath: installed, args: [...sandbox, ...QUIET_ARGS, ...GRAPHICS_ARGS], env: environment() };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium found. Install Chrome, or set BROWSER_PATH to the path of a Chromium executable.');
  }
  return unpackBundledChromium();
}

async function unpackBundledChromium(): Promise<BrowserLaunch> {
  // The package reuses whatever lies in os.tmpdir(), so it gets a folder of its own, by version and user.
  const home = join(tmpdir(), `understudy-chromium-143-${process.getuid?.() ?? 0}`);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const before = environment();
  process.env['TMPDIR'] = home;
  // Read while the package loads: makes it unpack its own NSS, NSPR and expat, which a bare machine lacks.
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs20.x';
  let executablePath: string;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    executablePath = await chromium.executablePath();
  } finally {
    for (const name of ['TMPDIR', 'AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
  // The package's own font configuration names a folder that is not there; without a font Chromium aborts at the first
  // text.
  const fonts = join(home, 'fonts');
  mkdirSync(fonts, { recursive: true });
  writeFileSync(
    join(fonts, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><dir>/usr/share/fonts</dir><cachedir>${join(home, 'fonts-cache')}</cachedir></fontconfig>
`,
  );
  const env = { ...before, FONTCONFIG_PATH: fonts, LD_LIBRARY_PATH: join(home, 'al2023', 'lib') };
  return { executablePath, args: ['--no-sandbox', ...QUIET_ARGS, ...GRAPHICS_ARGS], env };
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
