import { Color } from 'three';
import { hash2 } from './groundNoise.ts';

/** Colour of the ego and of the ghost; nobody else has them. Red and amber lamps stand out on both. */
export const EGO_COLOUR = new Color('#1f74ff');
export const GHOST_COLOUR = new Color('#ffa02e');

/** Car colours with about the share they have on the road: mostly white, black and greys. */
const CAR_COLOURS = [
  '#f3f4f2',
  '#e8eaea',
  '#f0efe9',
  '#1d1f23',
  '#24272b',
  '#2c2f36',
  '#8d9297',
  '#a9adb0',
  '#6b7075',
  '#c3c7c9',
  '#2b3d55',
  '#223046',
  '#5c7288',
  '#8e1f24',
  '#b02a2c',
  '#4a5a45',
  '#6d5a48',
  '#d8c9a4',
  '#355e63',
].map((hex) => new Color(hex));
const TRUCK_COLOURS = ['#f4f4f1', '#e9e9e6', '#2f5fa5', '#b53430', '#dfb52f', '#3d7d55', '#5b6168', '#d9822b'].map(
  (hex) => new Color(hex),
);

/** The colour of a vehicle by its id: the same vehicle always has the same. */
export function bodyColour(id: number, truck: boolean): Color {
  const colours = truck ? TRUCK_COLOURS : CAR_COLOURS;
  return colours[Math.floor(hash2(id, 77) * colours.length)]!;
}
