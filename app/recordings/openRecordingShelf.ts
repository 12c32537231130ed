import type { Recording } from '../../recordings/recording.ts';
import type { RecordingEntry, RecordingStore } from '../../recordings/store.ts';
import { TICK_S } from '../../sim/core/time.ts';
import type { BundledDemo } from './bundledDemos.ts';
import type { DriveWriter, RecordingShelf, ShelfEntry } from './recordingShelf.ts';

/** Recordings held in memory; reading one takes a while, and a change of mode asks for the same again. */
const CACHED = 4;

/**
 * Opens the shelf.
 * @param openStore opens where drives are kept; called at the first use, since the store brings the MCAP reader
 * @param onFailure told when the store cannot be opened, and once for each drive that cannot be written
 */
export function openRecordingShelf(
  openStore: () => Promise<RecordingStore>,
  demos: readonly BundledDemo[],
  onFailure: (what: string, error: unknown) => void,
): RecordingShelf {
  const listeners = new Set<() => void>();
  const cache = new Map<string, Promise<Recording>>();
  let bundled: ShelfEntry[] = demos.map(demoEntry);
  let entries: readonly ShelfEntry[] = bundled;
  let opened: Promise<RecordingStore> | null = null;

  const store = (): Promise<RecordingStore> => {
    opened ??= openStore().catch(async (error: unknown) => {
      onFailure('Recordings last only as long as this page is open', error);
      return (await import('./memoryStore.ts')).createMemoryStore();
    });
    return opened;
  };
  const publish = (kept: readonly ShelfEntry[]) => {
    entries = [...kept, ...bundled];
    for (const listener of listeners) listener();
  };
  const refresh = async () => {
    const open = await store();
    const [finished, left] = await Promise.all([open.list(), open.unfinished()]);
    publish([...left, ...finished].map(keptEntry));
  };
  const demoOf = (id: string) => demos.find((demo) => demoId(demo) === id);
  const demoBytes = async (demo: BundledDemo): Promise<Uint8Array<ArrayBuffer>> => {
    const response = await fetch(demo.url);
    if (!response.ok) throw new Error(`demo ${demo.name}: the server answered ${response.status}; expected the file`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const read = async (id: string): Promise<Recording> => {
    const demo = demoOf(id);
    if (!demo) return (await store()).read(numberOf(id));
    const [{ readRecording }, bytes] = await Promise.all([
      import('../../recordings/readRecording.ts'),
      demoBytes(demo),
    ]);
    const recording = readRecording(bytes, { name: `${demo.name}.mcap` });
    bundled = bundled.map((entry) => (entry.id === id ? { ...demoEntry(demo), ...factsOf(recording, bytes) } : entry));
    publish(entries.filter((entry) => entry.origin === 'kept'));
    return recording;
  };
  const entryAfterRefresh = async (entry: RecordingEntry) => {
    await refresh();
    return keptEntry(entry);
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
    load(id) {
      const known = cache.get(id);
      if (known) return known;
      const loading = read(id);
      cache.set(id, loading);
      loading.catch(() => cache.delete(id));
      for (const oldest of cache.keys()) {
        if (cache.size <= CACHED) break;
        cache.delete(oldest);
      }
      return loading;
    },
    async bytes(id) {
      const demo = demoOf(id);
      return demo ? demoBytes(demo) : (await store()).bytes(numberOf(id));
    },
    importFile: async (bytes, name) => entryAfterRefresh(await (await store()).add(bytes, name)),
    recover: async (id) => entryAfterRefresh(await (await store()).recover(numberOf(id))),
    async remove(id) {
      const open = await store();
      const name = entries.find((entry) => entry.id === id)?.name ?? `${id}.mcap`;
      const bytes = await open.bytes(numberOf(id));
      await open.remove(numberOf(id));
      cache.delete(id);
      await refresh();
      return async () => {
        await open.add(bytes, name);
        await refresh();
      };
    },
    async begin(metadata) {
      const open = await store();
      // Asked when there is something to lose; browsers may show a question.
      open.persist().catch(() => false);
      const draft = await open.begin(metadata);
      let failed = false;
      const writer: DriveWriter = {
        id: idOf(draft.id),
        append(part, ticks) {
          draft.append(part, ticks).catch((error: unknown) => {
            if (!failed) onFailure('This drive is stored only up to here', error);
            failed = true;
          });
        },
        finish: async (rest, ticks) => void (await draft.finish(rest, ticks)),
        discard: () => draft.discard(),
      };
      return writer;
    },
  };
}

const idOf = (id: number) => `drive-${id}`;

function numberOf(id: string): number {
  const number = Number(/^drive-(\d+)$/.exec(id)?.[1]);
  if (Number.isNaN(number)) throw new Error(`There is no recording "${id}" in this browser.`);
  return number;
}

function keptEntry({ id, name, metadata, ticks, size, warnings, finished }: RecordingEntry): ShelfEntry {
  const { driverLabel, driverName, scenarioId, startedAt, branchTick } = metadata;
  const branch = branchTick === undefined ? {} : { branchTick };
  const plain = { driverLabel, driverName, scenarioId, startedAt, name, warnings, finished, ...branch };
  return { id: idOf(id), origin: 'kept', durationS: ticks * TICK_S, bytes: size, ...plain };
}

function demoId(demo: BundledDemo): string {
  return `demo-${demo.name}`;
}

/** What is known of a demo before it is read. */
function demoEntry(demo: BundledDemo): ShelfEntry {
  return {
    id: demoId(demo),
    origin: 'bundled',
    name: `${demo.name}.mcap`,
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

function factsOf({ metadata, ticks, warnings }: Recording, bytes: Uint8Array) {
  const { driverLabel, scenarioId } = metadata;
  return { driverLabel, scenarioId, durationS: ticks * TICK_S, bytes: bytes.length, warnings };
}
