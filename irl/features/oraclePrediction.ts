import { TICK_S } from '../../sim/core/time.ts';
import { allocatePrediction, findLeaders, followLeaders, occupySpans } from './createPrediction.ts';
import type { DriveTrace } from './driveTrace.ts';
import { findFirmLeaders, findRoomAhead } from './firmLeaders.ts';
import { MOTION_SAMPLES } from './motion.ts';
import type { Prediction } from './prediction.ts';
import type { Scene } from './scene.ts';

/**
 * The recorded future in place of a prediction: for judging what was driven, and as option `oracle` of learning for
 * diagnosis only, because no driver knows it.
 * Nobody reacts to the ego; imposed braking is what the car-following law would ask at the recorded states. A vehicle
 * whose record ends goes on at its last speed; vehicles that appear later are left out.
 * @param tick tick of the scene in the recording
 * @throws RangeError when the recording does not reach the end of the horizon
 */
export function oraclePrediction(
  scene: Scene,
  recording: Pick<DriveTrace, 'ticks' | 'traffic'>,
  tick: number,
): Prediction {
  if (tick + MOTION_SAMPLES - 1 > recording.ticks) {
    throw new RangeError(`oracle prediction: tick ${tick} + 50 is beyond the recording's ${recording.ticks} ticks`);
  }
  const prediction = allocatePrediction(scene, false);
  const { count, source, baseS, baseSpeed, d } = prediction;
  for (let i = 0; i < count; i++) {
    const id = scene.others.id[source[i]!]!;
    let s = scene.others.s[source[i]!]!;
    let speed = scene.others.sDot[source[i]!]!;
    let lateral = scene.others.d[source[i]!]!;
    for (let k = 0; k < MOTION_SAMPLES; k++) {
      const frame = recording.traffic[tick + k]!;
      const row = frame.id.subarray(0, frame.count).indexOf(id);
      if (row >= 0) {
        s = frame.s[row]!;
        speed = frame.sDot[row]!;
        lateral = frame.d[row]!;
      } else if (k > 0) {
        s += speed * TICK_S;
      }
      baseS[k * count + i] = s;
      baseSpeed[k * count + i] = Math.max(speed, 0);
      d[k * count + i] = lateral;
    }
  }
  occupySpans(prediction);
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    findLeaders(prediction, k);
    followLeaders(prediction, k);
  }
  findFirmLeaders(prediction);
  findRoomAhead(prediction);
  prediction.s.set(baseS);
  prediction.speed.set(baseSpeed);
  return prediction;
}
