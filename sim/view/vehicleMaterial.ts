import { MeshLambertMaterial } from 'three';
import { PALETTE } from './palette.ts';

/** How a face takes the vehicle's colour: `paintLamp.x`. Values between 0 and 1 tint partly. */
export const PAINT = { none: 0, body: 1, glass: 2 } as const;
/** Which lamp a face belongs to: `paintLamp.y`. */
export const LAMP = { none: 0, brake: 1, left: 2, right: 3, head: 4 } as const;

/**
 * The one material of all vehicles: Lambert, plus per-instance body colour and lamps, and a reflection of the sky on
 * paint and glass that needs no environment map. Instances carry `bodyColour` (vec3) and `lampState` (vec3: brake,
 * left, right).
 */
export function createVehicleMaterial(opacity = 1): MeshLambertMaterial {
  const material = new MeshLambertMaterial({ vertexColors: true, transparent: opacity < 1, opacity });
  const { haze, midSky, groundLight } = PALETTE;
  const vec3 = (c: { r: number; g: number; b: number }) =>
    `vec3(${c.r.toFixed(3)}, ${c.g.toFixed(3)}, ${c.b.toFixed(3)})`;
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace(
        '#include <common>',
        `#include <common>
attribute vec2 paintLamp;
attribute vec3 bodyColour;
attribute vec3 lampState;
varying vec3 vGlow;
varying float vGloss;`,
      )
      .replace(
        '#include <color_vertex>',
        `#include <color_vertex>
float body = paintLamp.x > 1.5 ? 0.0 : paintLamp.x;
vColor.rgb *= mix(vec3(1.0), bodyColour, body);
vGloss = paintLamp.x > 1.5 ? 1.0 : 0.55 * body;
float lamp = paintLamp.y;
vGlow = lamp < 0.5 ? vec3(0.0)
  : lamp < 1.5 ? vec3(0.16, 0.006, 0.006) + lampState.x * vec3(1.5, 0.10, 0.07)
  : lamp < 2.5 ? lampState.y * vec3(1.5, 0.55, 0.03)
  : lamp < 3.5 ? lampState.z * vec3(1.5, 0.55, 0.03)
  : vec3(0.75, 0.75, 0.7);`,
      );
    shader.fragmentShader = shader.fragmentShader
      .replace(
        '#include <common>',
        `#include <common>
varying vec3 vGlow;
varying float vGloss;`,
      )
      .replace(
        '#include <emissivemap_fragment>',
        `#include <emissivemap_fragment>
totalEmissiveRadiance += vGlow;
vec3 eye = normalize(vViewPosition);
float facing = clamp(dot(normal, eye), 0.0, 1.0);
float fresnel = 0.05 + 0.75 * pow(1.0 - facing, 4.0);
vec3 mirrored = reflect(-eye, normal);
float up = dot(mirrored, (viewMatrix * vec4(0.0, 1.0, 0.0, 0.0)).xyz);
vec3 seen = up > 0.0 ? mix(${vec3(haze)}, ${vec3(midSky)}, smoothstep(0.0, 0.6, up)) : mix(${vec3(haze)}, 0.3 * ${vec3(groundLight)}, smoothstep(0.0, 0.25, -up));
totalEmissiveRadiance += vGloss * fresnel * seen;`,
      );
  };
  return material;
}
