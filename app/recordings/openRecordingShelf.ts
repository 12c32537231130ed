import type { Recording } from '../../recordings/recording.ts';
import { TICK_S } from '../../sim/core/time.ts';
import type { BundledDemo } from './bundledDemos.ts';
import type { DriveWriter, RecordingShelf, ShelfEntry } from './recordingShelf.ts';
import type { RecordingStorage } from './recordingStorage.ts';

/** Recordings in memory; reading one takes a while, and a mode change asks for the same again. */
const CACHED = 4;

/** Everything about the reader comes with the first recording that is opened. */
async function readBytes(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Recording> {
  const { readRecording } = await import('../../recordings/readRecording.ts');
  return readRecording(bytes, { name });
}

/**
 * Opens the shelf.
 * @param storage where drives are kept
 * @param onFailure told once for each drive that cannot be written
 */
export function openRecordingShelf(
  storage: RecordingStorage,
  demos: readonly BundledDemo[],
  onFailure: (what: string, error: unknown) => void,
): RecordingShelf {
  const listeners = new Set<() => void>();
  const cache = new Map<string, Promise<Recording>>();
  let bundled: ShelfEntry[] = demos.map(demoEntry);
  let entries: readonly ShelfEntry[] = bundled;

  const publish = (kept: readonly ShelfEntry[]) => {
    entries = [...kept, ...bundled];
    for (const listener of listeners) listener();
  };
  const refresh = async () => {
    const kept = await storage.list();
    publish(kept.map((summary): ShelfEntry => ({ ...summary, origin: 'kept' })));
  };
  const bytesOf = async (id: string): Promise<Uint8Array<ArrayBuffer>> => {
    const demo = demos.find((candidate) => demoId(candidate) === id);
    if (!demo) return storage.bytes(id);
    const response = await fetch(demo.url);
    if (!response.ok) throw new Error(`demo ${demo.name}: the server answered ${response.status}; expected the file`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const nameOf = (id: string) => {
    const entry = entries.find((candidate) => candidate.id === id);
    return entry ? `${entry.driverName || 'anonymous'}, ${entry.scenarioId || 'demo'}` : id;
  };
  const load = (id: string): Promise<Recording> => {
    const known = cache.get(id);
    if (known) return known;
    const loading = bytesOf(id).then((bytes) => readBytes(bytes, nameOf(id)));
    cache.set(id, loading);
    for (const oldest of cache.keys()) {
      if (cache.size <= CACHED) break;
      cache.delete(oldest);
    }
    loading.then(
      (recording) => learnAboutDemo(id, recording),
      () => cache.delete(id),
    );
    return loading;
  };
  /** What a demo holds is known once it has been read. */
  const learnAboutDemo = (id: string, recording: Recording) => {
    if (!bundled.some((entry) => entry.id === id && entry.durationS === 0)) return;
    bundled = bundled.map((entry) => (entry.id === id ? { ...entry, ...facts(recording) } : entry));
    publish(entries.filter((entry) => entry.origin === 'kept'));
  };

  const keepFile = async (bytes: Uint8Array<ArrayBuffer>, recording: Recording) => {
    const id = await storage.put(bytes, facts(recording));
    await refresh();
    return entries.find((entry) => entry.id === id)!;
  };

  return {
    get entries() {
      return entries;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh,
    find: (id) => entries.find((entry) => entry.id === id),
    load,
    bytes: bytesOf,
    importFile: async (bytes, name) => keepFile(bytes, await readBytes(bytes, name)),
    async remove(id) {
      const bytes = await storage.bytes(id);
      await storage.remove(id);
      cache.delete(id);
      await refresh();
      return async () => {
        await keepFile(bytes, await readBytes(bytes, id));
      };
    },
    begin: (metadata) => storage.begin(metadata).then((id) => createDriveWriter(storage, id, onFailure)),
  };
}

/** Writes parts one after the other; after a failure nothing more is written, since a gap would make the rest useless. */
function createDriveWriter(
  storage: RecordingStorage,
  id: string,
  onFailure: (what: string, error: unknown) => void,
): DriveWriter {
  let failed: unknown = null;
  let queue: Promise<void> = Promise.resolve();
  const enqueue = (write: () => Promise<void>) => {
    queue = queue.then(async () => {
      if (failed !== null) return;
      try {
        await write();
      } catch (error) {
        failed = error;
        onFailure('This drive is stored only up to here', error);
      }
    });
  };
  return {
    id,
    append: (part, ticks) => enqueue(() => storage.append(id, part, ticks)),
    async finish(rest, ticks) {
      enqueue(() => storage.finish(id, rest, ticks));
      await queue;
    },
  };
}

function demoId(demo: BundledDemo): string {
  return `demo-${demo.name}`;
}

function demoEntry(demo: BundledDemo): ShelfEntry {
  return {
    id: demoId(demo),
    origin: 'bundled',
    driverLabel: 'scripted',
    driverName: demo.name,
    scenarioId: '',
    startedAt: '',
    durationS: 0,
    bytes: 0,
    warnings: [],
    finished: true,
  };
}

function facts(recording: Recording) {
  const { driverLabel, driverName, scenarioId, startedAt } = recording.metadata;
  const { ticks, warnings } = recording;
  return { driverLabel, driverName, scenarioId, startedAt, durationS: ticks * TICK_S, warnings };
}
