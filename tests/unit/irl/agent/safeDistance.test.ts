import { describe, expect, it } from 'vitest';
import { distanceShortfall, EMERGENCY_RSS, requiredResponse } from '../../../../irl/agent/safeDistance.ts';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import type { Motion } from '../../../../irl/features/motion.ts';
import { respond } from '../../../../irl/features/respond.ts';
import type { Scene } from '../../../../irl/features/scene.ts';
import { laneChange, steadyMotion } from '../../../fixtures/irl/motions.ts';
import { centreOf, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

function shortfall(scene: Scene, motion: Motion): number {
  const prediction = createPrediction(scene);
  respond(prediction, motion);
  return distanceShortfall(EMERGENCY_RSS, requiredResponse(EMERGENCY_RSS, scene), motion, prediction);
}

describe('room around the car', () => {
  // Somebody of 1.8 m half a length behind in the lane to the left, at the same speed.
  const beside = (d: number) => trafficScene([{ s: 498, d: centreOf(0), sDot: 20 }], { d });
  const leaving = (aside: number) => centreOf(0) - 1.8 - aside;

  it('is left beside others: a tenth of a metre is too near, three tenths are not', () => {
    const scene = beside(centreOf(1));
    expect(shortfall(scene, laneChange(scene.ego, leaving(0.1), 0, 3))).toBeGreaterThan(0);
    expect(shortfall(scene, laneChange(scene.ego, leaving(0.3), 0, 3))).toBe(0);
  });

  it('does not forbid to go on where somebody is near already', () => {
    const scene = beside(leaving(0.1));
    expect(shortfall(scene, steadyMotion(scene.ego))).toBe(0);
  });
});

describe('standing behind somebody', () => {
  // Bumper to bumper: centres less 4.5 m.
  const behind = (gap: number, sDot: number) => trafficScene([{ s: 504.5 + gap, d: centreOf(1), sDot: 0 }], { sDot });

  it('may be crept up to, but not closer than half a metre', () => {
    const roomy = behind(1, 0.05);
    expect(shortfall(roomy, steadyMotion(roomy.ego))).toBe(0);
    const close = behind(0.5, 0.2);
    expect(shortfall(close, steadyMotion(close.ego))).toBeGreaterThan(0);
  });

  it('is what one may go on with, however close', () => {
    const close = behind(0.3, 0);
    expect(shortfall(close, steadyMotion(close.ego))).toBe(0);
  });
});

describe('a leader that brakes', () => {
  /** Both at 28 m/s, 30 m between the bumpers: safe by the rule, whatever the leader does now. */
  const responseTo = (braking: number) => {
    const scene = trafficScene([{ s: 534.5, d: centreOf(1), sDot: 28 }], { sDot: 28 });
    scene.others.a[0] = -braking;
    return requiredResponse(EMERGENCY_RSS, scene);
  };

  it('is answered at once where stopping behind it is not comfortable, and else left to the reward', () => {
    expect(responseTo(0)).toBe(0);
    expect(responseTo(3)).toBe(0);
    expect(responseTo(6)).toBeGreaterThan(3.4);
    expect(responseTo(6)).toBeLessThan(6);
  });
});
