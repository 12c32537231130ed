import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { concatenate } from './mcapWriter.ts';
import { readRecording } from './readRecording.ts';
import type { Recording, RecordingMetadata } from './recording.ts';
import { recordingFileName } from './recordingFileName.ts';
import { explainStorageError, StorageError } from './storageError.ts';
import { writeRecording } from './writeRecording.ts';

/** One line of the list of recordings. */
export interface RecordingEntry {
  readonly id: number;
  /** File name for downloads. */
  readonly name: string;
  readonly metadata: RecordingMetadata;
  readonly ticks: number;
  /** Size [bytes]. */
  readonly size: number;
  /** What was lost, when the recording was recovered or imported damaged. */
  readonly warnings: readonly string[];
  /** False while it is being written, and after a crash until it is recovered. */
  readonly finished: boolean;
}

/** A recording that is being written; calls are carried out in the order they were made. */
export interface RecordingDraft {
  readonly id: number;
  /** Keeps the next part of the file. @param ticks recorded ticks including this part. @throws StorageError */
  append(part: Uint8Array, ticks: number): Promise<void>;
  /** Keeps the last part and closes the recording. @throws StorageError */
  finish(part: Uint8Array, ticks: number): Promise<RecordingEntry>;
  /** Gives the recording up and deletes what was written. */
  discard(): Promise<void>;
}

/** Recordings in the browser's IndexedDB. Every method throws `StorageError` when the storage fails. */
export interface RecordingStore {
  /** Finished recordings, newest first. */
  list(): Promise<RecordingEntry[]>;
  /** Recordings that a crash or a closed tab left unfinished, and that no other tab is writing. */
  unfinished(): Promise<RecordingEntry[]>;
  begin(metadata: RecordingMetadata): Promise<RecordingDraft>;
  /** Finishes what a crash left; the warnings say what was lost. @throws RecordingError when nothing can be read. */
  recover(id: number): Promise<RecordingEntry>;
  /** Adds a file. @throws RecordingError when it is no recording. */
  add(bytes: Uint8Array, name: string): Promise<RecordingEntry>;
  /** The file's bytes, for download. */
  bytes(id: number): Promise<Uint8Array<ArrayBuffer>>;
  read(id: number): Promise<Recording>;
  remove(id: number): Promise<void>;
  /** Asks the browser not to clear recordings when space runs short. Gives whether it promised. */
  persist(): Promise<boolean>;
  close(): void;
}

interface StoreSchema extends DBSchema {
  recordings: { key: number; value: StoredEntry };
  parts: { key: [recording: number, index: number]; value: Uint8Array };
}
type StoredEntry = Omit<RecordingEntry, 'id'> & { id?: number };
type Database = IDBPDatabase<StoreSchema>;

const DATABASE_VERSION = 1;

