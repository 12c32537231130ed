import type { RecordingMetadata } from './recording.ts';

/** File name for a recording, such as `dense-human-alex-2026-11-22T090000.mcap`: what was driven, by whom and when. */
export function recordingFileName(metadata: RecordingMetadata): string {
  const family = metadata.scenarioId.split('@')[0]!;
  const time = metadata.startedAt.replace(/\.\d+Z?$|Z$/, '').replaceAll(':', '');
  const parts = [family, metadata.driverLabel, metadata.driverName, time];
  const words = parts.map((part) => part.replace(/[^\p{L}\p{N}-]+/gu, '-').replace(/^-+|-+$/g, ''));
  return `${words.filter((word) => word !== '').join('-')}.mcap`;
}
