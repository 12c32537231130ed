import type { DriverLabel, Recording, RecordingMetadata } from '../../recordings/recording.ts';

/** One recording as the page lists it. */
export interface ShelfEntry {
  readonly id: string;
  /** `kept` in this browser, or `bundled` with the page. */
  readonly origin: 'kept' | 'bundled';
  /** File name for downloads. */
  readonly name: string;
  readonly driverLabel: DriverLabel;
  readonly driverName: string;
  /** Empty for a bundled drive that has not been read yet. */
  readonly scenarioId: string;
  /** ISO 8601, or empty where unknown. */
  readonly startedAt: string;
  /** [s]; 0 where unknown. */
  readonly durationS: number;
  readonly bytes: number;
  readonly warnings: readonly string[];
  /** False for a drive whose page was closed before it ended, until it is recovered. */
  readonly finished: boolean;
  /** Of a drive after a rewind: the tick up to which it is that of another one. */
  readonly branchTick?: number;
}

/** Where a running drive is written. */
export interface DriveWriter {
  readonly id: string;
  /** Keeps one second of driving. Parts arrive in order; a failure is told once and the drive goes on. */
  append(part: Uint8Array<ArrayBuffer>, ticks: number): void;
  /** Keeps the rest; resolves when all of it is safe. @throws StorageError */
  finish(rest: Uint8Array<ArrayBuffer>, ticks: number): Promise<void>;
  /** Deletes what was written. */
  discard(): Promise<void>;
}

/** All recordings the page knows: kept in this browser and bundled with the page. */
export interface RecordingShelf {
  readonly entries: readonly ShelfEntry[];
  /** @returns a function that stops the listener */
  onChange(listener: () => void): () => void;
  refresh(): Promise<void>;
  find(id: string): ShelfEntry | undefined;
  /** @throws RecordingError when the bytes cannot be read */
  load(id: string): Promise<Recording>;
  bytes(id: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Checks and keeps a file. @throws RecordingError when it is no recording */
  importFile(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<ShelfEntry>;
  /** Finishes what a closed page left. */
  recover(id: string): Promise<ShelfEntry>;
  /** Deletes; the returned function brings it back. */
  remove(id: string): Promise<() => Promise<void>>;
  begin(metadata: RecordingMetadata): Promise<DriveWriter>;
}
