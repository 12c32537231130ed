import { FEATURE_SETS } from '../../irl/features/featureSet.ts';
import type { FeatureSpec } from '../../irl/features/featureSpec.ts';
import type { FeatureGroup } from '../../irl/features/reward.ts';

/** Groups in the order in which they are shown. */
export const GROUPS: readonly FeatureGroup[] = ['speed', 'lane', 'headway', 'comfort', 'courtesy'];

/** What the registries say about a feature, or undefined when none knows it. */
export function featureSpec(name: string): FeatureSpec | undefined {
  for (const set of FEATURE_SETS) {
    const spec = set.specs.find((candidate) => candidate.name === name);
    if (spec) return spec;
  }
  return undefined;
}

/** Orders terms by group, keeping the order within each. */
export function byGroup<Term extends { readonly group: FeatureGroup }>(
  terms: readonly Term[],
): readonly (readonly [group: FeatureGroup, terms: readonly Term[]])[] {
  return GROUPS.map((group) => [group, terms.filter((term) => term.group === group)] as const).filter(
    ([, members]) => members.length > 0,
  );
}
