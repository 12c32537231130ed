import { TICK_S } from '../../sim/core/time.ts';
import type { KeptRecording, RecordingStorage } from './recordingStorage.ts';

/** Keeps recordings as long as the page is open: for windows in which the browser allows no database. */
export function createMemoryStorage(): RecordingStorage {
  const kept = new Map<string, { summary: KeptRecording; parts: Uint8Array<ArrayBuffer>[] }>();
  let count = 0;
  const find = (id: string) => {
    const found = kept.get(id);
    if (!found) throw new Error(`recording ${id} is not there any more`);
    return found;
  };
  const grow = (id: string, part: Uint8Array<ArrayBuffer>, ticks: number, finished: boolean) => {
    const entry = find(id);
    entry.parts.push(part);
    entry.summary = {
      ...entry.summary,
      durationS: ticks * TICK_S,
      bytes: entry.summary.bytes + part.length,
      finished,
    };
  };
  return {
    list: async () => [...kept.values()].map((entry) => entry.summary).reverse(),
    async begin({ driverLabel, driverName, scenarioId, startedAt }) {
      const id = `memory-${count++}`;
      const plain = { driverLabel, driverName, scenarioId, startedAt };
      kept.set(id, { parts: [], summary: { id, ...plain, durationS: 0, bytes: 0, warnings: [], finished: false } });
      return id;
    },
    append: async (id, part, ticks) => grow(id, part, ticks, false),
    finish: async (id, rest, ticks) => grow(id, rest, ticks, true),
    async bytes(id) {
      const { parts } = find(id);
      return new Uint8Array(await new Blob(parts).arrayBuffer());
    },
    async put(bytes, summary) {
      const id = `memory-${count++}`;
      kept.set(id, { parts: [bytes], summary: { id, ...summary, bytes: bytes.length, finished: true } });
      return id;
    },
    async remove(id) {
      kept.delete(id);
    },
  };
}
