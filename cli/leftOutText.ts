import { EXCLUSION_WORDS } from '../irl/evaluate/qualityWarnings.ts';

/** Options and scenes that a learner counts, in words that follow the number. */
const WORDS: Readonly<Record<string, string>> = {
  refusedByTyres: 'options beyond the tyres',
  refusedOffRoad: 'options off the road',
  refusedByCollision: 'options with a collision',
  withoutAlternative: 'scenes without an alternative',
};

/** What a learner left out, as one line; none where it left out nothing. */
export function leftOutText(counts: Readonly<Record<string, number>>): string[] {
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  if (told.length === 0) return [];
  const parts = told.map(([name, count]) => {
    const why = (EXCLUSION_WORDS as Readonly<Record<string, string>>)[name];
    return why === undefined ? `${count} ${WORDS[name] ?? name}` : `${count} windows (${why})`;
  });
  return [`left out: ${parts.join(', ')}`];
}
