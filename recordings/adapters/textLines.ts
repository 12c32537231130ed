import { RecordingError } from '../recordingError.ts';

/** Text in pieces, cut anywhere: a file stream, a list of strings, or one string. */
export type TextSource = string | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** A line longer than this is not a row of numbers. */
const LONGEST_LINE = 65_536;

/**
 * Lines of a text, without their ends (LF or CRLF) and a byte-order mark; holds one piece and one line at a time.
 * @throws RecordingError when a line that goes on beyond its piece is longer than any table's, as in a binary file.
 */
export async function* textLines(source: TextSource, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  let line = 1;
  for await (const piece of typeof source === 'string' ? [source] : source) {
    const lines = (rest + (typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }))).split('\n');
    rest = lines.pop()!;
    for (const text of lines) {
      yield clean(text, line);
      line += 1;
    }
    if (rest.length > LONGEST_LINE) {
      throw new RecordingError({
        what: `a line of more than ${LONGEST_LINE} characters`,
        where: `${name}, line ${line}`,
        expected: 'a text file with one vehicle and frame a line',
      });
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield clean(rest, line);
}

function clean(text: string, line: number): string {
  const start = line === 1 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return text.slice(start, text.endsWith('\r') ? -1 : undefined);
}
