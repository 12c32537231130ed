import { deflateSync, inflateSync } from 'node:zlib';
import { crc32 } from '../recordings/crc32.ts';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const CHANNELS = 3;

/**
 * Makes a screenshot smaller: the lowest bit of every channel, which nobody sees, is dropped, each row gets the filter
 * with the smallest sum of differences (PNG specification, section 12.8), and deflate tries hard.
 * @param png as Chromium writes them: 8-bit RGB or RGBA, not interlaced; transparency is given up
 * @throws RangeError for another kind of PNG
 */
export function shrinkPng(png: Buffer): Buffer {
  const { width, height, channels, data } = readChunks(png);
  const pixels = unfilter(inflateSync(data), width, height, channels);
  const rgb = Buffer.alloc(width * height * CHANNELS);
  for (let i = 0; i < width * height; i++) {
    for (let k = 0; k < CHANNELS; k++) rgb[i * CHANNELS + k] = Math.min(254, (pixels[i * channels + k]! + 1) & ~1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const body = deflateSync(filter(rgb, width, height), { level: 9, memLevel: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))]);
}

function readChunks(png: Buffer): { width: number; height: number; channels: number; data: Buffer } {
  const parts: Buffer[] = [];
  let header: Buffer | null = null;
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const content = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = content;
    if (type === 'IDAT') parts.push(content);
    at += 12 + length;
  }
  const [depth, colour, , , interlace] = header?.subarray(8) ?? [];
  if (!header || depth !== 8 || (colour !== 2 && colour !== 6) || interlace !== 0) {
    throw new RangeError(
      `PNG of bit depth ${depth}, colour type ${colour}; expected 8-bit RGB or RGBA, not interlaced`,
    );
  }
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    channels: colour === 6 ? 4 : 3,
    data: Buffer.concat(parts),
  };
}

/** The predictor of a filter type from the bytes to the left, above, and above left. */
function predict(type: number, left: number, up: number, corner: number): number {
  if (type === 1) return left;
  if (type === 2) return up;
  if (type === 3) return (left + up) >> 1;
  if (type !== 4) return 0;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function unfilter(raw: Buffer, width: number, height: number, channels: number): Buffer {
  const stride = width * channels;
  const out = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y++) {
    const type = raw[y * (stride + 1)]!;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= channels ? out[at - channels]! : 0;
      const up = y > 0 ? out[at - stride]! : 0;
      const corner = x >= channels && y > 0 ? out[at - stride - channels]! : 0;
      out[at] = raw[y * (stride + 1) + 1 + x]! + predict(type, left, up, corner);
    }
  }
  return out;
}

function filter(rgb: Buffer, width: number, height: number): Buffer {
  const stride = width * CHANNELS;
  const out = Buffer.alloc(height * (stride + 1));
  const line = Buffer.alloc(stride);
  for (let y = 0; y < height; y++) {
    let least = Number.POSITIVE_INFINITY;
    for (let type = 0; type <= 4; type++) {
      let sum = 0;
      for (let x = 0; x < stride; x++) {
        const at = y * stride + x;
        const left = x >= CHANNELS ? rgb[at - CHANNELS]! : 0;
        const up = y > 0 ? rgb[at - stride]! : 0;
        const corner = x >= CHANNELS && y > 0 ? rgb[at - stride - CHANNELS]! : 0;
        const difference = (rgb[at]! - predict(type, left, up, corner)) & 255;
        line[x] = difference;
        sum += difference < 128 ? difference : 256 - difference;
      }
      if (sum >= least) continue;
      least = sum;
      out[y * (stride + 1)] = type;
      line.copy(out, y * (stride + 1) + 1);
    }
  }
  return out;
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const out = Buffer.alloc(content.length + 12);
  out.writeUInt32BE(content.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), content.length + 8);
  return out;
}
