import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgress } from '../../../cli/progress.ts';

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('createProgress', () => {
  it('redraws one line on a terminal and clears it at the end', () => {
    const terminal = stream(true);
    const progress = createProgress(terminal, 'scenes', 8);
    progress.update(2);
    progress.update(3);
    vi.advanceTimersByTime(100);
    progress.update(4, 'scenes');
    progress.end();
    expect(terminal.written).toHaveLength(3);
    expect(terminal.written[0]).toContain('[######..................] 25 % 2/8');
    expect(terminal.written[1]).toContain('50 % 4/8 scenes');
    expect(terminal.written.join('')).not.toContain('\n');
    expect(terminal.written[2]).toBe('\r\x1b[K');
  });

  it('writes plain lines now and then into a log, and none for short work', () => {
    const log = stream(false);
    const progress = createProgress(log, 'scenes', 8);
    progress.update(2);
    vi.advanceTimersByTime(6000);
    progress.update(4);
    progress.update(5);
    progress.end();
    expect(log.written).toEqual(['scenes: 50 % (4/8)\n']);
  });
});
