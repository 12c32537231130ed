const encoder = new TextEncoder();

/**
 * Bytes that grow at their end and are used again, so that writing allocates nothing once they are large enough. Numbers
 * are little-endian.
 */
export class ByteWriter {
  /** Room; the first `length` bytes are written. Another array after it had to grow. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The same room as a view. */
  view: DataView<ArrayBuffer>;
  /** Written bytes; may be lowered to drop what was written last. */
  length = 0;

  constructor(room = 1 << 12) {
    this.bytes = new Uint8Array(room);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes sure that `more` bytes can be written after `length`. */
  reserve(more: number): void {
    if (this.length + more > this.bytes.length) this.grow(this.length + more);
  }

  private grow(room: number): void {
    const bytes = new Uint8Array(Math.max(room, 2 * this.bytes.length));
    bytes.set(this.bytes.subarray(0, this.length));
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }

  uint8(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  uint16(value: number): void {
    this.reserve(2);
    this.view.setUint16(this.length, value, true);
    this.length += 2;
  }

  uint32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.length, value, true);
    this.length += 4;
  }

  /** @param value whole number, 0 to 2^53. */
  uint64(value: number): void {
    this.uint32(value >>> 0);
    this.uint32(Math.floor(value / 2 ** 32));
  }

  bigUint64(value: bigint): void {
    this.reserve(8);
    this.view.setBigUint64(this.length, value, true);
    this.length += 8;
  }

  /** Appends bytes of any number. */
  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Appends a text that is written often, in words: up to three bytes too many, which the next ones write over. */
  fixed({ words, length }: FixedText): void {
    this.reserve(4 * words.length);
    const { view, length: start } = this;
    for (let i = 0; i < words.length; i++) view.setInt32(start + 4 * i, words[i]!, true);
    this.length = start + length;
  }

  /** Appends a text as UTF-8. */
  text(text: string): void {
    // UTF-8 takes at most three bytes for a UTF-16 unit.
    this.reserve(3 * text.length);
    const { bytes, length } = this;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) {
        this.length = length + i;
        this.length += encoder.encodeInto(text.slice(i), bytes.subarray(this.length)).written;
        return;
      }
      bytes[length + i] = unit;
    }
    this.length = length + text.length;
  }

  /** A copy of what was written, after which the writer is empty. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }
}

/** A text that is written often, ready to be stored. */
export interface FixedText {
  /** Its UTF-8 bytes, four in a little-endian word, and zeros to the end of the last one. */
  readonly words: Int32Array;
  /** Bytes. */
  readonly length: number;
}

export function fixedText(text: string): FixedText {
  const bytes = encoder.encode(text);
  const padded = new DataView(new ArrayBuffer(4 * Math.ceil(bytes.length / 4)));
  bytes.forEach((byte, i) => {
    padded.setUint8(i, byte);
  });
  const words = Int32Array.from({ length: padded.byteLength / 4 }, (_, i) => padded.getInt32(4 * i, true));
  return { words, length: bytes.length };
}
