import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demonstrationScenes } from '../../../../irl/features/demonstrationScenes.ts';
import { HORIZON_TICKS } from '../../../../irl/features/motion.ts';
import { FEATURE_COUNT } from '../../../../irl/features/registry.ts';
import { scaledChoices, selectedColumns, selectedScenes } from '../../../../irl/learn/choiceData.ts';
import { meanChoiceNll } from '../../../../irl/learn/choiceNll.ts';
import { cholesky, inverseMatrix } from '../../../../irl/learn/cholesky.ts';
import { fitPopulation } from '../../../../irl/learn/fitPopulation.ts';
import { gatherScenes } from '../../../../irl/learn/gatherScenes.ts';
import { gaussianPrior } from '../../../../irl/learn/gaussianPrior.ts';
import { fitMaxent } from '../../../../irl/learn/maxent.ts';
import { choicesOf } from '../../../../irl/learn/sceneOptions.ts';
import { standardise } from '../../../../irl/learn/standardisation.ts';
import { importNgsim } from '../../../../recordings/adapters/ngsim.ts';

/** Real traffic lies beside the repository and is not part of it. */
const FILE = new URL('../../../../../shared/data/ngsim-us101/us101-0750-frames-0914-1451.csv', import.meta.url);
const OWN_SCENES = 3;
const strideTicks = 10;

describe.skipIf(!existsSync(FILE))('population of US-101 (skipped without ../shared/data)', () => {
  it('foretells new drivers from three scenes of their own far better than those scenes alone', async () => {
    const { recordings } = await importNgsim(readFileSync(FILE, 'utf8'), { name: 'us101.csv' });
    const { scenes, sceneWeight } = await gatherScenes(recordings, { candidates: 100, strideTicks });
    const data = choicesOf(scenes, FEATURE_COUNT);
    let next = 0;
    const scenesOf = recordings.map((recording) =>
      demonstrationScenes(recording, { strideTicks }).ticks.map((tick) => ({ scene: next++, tick })),
    );
    const known = scenesOf.filter((_, u) => u % 2 !== 0);
    const number = ({ scene }: { scene: number }) => scene;
    const { scale, excited } = standardise(selectedScenes(data, known.flat().map(number)));
    const units = Float64Array.from(excited, (column) => scale[column]!);
    const of = (scenes: readonly { scene: number }[]) =>
      scaledChoices(selectedColumns(selectedScenes(data, scenes.map(number)), excited), units);
    const { mean, covariance } = fitPopulation(known.map(of), { sceneWeight });
    const terms = [gaussianPrior(mean, inverseMatrix(cholesky(covariance, excited.length)!, excited.length))];
    let [adapted, alone, zero, scored] = [0, 0, 0, 0];
    for (const scenes of scenesOf.filter((_, u) => u % 2 === 0)) {
      const own = of(scenes.slice(0, OWN_SCENES));
      const later = scenes.filter(({ tick }) => tick >= scenes[OWN_SCENES - 1]!.tick + HORIZON_TICKS);
      if (later.length === 0) continue;
      scored += later.length;
      const nll = (theta: Float64Array) => later.length * meanChoiceNll(of(later), theta);
      adapted += nll(fitMaxent(own, { priorSd: Number.POSITIVE_INFINITY, sceneWeight, terms }).theta);
      zero += nll(new Float64Array(excited.length));
      alone += nll(fitMaxent(own, { sceneWeight }).theta);
    }
    expect(scored).toBeGreaterThan(5);
    expect(adapted / scored).toBeLessThan(alone / scored - 1);
    // Nine drivers know something of the ten others: more than a reward of zero, which three own scenes do not beat.
    expect(adapted / scored).toBeLessThan(zero / scored);
    expect(alone / scored).toBeGreaterThan(zero / scored);
  });
});
