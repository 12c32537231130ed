import { CanvasTexture, Sprite, SpriteMaterial, SRGBColorSpace } from 'three';

/** A line of text that always faces the camera. */
export interface TextLabel {
  readonly sprite: Sprite;
  /** Paints the text anew if it changed. */
  write(text: string): void;
  dispose(): void;
}

const WIDTH = 512;
const HEIGHT = 96;

/** @param colour of the text, as CSS @param height of the line [m] */
export function createTextLabel(colour: string, height: number): TextLabel {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no 2D canvas context; the view writes its labels on one.');
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  const material = new SpriteMaterial({ map: texture, depthWrite: false, fog: false });
  const sprite = new Sprite(material);
  sprite.scale.set((height * WIDTH) / HEIGHT, height, 1);
  sprite.renderOrder = 8;
  let written = '';
  return {
    sprite,
    write(text) {
      if (text === written) return;
      written = text;
      context.clearRect(0, 0, WIDTH, HEIGHT);
      context.font = '600 50px system-ui, sans-serif';
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      const width = Math.min(WIDTH - 8, context.measureText(text).width + 44);
      context.fillStyle = 'rgba(12, 18, 26, 0.72)';
      context.beginPath();
      context.roundRect((WIDTH - width) / 2, 10, width, HEIGHT - 20, 24);
      context.fill();
      context.fillStyle = colour;
      context.fillText(text, WIDTH / 2, HEIGHT / 2 + 3, WIDTH - 40);
      texture.needsUpdate = true;
    },
    dispose() {
      texture.dispose();
      material.dispose();
    },
  };
}
