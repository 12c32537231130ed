import { describe, expect, it } from 'vitest';
import { drawNear, LOCAL_DRAWS, writeSteady } from '../../../../irl/candidates/localProposal.ts';
import { FAMILY_PARAMETERS, writeFamilyMember } from '../../../../irl/candidates/projection.ts';
import { emptyMotion, HORIZON_TICKS } from '../../../../irl/features/motion.ts';
import { trafficScene } from '../../../fixtures/irl/trafficScene.ts';

const { ego } = trafficScene([], { sDot: 25, sDdot: -1 });
const course = Float64Array.of(0, 0, 0, 0, -5.25, 4, 0);

describe('writeSteady', () => {
  it.each([-4, -0.35, 0, 1.8])('goes evenly to %d m/s² in 1.5 s and stays there, on the given course', (wanted) => {
    const parameters = new Float64Array(FAMILY_PARAMETERS);
    writeSteady(ego, course, wanted, parameters, 0);
    const motion = emptyMotion();
    writeFamilyMember(ego, parameters, 0, motion, 0);
    const accelerations = Array.from(
      { length: HORIZON_TICKS },
      (_, k) => (motion.sDot[k + 1]! - motion.sDot[k]!) / 0.1,
    );
    for (const a of accelerations.slice(15)) expect(a).toBeCloseTo(wanted, 9);
    // Every tick of the first 1.5 s brings it the same way nearer.
    const jerks = accelerations.slice(1, 15).map((a, k) => a - accelerations[k]!);
    for (const jerk of jerks) expect(jerk).toBeCloseTo((wanted + 1) / 15, 9);
    expect(motion.d[HORIZON_TICKS]).toBeCloseTo(-5.25, 6);
  });
});

describe('drawNear', () => {
  const centre = Float64Array.of(24, -0.5, 22, 0.2, -5, 7.5, 0.1);

  it('departs in proportion to the spread, on both sides, and always in the same way', () => {
    const out = new Float64Array(2 * FAMILY_PARAMETERS);
    const mean = new Float64Array(FAMILY_PARAMETERS);
    for (let n = 0; n < LOCAL_DRAWS; n++) {
      drawNear(n, centre, 0.5, out, 0);
      drawNear(n, centre, 0.25, out, FAMILY_PARAMETERS);
      for (let i = 0; i < FAMILY_PARAMETERS; i++) {
        const wide = out[i]! - centre[i]!;
        // The duration is limited to what the family allows.
        if (i !== 5) expect(out[FAMILY_PARAMETERS + i]! - centre[i]!).toBeCloseTo(wide / 2, 9);
        mean[i]! += wide / LOCAL_DRAWS;
      }
      expect(out[5]).toBeLessThanOrEqual(8);
      const again = new Float64Array(FAMILY_PARAMETERS);
      drawNear(n, centre, 0.5, again, 0);
      expect([...again]).toEqual([...out.subarray(0, FAMILY_PARAMETERS)]);
    }
    // The draws lie around the centre: deviations of 0.5 m/s² move the speed after 5 s by more than 1 m/s.
    for (const i of [0, 1, 2, 3, 4, 6]) expect(Math.abs(mean[i]!), `parameter ${i}`).toBeLessThan(0.35);
  });

  it('with no spread is the centre itself', () => {
    const out = new Float64Array(FAMILY_PARAMETERS);
    drawNear(3, centre, 0, out, 0);
    expect([...out]).toEqual([...centre]);
  });
});
