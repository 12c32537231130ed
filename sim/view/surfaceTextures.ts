import { CanvasTexture, RepeatWrapping } from 'three';
import { hash2, noise2 } from './groundNoise.ts';

/** Side of the square of ground that one tile of each texture covers [m]. */
export const ASPHALT_TILE_M = 5;
export const GRASS_TILE_M = 7;
const SIZE = 256;

/** Grey grain with light and dark stones, near white on average so that vertex colours give the tone. */
export function createAsphaltTexture(anisotropy: number): CanvasTexture {
  return createTileTexture(anisotropy, (i, j) => {
    const grain = (hash2(i, j) - 0.5) * 62 + (hash2(i >> 1, (j >> 1) + 911) - 0.5) * 34;
    const patch = (tileNoise(i, j, 8) - 0.5) * 16 + (tileNoise(i, j, 24) - 0.5) * 10;
    const stone = hash2(i + 7001, j) > 0.985 ? 34 : 0;
    const grey = 208 + grain + patch + stone;
    return [grey, grey, grey - 2];
  });
}

/** Blades and tufts of grass, near white on average. */
export function createGrassTexture(anisotropy: number): CanvasTexture {
  return createTileTexture(anisotropy, (i, j) => {
    const tuft = (tileNoise(i, j, 24) - 0.5) * 44 + (tileNoise(i, j, 56) - 0.5) * 92;
    const blade = (hash2(i, j >> 2) - 0.5) * 74;
    const light = 190 + tuft + blade;
    return [light, light + 8, light - 26];
  });
}

/** Noise with `cells` features a side that meets itself at the tile's edges. */
function tileNoise(i: number, j: number, cells: number): number {
  const x = (i / SIZE) * cells;
  const y = (j / SIZE) * cells;
  const u = i / SIZE;
  const v = j / SIZE;
  const left = noise2(x, y) * (1 - v) + noise2(x, y - cells) * v;
  const right = noise2(x - cells, y) * (1 - v) + noise2(x - cells, y - cells) * v;
  return left * (1 - u) + right * u;
}

function createTileTexture(
  anisotropy: number,
  pixel: (i: number, j: number) => readonly [number, number, number],
): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no 2D canvas context; the view paints its textures on one.');
  const image = context.createImageData(SIZE, SIZE);
  for (let j = 0; j < SIZE; j++) {
    for (let i = 0; i < SIZE; i++) {
      const [r, g, b] = pixel(i, j);
      image.data.set([r, g, b, 255], (j * SIZE + i) * 4);
    }
  }
  context.putImageData(image, 0, 0);
  const texture = new CanvasTexture(canvas);
  texture.wrapS = RepeatWrapping;
  texture.wrapT = RepeatWrapping;
  texture.anisotropy = anisotropy;
  return texture;
}
