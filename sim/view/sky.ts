import {
  BackSide,
  CanvasTexture,
  Color,
  LinearFilter,
  Mesh,
  ShaderMaterial,
  SphereGeometry,
  SRGBColorSpace,
} from 'three';
import { noise2, smoothStep } from './groundNoise.ts';
import { PALETTE, SUN_DIRECTION } from './palette.ts';

/** Radius of the dome [m]; inside the camera's far plane. */
const RADIUS = 5200;
/** Size of the painted sky, and how far below the horizon it reaches [rad]. */
const WIDTH = 1024;
const HEIGHT = 256;
const BELOW = 0.12;

/** The sky around the camera, painted once: gradient, sun with its glow, fair-weather clouds. Follows the camera. */
export function createSky(): { readonly mesh: Mesh; dispose(): void } {
  const geometry = new SphereGeometry(RADIUS, 48, 24, 0, Math.PI * 2, 0, Math.PI / 2 + BELOW);
  const texture = paintSky();
  // The painted values go to the screen as they are: half the picture needs no colour conversion.
  const material = new ShaderMaterial({
    uniforms: { map: { value: texture } },
    vertexShader:
      'varying vec2 at; void main() { at = uv; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }',
    fragmentShader: 'uniform sampler2D map; varying vec2 at; void main() { gl_FragColor = texture2D(map, at); }',
    side: BackSide,
    depthWrite: false,
  });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  // Last of the opaque things, so that only what is seen of it is painted.
  mesh.renderOrder = 9;
  return {
    mesh,
    dispose() {
      geometry.dispose();
      texture.dispose();
      material.dispose();
    },
  };
}

function paintSky(): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no 2D canvas context; the view paints its sky on one.');
  const image = context.createImageData(WIDTH, HEIGHT);
  const colour = new Color();
  const srgb = { r: 0, g: 0, b: 0 };
  for (let j = 0; j < HEIGHT; j++) {
    const theta = ((j + 0.5) / HEIGHT) * (Math.PI / 2 + BELOW);
    for (let i = 0; i < WIDTH; i++) {
      // The dome's own parametrisation, so that the sun stands where the light comes from.
      const phi = ((i + 0.5) / WIDTH) * Math.PI * 2;
      const x = -Math.cos(phi) * Math.sin(theta);
      const y = Math.cos(theta);
      const z = Math.sin(phi) * Math.sin(theta);
      skyColour(x, y, z, colour).getRGB(srgb, SRGBColorSpace);
      const at = (j * WIDTH + i) * 4;
      image.data[at] = srgb.r * 255;
      image.data[at + 1] = srgb.g * 255;
      image.data[at + 2] = srgb.b * 255;
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  const texture = new CanvasTexture(canvas);
  texture.generateMipmaps = false;
  texture.minFilter = LinearFilter;
  return texture;
}

const white = new Color('#ffffff');
const cloudShade = new Color('#b9c9d9');
const cloud = new Color();

/** Colour of the sky in a direction (unit vector in scene axes). */
function skyColour(x: number, y: number, z: number, out: Color): Color {
  const height = Math.max(0, y);
  out
    .copy(PALETTE.haze)
    .lerp(PALETTE.midSky, smoothStep(0, 0.24, height))
    .lerp(PALETTE.zenith, smoothStep(0.16, 0.95, height));
  const length = Math.hypot(...SUN_DIRECTION);
  const towards = Math.max(0, (x * SUN_DIRECTION[0] + y * SUN_DIRECTION[1] + z * SUN_DIRECTION[2]) / length);
  out.lerp(PALETTE.sunGlow, 0.55 * towards ** 24 + 0.25 * towards ** 5);
  if (height > 0.01) {
    // A flat layer of clouds seen in perspective; flatter towards the horizon, where they close up.
    const u = x / (height + 0.1);
    const v = z / (height + 0.1);
    const cover = cloudCover(u, v);
    const density = smoothStep(0.5, 0.72, cover) * smoothStep(0.015, 0.12, height);
    const thick = smoothStep(0.62, 0.84, cover);
    cloud.copy(white).lerp(cloudShade, 0.6 * thick);
    out.lerp(cloud, 0.85 * density);
  }
  if (towards > 0.9993) out.copy(white);
  return out;
}

/** Cloud cover 0..1: octaves turned against each other, or the noise's grid would show as square clouds. */
function cloudCover(x: number, y: number): number {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  let [u, v] = [x * 0.9 + 3.7, y * 0.9 - 1.3];
  for (let octave = 0; octave < 6; octave++) {
    sum += weight * noise2(u, v);
    total += weight;
    weight *= 0.55;
    [u, v] = [1.63 * u - 1.21 * v + 11.3, 1.21 * u + 1.63 * v + 5.9];
  }
  return sum / total;
}
