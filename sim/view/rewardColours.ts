import type { Color } from 'three';

/**
 * Ends of the scale in Oklch: lightness and hue [rad] rise together, so that the order survives colour blindness and
 * grey prints.
 */
const WORST = { lightness: 0.42, chroma: 0.17, hue: 5.3 } as const;
const BEST = { lightness: 0.93, chroma: 0.2, hue: 1.9 } as const;

/**
 * Colour of a merit between 0 (worst: dark violet) and 1 (best: bright yellow-green), even steps in Oklab
 * (B. Ottosson 2020, "A perceptual color space for image processing").
 */
export function rewardColour(merit: number, out: Color): Color {
  const t = Math.min(1, Math.max(0, merit));
  const lightness = WORST.lightness + t * (BEST.lightness - WORST.lightness);
  const chroma = WORST.chroma + t * (BEST.chroma - WORST.chroma) - 0.12 * t * (1 - t);
  const hue = WORST.hue + t * (BEST.hue - WORST.hue);
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  // Working colours of three are linear sRGB.
  return out.setRGB(
    clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  );
}

function clamp(x: number): number {
  return x < 0 ? 0 : Math.min(x, 1);
}
