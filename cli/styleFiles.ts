import { existsSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import type { MixtureReport } from '../irl/learn/learner.ts';
import type { LearningResult } from '../irl/learn/learnReward.ts';
import { textTable } from './textTable.ts';

const STYLES_AT_MOST = 20;

/** Name of the file of a style, counted from 1: `out/ada.json`, which has to end so, becomes `out/ada.style-2.json`. */
export function styleFile(out: string, style: number): string {
  return out.replace(/\.json$/, `.style-${style}.json`);
}

/** Files of styles beyond those that were found now, which an earlier fit has left. */
export function staleStyleFiles(out: string, found: number): string[] {
  const beyond = Array.from({ length: STYLES_AT_MOST - found }, (_, k) => styleFile(out, found + 1 + k));
  return beyond.filter((file) => existsSync(file));
}

/** Parses `3` or `1..4`. @throws InvalidArgumentError */
export function stylesOption(text: string): readonly number[] {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  if (!(from >= 1 && to >= from && to <= STYLES_AT_MOST)) {
    throw new InvalidArgumentError(`Expected a number from 1 to ${STYLES_AT_MOST}, or a range such as 1..4.`);
  }
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** The styles beside each other, who drives how, and how their number was chosen. */
export function mixtureText(
  { tried, chosen, drivers, ends }: MixtureReport,
  styles: NonNullable<LearningResult['styles']>,
  files: readonly string[],
): string[] {
  const columns = [
    { heading: 'feature' },
    ...styles.map((_, k) => ({ heading: `style ${k + 1}`, align: 'right' as const })),
  ];
  const rows = styles[0]!.terms.map((term, i) => [
    term.name,
    ...styles.map(({ terms }) =>
      terms[i]!.fixedBecause === '' ? `${terms[i]!.weight.toFixed(2)} ± ${terms[i]!.sd.toFixed(2)}` : 'not excited',
    ),
  ]);
  const labels = textTable(
    [
      { heading: 'who' },
      { heading: 'scenes', align: 'right' },
      { heading: 'style', align: 'right' },
      { heading: 'p(style)', align: 'right' },
    ],
    drivers.map(({ name, scenes, style, responsibilities }) => [
      name,
      String(scenes),
      String(style),
      responsibilities.map((p) => p.toFixed(2)).join(' '),
    ]),
  );
  const same = ends.filter((end) => Math.max(...ends) - end < 0.1).length;
  return [
    textTable(columns, rows),
    '',
    labels,
    '',
    ...tried.map(
      ({ styles: number, heldOutNll, excess, standardError }) =>
        `${number} ${number === 1 ? 'style' : 'styles'}: log-density of left-out drivers ${(-heldOutNll).toFixed(3)} a scene${excess > 0 ? `, ${excess.toFixed(3)} (standard error ${standardError.toFixed(3)}) below the best` : ', the best'}`,
    ),
    tried.length > 0
      ? `${chosen} chosen: the fewest within one standard error of the best`
      : `${chosen} ${chosen === 1 ? 'style' : 'styles'}, not chosen by likelihood`,
    ...(ends.length > 1 ? [`${same} of ${ends.length} starts ended at the best fit`] : []),
    ...files.map(
      (file, k) =>
        `style ${k + 1}, ${(100 * Number(styles[k]!.reward.learner.options['share'])).toFixed(0)} % of them: ${file}`,
    ),
  ];
}
