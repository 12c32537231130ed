import type { ChoiceData } from './choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from './choiceLikelihood.ts';

/** log P(person) of each scene under given weights [nat], whatever the scenes count. Shape: [scenes]. */
export function sceneLogLikelihoods(data: ChoiceData, theta: Float64Array): Float64Array {
  const { columns, start, values, logWeight } = data;
  const out = emptyLikelihood(columns);
  return Float64Array.from({ length: data.scenes }, (_, scene) => {
    choiceLikelihood(
      { scenes: 1, columns, start: start.subarray(scene, scene + 2), values, logWeight },
      theta,
      out,
      false,
    );
    return -out.value;
  });
}
