import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const COMMAND = [process.execPath, join(ROOT, 'cli/understudy.mjs')] as const;
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Feeds text to the real command and collects its answers. */
function serve(
  input: string,
  ...args: readonly string[]
): Promise<{ code: number | null; lines: string[]; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(COMMAND[0], [COMMAND[1], 'serve-env', ...args], { cwd: ROOT });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => (stdout += String(data)));
    child.stderr.on('data', (data) => (stderr += String(data)));
    child.on('close', (code) => resolve({ code, lines: stdout.split('\n').filter((line) => line !== ''), stderr }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

describe('serve-env', () => {
  test('answers line by line, survives bad lines, and ends at close', async () => {
    const long = `{"step": "${'x'.repeat(1_200_000)}"}`;
    const input = ['{"reset": {"seed": 2}}', 'nonsense', long, '{"step": 3}', '{"close": {}}', '{"step": 3}'].join(
      '\n',
    );
    const { code, lines } = await serve(input, '--scenario', 'dense', '--action', 'meta');
    expect(code).toBe(0);
    const answers = lines.map((line) => JSON.parse(line) as Record<string, Record<string, unknown>>);
    expect(answers.map((answer) => Object.keys(answer)[0])).toEqual([
      'observation',
      'error',
      'error',
      'observation',
      'closed',
    ]);
    expect(answers[3]!['info']).toMatchObject({ tick: 1, seed: 2 });
  });

  test('ends when its input does, and refuses bad arguments', async () => {
    expect((await serve('', '--scenario', 'dense@1#1')).code).toBe(0);
    const refused = await serve('', '--scenario', 'dense@1#1', '--reward', 'nowhere.json');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/nowhere\.json/);
    expect((await serve('')).code).toBe(2);
  });

  test.skipIf(!hasPython)('the Python client steps 1000 ticks of dense@1#1 twice and sees the same', () => {
    const run = spawnSync('python3', ['docs/python/understudy_env.py', ...COMMAND], { cwd: ROOT, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    const [first, second, verdict] = run.stdout.trim().split('\n');
    expect(first).toMatch(/^1000 ticks, .*sha256 [0-9a-f]{64}$/);
    expect(second).toBe(first);
    expect(verdict).toBe('identical');
    expect(run.status).toBe(0);
  });
});
