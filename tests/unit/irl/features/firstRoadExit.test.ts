import { describe, expect, it } from 'vitest';
import { laneTableOf } from '../../../../irl/features/createPrediction.ts';
import { firstRoadExit } from '../../../../irl/features/firstRoadExit.ts';
import { laneChange, steadyMotion } from '../../../fixtures/irl/motions.ts';
import { centreOf, LANE_WIDTH, LIMIT, mainRoad, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

const WIDTH = 1.8;

describe('firstRoadExit', () => {
  it('allows lane changes between main lanes', () => {
    const { ego, road } = trafficScene();
    expect(firstRoadExit(laneChange(ego, centreOf(0), 0, 4), laneTableOf(road), WIDTH)).toBe(-1);
  });

  it('finds the sample at which a corner leaves the lanes by more than 0.3 m', () => {
    const { ego, road } = trafficScene([], { d: -0.9 });
    // Left corner at 0; at 1 m/s it is beyond 0.3 m from the fourth sample on.
    expect(firstRoadExit(steadyMotion(ego, 0, 1), laneTableOf(road), WIDTH)).toBe(4);
  });

  it('allows a motion that starts outside and comes back, refuses one that goes on out', () => {
    const { ego, road } = trafficScene([], { d: 0.2 });
    const lanes = laneTableOf(road);
    expect(firstRoadExit(steadyMotion(ego, 0, -0.5), lanes, WIDTH)).toBe(-1);
    expect(firstRoadExit(steadyMotion(ego, 0, 0.5), lanes, WIDTH)).toBe(1);
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
    expect(firstRoadExit(steadyMotion(ego), lanes, WIDTH)).toBe(31);
    expect(firstRoadExit(laneChange(ego, centreOf(2), 1.2, 3.2), lanes, WIDTH)).toBe(-1);
    expect(firstRoadExit(laneChange(ego, centreOf(2), 0, 1.5), lanes, WIDTH)).toBeGreaterThan(0);
  });
});
