import { expect, it } from 'vitest';
import { FAMILY_PARAMETERS } from '../../../../irl/candidates/projection.ts';
import { sceneProposal } from '../../../../irl/candidates/sceneProposal.ts';
import { randomScene } from '../../../fixtures/irl/trafficScene.ts';

const { ego } = randomScene(3);
/** Of the parameters only the duration has a range. */
const DURATION_AT = 5;
const usual = Float64Array.of(ego.sDot, 0, ego.sDot, 0, ego.d, 4, 0);

it.each(Array.from(usual.keys()).filter((i) => i !== DURATION_AT))(
  'has a density whose logarithm is a number however far out parameter %d is',
  (i) => {
    const proposal = sceneProposal(randomScene(3));
    expect(usual).toHaveLength(FAMILY_PARAMETERS);
    let last = proposal.logDensity(usual, 0);
    for (const away of [10, 100, 1000]) {
      const far = usual.slice();
      far[i]! += away;
      const density = proposal.logDensity(far, 0);
      expect(density).toBeGreaterThan(Number.NEGATIVE_INFINITY);
      expect(density).toBeLessThan(last);
      last = density;
    }
  },
);
