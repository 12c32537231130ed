import { createPlayer, type Player } from '../../../recordings/player.ts';
import type { Recording } from '../../../recordings/recording.ts';
import { createRoad } from '../../../sim/road/createRoad.ts';
import type { Road } from '../../../sim/road/road.ts';
import type { ViewFrame } from '../../../sim/view/viewFrame.ts';
import { captureEgoAndTraffic, createViewVehicles, type ViewVehicles } from '../../../sim/view/viewVehicles.ts';

/** A recording drawn as it was recorded. */
export interface RecordedScene {
  readonly road: Road;
  readonly durationS: number;
  frameAt(timeS: number): ViewFrame;
}

export function createRecordedScene(recording: Recording): RecordedScene {
  const player: Player = createPlayer(recording);
  const most = recording.traffic.reduce((count, frame) => Math.max(count, frame.count), 0);
  const vehicles: ViewVehicles = createViewVehicles(most + 1);
  const { metadata, input, ego: rows } = recording;
  return {
    road: createRoad(metadata.road),
    durationS: player.duration,
    frameAt(timeS) {
      const ego = player.egoAt(timeS);
      const row = inputRowAt(recording, timeS);
      captureEgoAndTraffic(
        {
          ...ego,
          ...metadata.ego,
          indicator: row < 0 ? 0 : input.indicator[row]!,
          // Imported drives have no pedals: hard deceleration stands for the brake light.
          braking: row < 0 ? ego.ax < -0.6 : input.brake[row]! > 0.02,
        },
        player.trafficAt(timeS),
        timeS,
        vehicles,
      );
      return {
        timeS,
        vehicles,
        speed: ego.sDot,
        egoAx: ego.ax,
        egoAy: ego.ay,
        ...(rows.rowsPerTick > 1 ? { egoSteer: ego.steer } : {}),
      };
    },
  };
}

/** Row of the command that acts at a time, or -1 when there is none. */
export function inputRowAt(recording: Recording, timeS: number): number {
  const { rows } = recording.input;
  if (rows === 0) return -1;
  return Math.min(Math.max(Math.floor(timeS * 60 + 1e-6), 0), rows - 1);
}
