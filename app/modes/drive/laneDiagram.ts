import type { Road } from '../../../sim/road/road.ts';
import type { ViewVehicles } from '../../../sim/view/viewVehicles.ts';
import { element } from '../../shell/element.ts';

/** Stretch of road that is shown [m]. */
const AHEAD = 75;
const BEHIND = 35;
const WIDTH = 88;
const HEIGHT = 168;
/** Lateral stretch: lanes are drawn wider than they are, or they would be hairlines. */
const MARGIN = 8;

/** A plan view of the lanes around the ego. */
export interface LaneDiagram {
  readonly element: HTMLCanvasElement;
  draw(road: Road, vehicles: ViewVehicles): void;
}

/** Makes the diagram; sharp on dense screens. */
export function createLaneDiagram(): LaneDiagram {
  const scale = Math.min(window.devicePixelRatio || 1, 2);
  const canvas = element('canvas', {
    class: 'hud__lanes',
    attributes: {
      width: WIDTH * scale,
      height: HEIGHT * scale,
      role: 'img',
      'aria-label': 'Lanes and vehicles around the car',
    },
  });
  const context = canvas.getContext('2d');
  context?.scale(scale, scale);
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const egoColour = colour('--ego');

  return {
    element: canvas,
    draw(road, vehicles) {
      if (!context) return;
      const s = vehicles.s[0]!;
      const left = road.laneLeftEdge(0);
      const right = road.rightEdge(s);
      const perMetreAcross = (WIDTH - 2 * MARGIN) / Math.max(left - right, 7);
      const perMetreAlong = HEIGHT / (AHEAD + BEHIND);
      const x = (d: number) => MARGIN + (left - d) * perMetreAcross;
      const y = (at: number) => (AHEAD - (at - s)) * perMetreAlong;

      context.clearRect(0, 0, WIDTH, HEIGHT);
      context.fillStyle = 'rgb(255 255 255 / 9%)';
      context.fillRect(x(left), 0, (left - right) * perMetreAcross, HEIGHT);
      drawMarkings(context, road, s, x, perMetreAlong);
      for (let i = vehicles.count - 1; i >= 0; i--) {
        const distance = vehicles.s[i]! - s;
        if (distance > AHEAD + 10 || distance < -BEHIND - 10) continue;
        const w = Math.max(vehicles.width[i]! * perMetreAcross, 6);
        const l = vehicles.length[i]! * perMetreAlong;
        context.fillStyle = i === 0 ? egoColour : vehicles.braking[i] ? '#ff9d7a' : '#d5dde4';
        context.beginPath();
        context.roundRect(x(vehicles.d[i]!) - w / 2, y(vehicles.s[i]!) - l / 2, w, l, 2);
        context.fill();
      }
    },
  };
}

function drawMarkings(
  context: CanvasRenderingContext2D,
  road: Road,
  s: number,
  x: (d: number) => number,
  perMetreAlong: number,
): void {
  context.strokeStyle = 'rgb(255 255 255 / 55%)';
  context.lineWidth = 1;
  for (let lane = 1; lane < road.laneCount; lane++) {
    if (!road.laneExists(lane, s)) continue;
    // Dashes stand on the road, so they run towards the car.
    context.setLineDash([5, 7]);
    context.lineDashOffset = -(s * perMetreAlong) % 12;
    line(context, x(road.laneLeftEdge(lane)));
  }
  context.setLineDash([]);
  line(context, x(road.laneLeftEdge(0)));
  line(context, x(road.rightEdge(s)));
}

function line(context: CanvasRenderingContext2D, at: number): void {
  context.beginPath();
  context.moveTo(at, 0);
  context.lineTo(at, HEIGHT);
  context.stroke();
}
