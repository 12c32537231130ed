import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRecorder, type Recorder } from '../../../recordings/recorder.ts';
import { RecordingError } from '../../../recordings/recordingError.ts';
import { verifyRecording } from '../../../recordings/resimulate.ts';
import { StorageError } from '../../../recordings/storageError.ts';
import { openRecordingStore, type RecordingDraft, type RecordingStore } from '../../../recordings/store.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { advanceSubstep } from '../../../sim/core/advanceWorld.ts';
import { createWorld } from '../../../sim/core/world.ts';

const ID = 'free-flow@1#1';
/** Each test has its own database and, with it, its own locks. */
let database = '';
let tests = 0;
const freshWorld = () => createWorld(buildScenario(ID).spec);

let store: RecordingStore;
beforeEach(async () => {
  database = `understudy-store-test-${tests++}`;
  store = await openRecordingStore(database);
});
afterEach(async () => {
  vi.restoreAllMocks();
  store.close();
  await deleteDB(database);
});

/** What a page does after a reload: everything in memory is gone, the database is opened anew. */
async function reload(): Promise<void> {
  store.close();
  store = await openRecordingStore(database);
}

/** Drives and keeps a part each second, without finishing. */
async function driveUnfinished(ticks: number): Promise<{ recorder: Recorder; draft: RecordingDraft }> {
  const world = freshWorld();
  const recorder = createRecorder(world, {
    scenarioId: ID,
    driverLabel: 'human',
    driverName: 'Ada',
    device: 'keyboard',
    startedAt: '2026-11-22T09:00:00.000Z',
  });
  const draft = await store.begin(recorder.metadata);
  const command = { steer: 0, throttle: 0.3, brake: 0, indicator: 0 };
  for (let k = 0; k < ticks * 6; k++) {
    advanceSubstep(world, command);
    recorder.substep(world, command, { device: 'keyboard', keys: ['KeyW'] });
    const part = recorder.part();
    // Not awaited, as in a running drive: the store keeps the order.
    if (part) void draft.append(part, recorder.ticks());
  }
  return { recorder, draft };
}

async function drive(ticks: number): Promise<number> {
  const { recorder, draft } = await driveUnfinished(ticks);
  return (await draft.finish(recorder.finish(), recorder.ticks())).id;
}

describe('recording store', () => {
  test('keeps a drive over a reload: listed, readable, and the same hashes in this browser', async () => {
    const id = await drive(25);
    await reload();
    const [entry, ...others] = await store.list();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ id, ticks: 25, finished: true, warnings: [] });
    expect(entry!.name).toBe('free-flow-human-Ada-2026-11-22T090000.mcap');
    expect(entry!.metadata).toMatchObject({ driverLabel: 'human', scenarioId: ID });
    expect(entry!.size).toBe((await store.bytes(id)).length);
    const recording = await store.read(id);
    expect(recording.warnings).toEqual([]);
    expect(verifyRecording(recording, freshWorld())).toMatchObject({ ticks: 25, identical: true });
  });

  test('offers what a crash left, and recovers all but the running second', async () => {
    const { draft } = await driveUnfinished(37);
    // A crash: nothing is finished, the tab's lock is gone with it.
    await draft.append(new Uint8Array(0), 30);
    vi.spyOn(navigator.locks, 'query').mockResolvedValue({ held: [], pending: [] });
    await reload();
    expect(await store.list()).toEqual([]);
    const [left] = await store.unfinished();
    expect(left).toMatchObject({ ticks: 30, finished: false });
    const recovered = await store.recover(left!.id);
    expect(recovered).toMatchObject({ ticks: 30, finished: true });
    expect(recovered.warnings[0]).toMatch(/recovered 3\.0 s/);
    expect(await store.unfinished()).toEqual([]);
    const recording = await store.read(left!.id);
    // The file is whole again and remembers in its notes that it was not.
    expect(recording.warnings).toEqual([]);
    expect(recording.metadata.notes.join()).toMatch(/recovered 3\.0 s/);
    expect(verifyRecording(recording, freshWorld())).toMatchObject({ ticks: 30, identical: true });
  });

  test('does not offer what a live tab is still writing', async () => {
    const { recorder, draft } = await driveUnfinished(12);
    await draft.append(new Uint8Array(0), 10);
    expect(await store.unfinished()).toEqual([]);
    await draft.finish(recorder.finish(), recorder.ticks());
    expect((await store.list()).length).toBe(1);
  });

  test('forgets a drive that crashed within its first second', async () => {
    await driveUnfinished(5);
    vi.spyOn(navigator.locks, 'query').mockResolvedValue({ held: [], pending: [] });
    expect(await store.unfinished()).toEqual([]);
    await reload();
    expect(await store.unfinished()).toEqual([]);
  });

  test('exports bytes that import again, newest first, and deletes', async () => {
    const id = await drive(12);
    const bytes = await store.bytes(id);
    const copy = await store.add(bytes, 'from a friend.mcap');
    expect((await store.list()).map((entry) => entry.name)).toEqual([
      'from a friend.mcap',
      'free-flow-human-Ada-2026-11-22T090000.mcap',
    ]);
    await store.remove(id);
    expect((await store.list()).map((entry) => entry.id)).toEqual([copy.id]);
    await expect(store.bytes(id)).rejects.toThrow(StorageError);
    await expect(store.read(copy.id)).resolves.toMatchObject({ ticks: 12 });
  });

  test('refuses a file that is no recording and keeps nothing of it', async () => {
    await expect(store.add(new TextEncoder().encode('hello world'), 'notes.txt')).rejects.toThrow(RecordingError);
    expect(await store.list()).toEqual([]);
  });

  test('imports a file that was cut off, with its warnings', async () => {
    const bytes = await store.bytes(await drive(25));
    const entry = await store.add(bytes.slice(0, Math.floor(bytes.length * 0.6)), 'cut.mcap');
    expect(entry.ticks).toBeLessThan(25);
    expect(entry.warnings.length).toBeGreaterThan(0);
  });

  test('says that the storage is full and what helps; the drive so far stays', async () => {
    const { draft } = await driveUnfinished(12);
    await draft.append(new Uint8Array(0), 10);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no space', 'QuotaExceededError');
    });
    const full = draft.append(new Uint8Array([1]), 20);
    await expect(full).rejects.toThrow(/storage is full.*delete/);
    await expect(full).rejects.toMatchObject({ failure: 'full' });
    // Nothing may follow a gap.
    await expect(draft.append(new Uint8Array([1]), 30)).rejects.toThrow(StorageError);
    vi.restoreAllMocks();
    vi.spyOn(navigator.locks, 'query').mockResolvedValue({ held: [], pending: [] });
    expect((await store.unfinished())[0]).toMatchObject({ ticks: 10 });
  });

  test('discards a draft', async () => {
    const { draft } = await driveUnfinished(12);
    await draft.discard();
    await reload();
    expect(await store.list()).toEqual([]);
    expect(await store.unfinished()).toEqual([]);
  });

  test('asks for lasting storage', async () => {
    const persist = vi.spyOn(navigator.storage, 'persist').mockResolvedValue(true);
    expect(await store.persist()).toBe(true);
    expect(persist).toHaveBeenCalledOnce();
  });
});
