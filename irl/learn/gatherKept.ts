import { BREATH_SCENES, gatherPicked, type OptionCounts } from './gatherScenes.ts';
import { joinScenes, type KeptScenes, keepScenes } from './keptScenes.ts';
import { type LearningControl, throwIfAborted } from './learningProgress.ts';
import { REFINEMENTS } from './refinedFit.ts';
import type { OptionPlan, PickedScene, ScenePlan } from './scenePlan.ts';

/** Scenes that are kept somewhere, and how they came about. */
export interface GatheredShare extends OptionCounts {
  readonly kept: KeptScenes;
}

/** Gathers a share of the scenes; one that is not the caller's own works at the same time. */
export type GatherShare = (picked: readonly PickedScene[], plan: OptionPlan) => Promise<GatheredShare>;

/** How many of the picked scenes, in order, go to which helper; the rest, which come last, are the caller's. */
export type ShareOut = (picked: readonly PickedScene[]) => readonly (readonly [count: number, gather: GatherShare])[];

/** Gathers the scenes of a plan. They, their options and their order are the same however they are shared out. */
export async function gatherKept({ picked, ...plan }: ScenePlan, control: LearningControl): Promise<GatheredShare> {
  let from = 0;
  const working = (control.shareOut?.(picked) ?? []).flatMap(([count, gather]) => {
    const share = picked.slice(from, from + count);
    from += count;
    return share.length > 0 ? [gather(share, plan)] : [];
  });
  const rest = picked.slice(from);
  if (rest.length > 0 || working.length === 0) working.push(gatherHere(rest, plan, control));
  const shares = await Promise.all(working);
  return {
    kept: joinScenes(shares.map(({ kept }) => kept)),
    projectionErrors: Float64Array.from(shares.flatMap(({ projectionErrors }) => [...projectionErrors])),
    withoutAlternative: shares.reduce((sum, one) => sum + one.withoutAlternative, 0),
    refused: [0, 1, 2, 3].map((code) => shares.reduce((sum, { refused }) => sum + refused[code]!, 0)),
  };
}

/** A share that is gathered and kept here. */
export async function gatherHere(
  picked: readonly PickedScene[],
  plan: OptionPlan,
  control: LearningControl,
): Promise<GatheredShare> {
  const { scenes, ...counts } = await gatherPicked(picked, plan, control);
  const total = REFINEMENTS * scenes.length;
  const kept = keepScenes(scenes, async (done) => {
    if (done % BREATH_SCENES !== 0) return;
    throwIfAborted(control);
    control.onProgress?.({ stage: 'options', done, total });
    await control.breathe?.();
  });
  return { ...counts, kept };
}
