import { BufferAttribute, BufferGeometry, Color, DynamicDrawUsage } from 'three';
import { daylightOn } from './daylight.ts';
import { uploadFirst } from './uploadRange.ts';

/**
 * A triangle mesh that is rebuilt now and then in place: its buffers grow, and are reused. Daylight is part of its
 * colours.
 */
export interface GrowingGeometry {
  readonly geometry: BufferGeometry;
  /** Forgets all vertices. */
  clear(): void;
  /** Adds a vertex with normal (any length) and colour (0..1, linear); returns its index. */
  vertex(x: number, y: number, z: number, nx: number, ny: number, nz: number, r: number, g: number, b: number): number;
  /** Texture coordinates of the vertex added last. */
  texture(u: number, v: number): void;
  triangle(a: number, b: number, c: number): void;
  /** Two triangles; corners counter-clockwise as seen from the front. */
  quad(a: number, b: number, c: number, d: number): void;
  /** Makes what was added visible. */
  commit(): void;
}

/** An empty growing geometry with room for `vertices`, with texture coordinates if `textured`. */
export function createGrowingGeometry(vertices: number, textured = false): GrowingGeometry {
  const geometry = new BufferGeometry();
  const columns = { position: 3, color: 3, ...(textured ? { uv: 2 } : {}) };
  const names = Object.keys(columns) as (keyof typeof columns)[];
  let capacity = vertices;
  let position = new Float32Array(0);
  let color = position;
  let uv = position;
  let index = new Uint32Array(0);
  const light = new Color();
  let count = 0;
  let indices = 0;

  const grow = (wanted: number) => {
    capacity = Math.max(wanted, capacity);
    const enlarge = (old: Float32Array<ArrayBuffer>, size: number) => {
      const array = new Float32Array(capacity * size);
      array.set(old);
      return array;
    };
    position = enlarge(position, 3);
    color = enlarge(color, 3);
    if (textured) uv = enlarge(uv, 2);
    const arrays: Record<string, Float32Array> = { position, color, uv };
    // Buffers of another size cannot be updated on the graphics card: they are dropped and made anew.
    geometry.dispose();
    for (const name of names) {
      geometry.setAttribute(name, new BufferAttribute(arrays[name]!, columns[name]!).setUsage(DynamicDrawUsage));
    }
  };
  const growIndex = (wanted: number) => {
    const array = new Uint32Array(wanted);
    array.set(index);
    index = array;
    geometry.dispose();
    geometry.setIndex(new BufferAttribute(index, 1).setUsage(DynamicDrawUsage));
  };
  grow(vertices);
  growIndex(vertices * 2);

  const triangle = (a: number, b: number, c: number) => {
    if (indices + 3 > index.length) growIndex(index.length * 2);
    index[indices++] = a;
    index[indices++] = b;
    index[indices++] = c;
  };

  return {
    geometry,
    clear() {
      count = 0;
      indices = 0;
    },
    vertex(x, y, z, nx, ny, nz, r, g, b) {
      if (count === capacity) grow(capacity * 2);
      const at = count * 3;
      position[at] = x;
      position[at + 1] = y;
      position[at + 2] = z;
      daylightOn(nx, ny, nz, light);
      color[at] = r * light.r;
      color[at + 1] = g * light.g;
      color[at + 2] = b * light.b;
      return count++;
    },
    texture(u, v) {
      uv[(count - 1) * 2] = u;
      uv[(count - 1) * 2 + 1] = v;
    },
    triangle,
    quad(a, b, c, d) {
      triangle(a, b, c);
      triangle(a, c, d);
    },
    commit() {
      geometry.setDrawRange(0, indices);
      for (const name of names) uploadFirst(geometry.getAttribute(name) as BufferAttribute, count);
      if (geometry.index) uploadFirst(geometry.index, indices);
    },
  };
}
