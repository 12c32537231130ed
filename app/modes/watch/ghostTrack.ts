import { createPlayer } from '../../../recordings/player.ts';
import type { Recording } from '../../../recordings/recording.ts';
import { createRoad } from '../../../sim/road/createRoad.ts';
import type { GhostFrame } from '../../../sim/view/viewFrame.ts';
import { emptyReading, readRoad } from '../drive/roadReading.ts';
import { inputRowAt } from './recordedScene.ts';
import { shownHeadway } from './rollout.ts';

/** A recorded drive as a ghost beside a rollout. */
export interface GhostTrack {
  readonly label: string;
  readonly ticks: number;
  /** As in `Rollout`, by tick. Shapes: [ticks + 1]. */
  readonly speed: Float64Array;
  readonly acceleration: Float64Array;
  readonly headway: Float64Array;
  /** Position along the road by tick [m]. */
  readonly s: Float64Array;
  frameAt(timeS: number): GhostFrame;
}

/** Prepares a recording as a ghost; its headway is to the traffic as it was recorded. */
export function createGhostTrack(recording: Recording, label: string): GhostTrack {
  const { ego, metadata, ticks, traffic, input } = recording;
  const player = createPlayer(recording);
  const road = createRoad(metadata.road);
  const reading = emptyReading();
  const column = () => new Float64Array(ticks + 1);
  const track = { speed: column(), acceleration: column(), headway: column(), s: column() };
  for (let tick = 0; tick <= ticks; tick++) {
    const row = tick * ego.rowsPerTick;
    const car = { s: ego.s[row]!, d: ego.d[row]!, sDot: ego.sDot[row]!, ...metadata.ego };
    readRoad(road, car, traffic[tick]!, 0, reading);
    track.s[tick] = car.s;
    track.speed[tick] = car.sDot;
    track.acceleration[tick] = ego.ax[row]!;
    track.headway[tick] = shownHeadway(reading.headwayS);
  }
  return {
    label,
    ticks,
    ...track,
    frameAt(timeS) {
      const { s, d, headingOffset, ax } = player.egoAt(timeS);
      const row = inputRowAt(recording, timeS);
      return {
        s,
        d,
        headingOffset,
        length: metadata.ego.length,
        width: metadata.ego.width,
        braking: row < 0 ? ax < -0.6 : input.brake[row]! > 0.02,
        indicator: row < 0 ? 0 : input.indicator[row]!,
        label,
      };
    },
  };
}
