/** Position of the indicator stalk and what the steering did since it was set. */
export interface IndicatorStalk {
  /** 1 left, 0 off, -1 right. */
  position: number;
  /** 0 just set, 1 steered to the indicated side, 2 steered back: the next return to the centre switches it off. */
  phase: number;
  leftHeld: boolean;
  rightHeld: boolean;
}

/** Deflection that counts as steering to a side, and as centred again. */
const TURNED = 0.12;
const CENTRED = 0.03;

export function createIndicatorStalk(): IndicatorStalk {
  return { position: 0, phase: 0, leftHeld: false, rightHeld: false };
}

/**
 * Moves the stalk. A press sets its side, a second press of the same side switches off; after a lane change (steering
 * to the side, back past the centre, and to the centre) it switches itself off, as a car's does.
 * @param deflection steering, -1..1, left positive
 */
export function moveIndicatorStalk(stalk: IndicatorStalk, left: boolean, right: boolean, deflection: number): void {
  if (left && !stalk.leftHeld) press(stalk, 1);
  else if (right && !stalk.rightHeld) press(stalk, -1);
  stalk.leftHeld = left;
  stalk.rightHeld = right;
  if (stalk.position === 0) return;
  const towards = deflection * stalk.position;
  if (stalk.phase === 0 && towards > TURNED) stalk.phase = 1;
  else if (stalk.phase === 1 && towards < -TURNED) stalk.phase = 2;
  else if (stalk.phase === 2 && towards > -CENTRED) stalk.position = 0;
}

function press(stalk: IndicatorStalk, side: number): void {
  stalk.position = stalk.position === side ? 0 : side;
  stalk.phase = 0;
}