/** Opens the store. @param databaseName another one for tests. @throws StorageError when there is no IndexedDB. */
export async function openRecordingStore(databaseName = 'understudy-recordings'): Promise<RecordingStore> {
  const database = await attempt('Opening the recordings', () =>
    openDB<StoreSchema>(databaseName, DATABASE_VERSION, {
      upgrade(db) {
        db.createObjectStore('recordings', { keyPath: 'id', autoIncrement: true });
        db.createObjectStore('parts');
      },
      // Another tab with a newer version of the page must be able to upgrade.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    }),
  );
  return recordingStore(database, databaseName);
}

function recordingStore(database: Database, databaseName: string): RecordingStore {
  const entryOf = async (id: number): Promise<RecordingEntry> => {
    const entry = await attempt('Looking up a recording', () => database.get('recordings', id));
    if (!entry)
      throw new StorageError('missing', `There is no recording ${id} in this browser; it may have been deleted.`);
    return entry as RecordingEntry;
  };
  const all = async () =>
    (await attempt('Listing recordings', () => database.getAll('recordings'))) as RecordingEntry[];
  const bytes = async (id: number) => {
    await entryOf(id);
    return concatenate(await attempt('Reading a recording', () => database.getAll('parts', partsOf(id))));
  };
  const remove = (id: number) =>
    attempt('Deleting a recording', async () => {
      const transaction = database.transaction(['recordings', 'parts'], 'readwrite');
      transaction.objectStore('recordings').delete(id);
      transaction.objectStore('parts').delete(partsOf(id));
      await transaction.done;
    });
  /** Replaces all parts of a recording (or makes a new one) by one whole file. */
  const putWhole = (entry: StoredEntry, file: Uint8Array): Promise<RecordingEntry> =>
    attempt('Storing a recording', async () => {
      const transaction = database.transaction(['recordings', 'parts'], 'readwrite');
      const [id] = await Promise.all([
        transaction
          .objectStore('recordings')
          .put(entry)
          .then(async (id) => {
            await transaction.objectStore('parts').delete(partsOf(id));
            await transaction.objectStore('parts').put(file, [id, 0]);
            return id;
          }),
        transaction.done,
      ]);
      return { ...entry, id };
    });

  return {
    bytes,
    remove,
    list: async () => (await all()).filter((entry) => entry.finished).reverse(),
    async unfinished() {
      const writing = await draftsBeingWritten(databaseName);
      const left = (await all()).filter((entry) => !entry.finished && !writing.has(entry.id));
      // A crash within the first second left nothing to offer.
      await Promise.all(left.filter((entry) => entry.ticks === 0).map((entry) => remove(entry.id)));
      return left.filter((entry) => entry.ticks > 0).reverse();
    },
    async begin(metadata) {
      const entry: StoredEntry = {
        name: recordingFileName(metadata),
        metadata,
        ticks: 0,
        size: 0,
        warnings: [],
        finished: false,
      };
      const id = await attempt('Starting a recording', () => database.add('recordings', entry));
      return createDraft(database, { ...entry, id }, await holdDraft(databaseName, id), () => remove(id));
    },
    async recover(id) {
      const entry = await entryOf(id);
      const recovered = readRecording(await bytes(id), { name: entry.name });
      const metadata = { ...recovered.metadata, notes: [...recovered.metadata.notes, ...recovered.warnings] };
      const file = writeRecording({ ...recovered, metadata });
      const { ticks, warnings } = recovered;
      return putWhole({ ...entry, metadata, ticks, warnings, size: file.length, finished: true }, file);
    },
    async add(file, name) {
      const { metadata, ticks, warnings } = readRecording(file, { name });
      return putWhole({ name, metadata, ticks, warnings, size: file.length, finished: true }, file);
    },
    read: async (id) => readRecording(await bytes(id), { name: (await entryOf(id)).name }),
    persist: async () => (await navigator.storage?.persist?.()) ?? false,
    close: () => database.close(),
  };
}

function createDraft(
  database: Database,
  first: RecordingEntry,
  release: () => void,
  remove: () => Promise<void>,
): RecordingDraft {
  let entry = first;
  let parts = 0;
  let last: Promise<unknown> = Promise.resolve();

  const write = async (part: Uint8Array, ticks: number, finished: boolean): Promise<RecordingEntry> => {
    const next = { ...entry, ticks, size: entry.size + part.length, finished };
    await attempt('Storing the running drive', async () => {
      const transaction = database.transaction(['recordings', 'parts'], 'readwrite');
      await Promise.all([
        transaction.objectStore('parts').put(part, [entry.id, parts]),
        transaction.objectStore('recordings').put(next),
        transaction.done,
      ]);
    });
    parts += 1;
    entry = next;
    return next;
  };
  /** Runs after everything asked before; a failed write fails all later ones, since a gap cannot be replayed. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn;
    // Whoever asked gets the rejection; the chain itself must not count as unhandled.
    last.catch(() => {});
    return turn;
  };

  return {
    id: first.id,
    append: (part, ticks) => inTurn(async () => void (await write(part, ticks, false))),
    finish: (part, ticks) => inTurn(() => write(part, ticks, true)).finally(release),
    discard: () => last.then(remove, remove).finally(release),
  };
}

function partsOf(id: number): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
}

const lockName = (databaseName: string, id: number) => `${databaseName}/${id}`;

/** Marks a draft as being written by this tab for as long as the tab lives or until the returned function is called. */
function holdDraft(databaseName: string, id: number): Promise<() => void> {
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((held) => {
    // Never waits: a lock of this name can only be left from a database that was deleted meanwhile.
    void navigator.locks.request(
      lockName(databaseName, id),
      { ifAvailable: true },
      () => new Promise<void>((release) => held(release)),
    );
  });
}

async function draftsBeingWritten(databaseName: string): Promise<Set<number>> {
  const locks = (await navigator.locks?.query())?.held ?? [];
  const prefix = lockName(databaseName, 0).slice(0, -1);
  return new Set(locks.flatMap(({ name }) => (name?.startsWith(prefix) ? [Number(name.slice(prefix.length))] : [])));
}

async function attempt<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
    throw explainStorageError(error, doing, { used: estimate?.usage, granted: estimate?.quota });
  }
}
