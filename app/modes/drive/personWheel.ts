import { SUBSTEP_S } from '../../../sim/core/time.ts';
import { createShaperState, shape } from '../../../sim/input/commandShaper.ts';
import type { InputDevices } from '../../../sim/input/inputDevices.ts';
import type { RawInput } from '../../../sim/input/rawInput.ts';
import { laneAssistSteer } from './laneAssist.ts';
import type { Wheel } from './wheel.ts';

/** Choices of the person at the wheel; read in every substep, so that they act at once. */
export interface PersonChoices {
  /** Whether a keyboard's steering is helped along the road, see `laneAssistSteer`. */
  readonly laneAssist: boolean;
}

/** Share of the steering range below which the keys count as released, and the assist is fully there. */
const RELEASED = 0.25;

/** The wheel in the hands of a person: devices, shaped by time and speed, with an assist for keyboards. */
export function createPersonWheel(devices: InputDevices, choices: () => PersonChoices, name: string): Wheel {
  let state = createShaperState();
  let raw: RawInput = { device: 'keyboard', keys: [] };
  return {
    human: true,
    raw: () => raw,
    remember() {
      const { deflection, throttle, brake, stalk } = structuredClone(state);
      return () => {
        Object.assign(state, { deflection, throttle, brake });
        Object.assign(state.stalk, stalk);
      };
    },
    driver: {
      name,
      start() {
        state = createShaperState(state.wheel);
      },
      command(world, out) {
        raw = devices.sample();
        shape(raw, world.ego.vx, SUBSTEP_S, state, out);
        if (raw.device !== 'keyboard' || !choices().laneAssist) return;
        const released = 1 - Math.min(Math.abs(state.deflection) / RELEASED, 1);
        out.steer += released * laneAssistSteer(world);
      },
    },
  };
}
