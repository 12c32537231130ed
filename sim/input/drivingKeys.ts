/** What a held key asks for. */
export type DrivingControl =
  | 'throttle'
  | 'brake'
  | 'full-brake'
  | 'left'
  | 'right'
  | 'indicate-left'
  | 'indicate-right';

/** Driving keys by `KeyboardEvent.code`: the place on the keyboard, whatever the layout prints on it. */
export const DRIVING_KEYS: Readonly<Record<string, DrivingControl>> = {
  KeyW: 'throttle',
  ArrowUp: 'throttle',
  KeyS: 'brake',
  ArrowDown: 'brake',
  Space: 'full-brake',
  KeyA: 'left',
  ArrowLeft: 'left',
  KeyD: 'right',
  ArrowRight: 'right',
  KeyQ: 'indicate-left',
  KeyE: 'indicate-right',
};
