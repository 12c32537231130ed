/** Progress of a long piece of work. */
export interface Progress {
  /** @param done steps finished so far */
  update(done: number, detail?: string): void;
  /** Clears the bar; log lines stay. */
  end(): void;
}

/** What a progress display writes to. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR_WIDTH = 24;
/** Shortest time between two redraws on a terminal, and between two lines in a log [ms]. */
const REDRAW_MS = 80;
const LOG_MS = 5000;

/** A bar that redraws itself on a terminal, and a line now and then where the stream is a file or a pipe. */
export function createProgress(stream: ProgressStream, label: string, total: number): Progress {
  const interval = stream.isTTY ? REDRAW_MS : LOG_MS;
  // The first log line comes only after the interval: short work needs none.
  let last = stream.isTTY ? 0 : Date.now();
  return {
    update(done, detail = '') {
      const now = Date.now();
      if (now - last < interval) return;
      last = now;
      const share = total > 0 ? Math.min(1, done / total) : 0;
      const percent = `${Math.round(100 * share)} %`;
      const count = `${done}/${total}${detail && ` ${detail}`}`;
      if (!stream.isTTY) {
        stream.write(`${label}: ${percent} (${count})\n`);
        return;
      }
      const filled = Math.round(BAR_WIDTH * share);
      const bar = '#'.repeat(filled) + '.'.repeat(BAR_WIDTH - filled);
      stream.write(`\r\x1b[K${label} [${bar}] ${percent} ${count}`);
    },
    end() {
      if (stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}
