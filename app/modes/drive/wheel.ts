import type { Driver } from '../../../sim/core/driver.ts';
import type { RawInput } from '../../../sim/input/rawInput.ts';

/** Whoever holds the wheel: a driver, and what the hands on the device reported. */
export interface Wheel {
  readonly driver: Driver;
  /** The device report behind the last command. */
  raw(): RawInput;
  /** True for a person, whose world has to run in real time. */
  readonly human: boolean;
  /**
   * Remembers where the driver's hands and feet are; the returned function puts them back there, as often as it is
   * called. Drivers without it start anew in a rewound world.
   */
  remember?(): () => void;
}

const NO_HANDS: RawInput = { device: 'program' };

/** The wheel in the hands of a program. */
export function programWheel(driver: Driver): Wheel {
  return { driver, raw: () => NO_HANDS, human: false };
}
