// Shows that the same inputs give the same bits in Node, from a snapshot and in Chromium, and writes the hashes to
// bench/results/determinism.json: npx tsx bench/determinism.ts
import { DETERMINISM_DRIVES } from './determinism/determinismDrives.ts';
import { type HashedDrive, hashOfDrive } from './determinism/hashOfDrive.ts';
import { type DrivingChromium, openChromium } from './determinism/openChromium.ts';
import { publishResult } from './publishResult.ts';

/** The final state hashes of one drive. */
export interface ComparedDrive extends HashedDrive {
  readonly collisions: number;
  /** Straight through in Node. */
  readonly node: string;
  /** In Node, from a snapshot in the middle, restored after another driver has driven on. */
  readonly restored: string;
  /** Straight through in Chromium; null when it was left out. */
  readonly chromium: string | null;
  /** Whether all that were computed are one. */
  readonly same: boolean;
}

/** Outcome of all drives. */
export interface Determinism {
  readonly drives: readonly ComparedDrive[];
  readonly identical: boolean;
  /** Name and version; null when it was left out. */
  readonly browser: string | null;
}

/** Options of `compareDrives`. */
export interface DeterminismOptions {
  readonly drives?: readonly HashedDrive[];
  /** Opens the browser to drive in as well; null leaves it out. */
  readonly openBrowser: (() => Promise<DrivingChromium>) | null;
  /** Told after every drive. */
  readonly onDrive?: (done: number, of: number, id: string) => void;
}

/**
 * Drives everything two or three ways and compares where it ends.
 * @throws what `openBrowser` throws; RangeError and Error of `hashOfDrive`
 */
export async function compareDrives({
  drives = DETERMINISM_DRIVES,
  openBrowser,
  onDrive,
}: DeterminismOptions): Promise<Determinism> {
  const chromium = openBrowser ? await openBrowser() : null;
  try {
    const compared: ComparedDrive[] = [];
    for (const drive of drives) {
      const { hash: node, collisions } = hashOfDrive(drive);
      const restored = hashOfDrive(drive, true).hash;
      const there = chromium ? (await chromium.hashOfDrive(drive)).hash : null;
      const same = restored === node && (there ?? node) === node;
      compared.push({ ...drive, collisions, node, restored, chromium: there, same });
      onDrive?.(compared.length, drives.length, drive.id);
    }
    return { drives: compared, identical: compared.every(({ same }) => same), browser: chromium?.version ?? null };
  } finally {
    await chromium?.close();
  }
}

if (process.argv[1]?.endsWith('determinism.ts')) {
  const outcome = await compareDrives({
    openBrowser: process.argv.includes('--no-browser') ? null : openChromium,
    onDrive: (done, of, id) => console.error(`${done}/${of} ${id}`),
  });
  publishResult('determinism', { bench: 'determinism', ...outcome });
  if (!outcome.identical) process.exitCode = 1;
}
