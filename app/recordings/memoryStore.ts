import { concatenate } from '../../recordings/mcapWriter.ts';
import { readRecording } from '../../recordings/readRecording.ts';
import { recordingFileName } from '../../recordings/recordingFileName.ts';
import type { RecordingEntry, RecordingStore } from '../../recordings/store.ts';

/**
 * Keeps recordings as long as the page is open: for windows in which the browser allows no database, so that driving,
 * learning and watching still work there.
 */
export function createMemoryStore(): RecordingStore {
  const kept = new Map<number, { entry: RecordingEntry; parts: Uint8Array[] }>();
  let count = 0;
  const find = (id: number) => {
    const found = kept.get(id);
    if (!found) throw new Error(`There is no recording ${id} in this page; it may have been deleted.`);
    return found;
  };
  const bytes = async (id: number) => new Uint8Array(concatenate(find(id).parts));
  return {
    bytes,
    list: async () =>
      [...kept.values()]
        .map(({ entry }) => entry)
        .filter((entry) => entry.finished)
        .reverse(),
    unfinished: async () => [],
    async begin(metadata) {
      const id = ++count;
      const name = recordingFileName(metadata);
      const parts: Uint8Array[] = [];
      kept.set(id, { parts, entry: { id, name, metadata, ticks: 0, size: 0, warnings: [], finished: false } });
      const write = (part: Uint8Array, ticks: number, finished: boolean) => {
        const found = find(id);
        parts.push(part);
        found.entry = { ...found.entry, ticks, size: found.entry.size + part.length, finished };
        return found.entry;
      };
      return {
        id,
        append: async (part, ticks) => void write(part, ticks, false),
        finish: async (part, ticks) => write(part, ticks, true),
        async discard() {
          kept.delete(id);
        },
      };
    },
    recover: async (id) => find(id).entry,
    async add(file, name) {
      const { metadata, ticks, warnings } = readRecording(file, { name });
      const id = ++count;
      const entry: RecordingEntry = { id, name, metadata, ticks, size: file.length, warnings, finished: true };
      kept.set(id, { entry, parts: [file] });
      return entry;
    },
    read: async (id) => readRecording(await bytes(id), { name: find(id).entry.name }),
    async remove(id) {
      kept.delete(id);
    },
    persist: async () => false,
    close: () => {},
  };
}
