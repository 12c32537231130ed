import { CanvasTexture } from 'three';

/** A white patch that fades towards its border: `core` of the radius is full. Round, or a rounded square. */
export function createSoftSprite(core: number, square: boolean): CanvasTexture {
  const size = 64;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no 2D canvas context; the view paints its soft edges on one.');
  const image = context.createImageData(size, size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const x = Math.abs((2 * (i + 0.5)) / size - 1);
      const y = Math.abs((2 * (j + 0.5)) / size - 1);
      const radius = square ? (x ** 4 + y ** 4) ** 0.25 : Math.hypot(x, y);
      const fade = Math.max(0, Math.min(1, (1 - radius) / (1 - core)));
      image.data.set([255, 255, 255, 255 * fade * fade * (3 - 2 * fade)], (j * size + i) * 4);
    }
  }
  context.putImageData(image, 0, 0);
  return new CanvasTexture(canvas);
}
