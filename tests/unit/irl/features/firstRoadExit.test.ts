import { describe, expect, it } from 'vitest';
import { laneTableOf } from '../../../../irl/features/createPrediction.ts';
import { firstRoadExit } from '../../../../irl/features/firstRoadExit.ts';
import { laneChange, steadyMotion } from '../../../fixtures/irl/motions.ts';
import { centreOf, LANE_WIDTH, LIMIT, mainRoad, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

const BOX = { width: 1.8, length: 4.6 };

describe('firstRoadExit', () => {
  it('allows lane changes between main lanes', () => {
    const { ego, road } = trafficScene();
    expect(firstRoadExit(laneChange(ego, centreOf(0), 0, 4), laneTableOf(road), BOX)).toBe(-1);
  });

  it('finds the sample at which a corner leaves the lanes by more than a plan may have it', () => {
    const { ego, road } = trafficScene([], { d: -0.9, sDot: 23 });
    // Left corner at 0, and at 2.3 m * 1/23 = 0.1 m as the car is turned; at 1 m/s it is beyond 0.27 m from the second
    // sample on.
    expect(firstRoadExit(steadyMotion(ego, 0, 1), laneTableOf(road), BOX)).toBe(2);
    expect(firstRoadExit(steadyMotion(ego, 0, 1), laneTableOf(road), { ...BOX, length: 0 })).toBe(3);
  });

  it('allows a motion that starts outside and comes back, refuses one that goes on out', () => {
    const { ego, road } = trafficScene([], { d: 0.2 });
    const lanes = laneTableOf(road);
    expect(firstRoadExit(steadyMotion(ego, 0, -0.5), lanes, BOX)).toBe(-1);
    expect(firstRoadExit(steadyMotion(ego, 0, 0.5), lanes, BOX)).toBe(1);
    // The car has to turn to come back.
    expect(firstRoadExit(laneChange(ego, centreOf(0), 0, 4), lanes, BOX)).toBe(-1);
  });

  it('refuses to stay in a lane that ends, and to cross a solid marking', () => {
    const ramp = {
      kind: 'on-ramp',
      width: LANE_WIDTH,
      speedLimit: LIMIT,
      from: 0,
      to: 560,
      openFrom: 530,
      openTo: 560,
    } as const;
    const road = mainRoad({ more: [ramp] });
    const { ego } = trafficScene([], { d: centreOf(3) }, road);
    const lanes = laneTableOf(road);
    expect(firstRoadExit(steadyMotion(ego), lanes, BOX)).toBe(31);
    expect(firstRoadExit(laneChange(ego, centreOf(2), 1.2, 3.2), lanes, BOX)).toBe(-1);
    expect(firstRoadExit(laneChange(ego, centreOf(2), 0, 1.5), lanes, BOX)).toBeGreaterThan(0);
  });
});
