import type { DriverLabel, RecordingMetadata } from '../../recordings/recording.ts';

/** What is known of a kept recording without reading it. */
export interface KeptRecording {
  readonly id: string;
  readonly driverLabel: DriverLabel;
  readonly driverName: string;
  readonly scenarioId: string;
  readonly startedAt: string;
  readonly durationS: number;
  readonly bytes: number;
  readonly warnings: readonly string[];
  readonly finished: boolean;
}

/** Where recordings are kept: the browser's database, or memory where there is none. */
export interface RecordingStorage {
  list(): Promise<readonly KeptRecording[]>;
  begin(metadata: RecordingMetadata): Promise<string>;
  append(id: string, part: Uint8Array<ArrayBuffer>, ticks: number): Promise<void>;
  finish(id: string, rest: Uint8Array<ArrayBuffer>, ticks: number): Promise<void>;
  bytes(id: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Keeps a whole file. */
  put(bytes: Uint8Array<ArrayBuffer>, summary: Omit<KeptRecording, 'id' | 'bytes' | 'finished'>): Promise<string>;
  remove(id: string): Promise<void>;
}
