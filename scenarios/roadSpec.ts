import { mainLane } from '../sim/road/createRoad.ts';
import type { LaneSpec, RoadSpec } from '../sim/road/road.ts';
import type { GeneratedFamily } from './scenarioFamily.ts';

/** The road of a family: what a lane leaves out is that of one that runs the whole road, open everywhere. */
export function roadSpec({ road }: GeneratedFamily): RoadSpec {
  const lanes = road.lanes.map((lane): LaneSpec => {
    const main = mainLane(lane.width, lane.speedLimit);
    return {
      ...main,
      kind: lane.kind,
      from: lane.from ?? main.from,
      to: lane.to ?? main.to,
      openFrom: lane.openFrom ?? main.openFrom,
      openTo: lane.openTo ?? main.openTo,
    };
  });
  return { ...road, lanes };
}
