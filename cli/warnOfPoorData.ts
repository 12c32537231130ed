import { fewWindowsWarning, qualityWarnings } from '../irl/evaluate/qualityWarnings.ts';
import { recordingQuality } from '../irl/evaluate/recordingQuality.ts';
import type { CommandConsole } from './commandConsole.ts';
import type { LoadedRecording } from './loadRecording.ts';

/** Says what speaks against learning from the recordings; `understudy quality` shows the whole cards. */
export function warnOfPoorData(
  training: readonly LoadedRecording[],
  stride: number | undefined,
  out: CommandConsole,
): readonly { readonly path?: string; readonly code: string; readonly message: string }[] {
  const qualities = recordingQuality(
    training.map(({ recording }) => recording),
    stride,
  );
  const cards = training.map(({ path }, i) => ({ path, card: qualities[i]! }));
  const each = cards.flatMap(({ path, card }) => qualityWarnings(card).map((warning) => ({ path, ...warning })));
  const warnings = [...each, ...fewWindowsWarning(cards.map(({ card }) => card))];
  for (const code of new Set(each.map((warning) => warning.code))) {
    const alike = each.filter((warning) => warning.code === code);
    const { path, message } = alike[0]!;
    const others = alike.length - 1;
    out.note(`warning: ${path}: ${message}${others > 0 ? ` (and ${others} more like it)` : ''}`);
  }
  for (const { message } of warnings.slice(each.length)) out.note(`warning: ${message}`);
  return warnings;
}
