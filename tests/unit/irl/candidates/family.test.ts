import { describe, expect, it } from 'vitest';
import { largestDistance, projectMotion, writeFamilyMember } from '../../../../irl/candidates/projection.ts';
import { emptyMotion } from '../../../../irl/features/motion.ts';
import type { SceneEgo } from '../../../../irl/features/scene.ts';
import { laneChange, steadyMotion } from '../../../fixtures/irl/motions.ts';
import { centreOf, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

function member(ego: SceneEgo, parameters: readonly number[]) {
  const motion = emptyMotion();
  writeFamilyMember(ego, Float64Array.from(parameters), 0, motion, 0);
  return motion;
}

const moving = { sDot: 18, sDdot: 0.8, dDot: 0.2, dDdot: -0.1 };

describe('candidate family', () => {
  it('starts in the present state and reaches the speeds and the target it is given', () => {
    const { ego } = trafficScene([], moving);
    const motion = member(ego, [19, 0.3, 21, -0.2, centreOf(0), 3, 0]);
    expect([motion.s[0], motion.d[0], motion.sDot[0]]).toEqual([ego.s, ego.d, 18]);
    expect(motion.dDot[0]).toBeCloseTo(0.2, 12);
    expect(motion.sDot[15]).toBeCloseTo(19, 9);
    expect(motion.sDot[50]).toBeCloseTo(21, 9);
    expect((motion.sDot[1]! - motion.sDot[0]!) / 0.1).toBeCloseTo(0.8, 1);
    for (let k = 30; k <= 50; k++) expect(motion.d[k]).toBeCloseTo(centreOf(0), 9);
    for (let k = 30; k <= 50; k++) expect(motion.dDot[k]).toBeCloseTo(0, 9);
  });

  it('has speeds that are the derivatives of its positions', () => {
    const { ego } = trafficScene([], moving);
    const motion = member(ego, [19, 0.3, 21, -0.2, centreOf(0), 6.5, 0.2]);
    for (let k = 1; k < 50; k++) {
      expect((motion.s[k + 1]! - motion.s[k - 1]!) / 0.2).toBeCloseTo(motion.sDot[k]!, 1);
      expect((motion.d[k + 1]! - motion.d[k - 1]!) / 0.2).toBeCloseTo(motion.dDot[k]!, 1);
    }
  });

  it('is still on its way to a target whose duration exceeds the horizon', () => {
    const { ego } = trafficScene();
    const motion = member(ego, [20, 0, 20, 0, centreOf(0), 8, 0]);
    expect(motion.d[50]! - ego.d).toBeGreaterThan(1.5);
    expect(motion.d[50]! - ego.d).toBeLessThan(3.4);
    expect(motion.dDot[50]).toBeGreaterThan(0.2);
  });

  it('gives the same curve when it is replanned from its own middle with the time that remains', () => {
    const { ego } = trafficScene();
    const first = member(ego, [20, 0, 20, 0, centreOf(0), 6, 0]);
    // State after 1 s, with the acceleration of the quintic.
    const u = 1 / 6;
    const reach = centreOf(0) - ego.d;
    const dDdot = (reach * (60 * u - 180 * u * u + 120 * u * u * u)) / 36;
    const later = { ...ego, s: first.s[10]!, d: first.d[10]!, dDot: first.dDot[10]!, dDdot };
    const second = member(later, [20, 0, 20, 0, centreOf(0), 5, 0]);
    for (let k = 0; k <= 40; k++) expect(second.d[k]).toBeCloseTo(first.d[k + 10]!, 9);
  });

  it('stops and stays instead of reversing', () => {
    const { ego } = trafficScene([], { sDot: 4, sDdot: -2 });
    const motion = member(ego, [-1, -3, -5, 0, ego.d, 3, 0]);
    expect(Math.min(...motion.sDot)).toBe(0);
    for (let k = 1; k <= 50; k++) expect(motion.s[k]!).toBeGreaterThanOrEqual(motion.s[k - 1]!);
    expect(motion.s[50]).toBe(motion.s[45]);
  });

  it('does not slide sideways while standing', () => {
    const { ego } = trafficScene([], { sDot: 0 });
    const motion = member(ego, [0, 0, 0, 0, centreOf(0), 3, 0.2]);
    expect([...motion.d].every((d) => d === ego.d)).toBe(true);
  });

  it('contains what it projects: members come back with their parameters', () => {
    const { ego } = trafficScene([], moving);
    const parameters = [19, 0.3, 21, -0.2, centreOf(0), 4.5, 0.15];
    const projection = projectMotion(ego, member(ego, parameters));
    expect(projection.error).toBeLessThan(1e-9);
    for (const [i, value] of parameters.entries()) expect(projection.parameters[i]).toBeCloseTo(value, 6);
  });

  it('projects motions from outside the family with a small, reported error', () => {
    const { ego } = trafficScene();
    for (const motion of [steadyMotion(ego, 1), laneChange(ego, centreOf(0), 0.5, 4)]) {
      const projection = projectMotion(ego, motion);
      expect(projection.error).toBe(largestDistance(motion, projection.motion));
      expect(projection.error).toBeLessThan(0.3);
    }
    const projection = projectMotion(ego, laneChange(ego, centreOf(0), 2, 2.5));
    expect(projection.error).toBeGreaterThan(0.3);
  });
});
