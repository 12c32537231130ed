import { element } from '../../shell/element.ts';
import { formatDuration, kilometresPerHour } from '../../shell/formatQuantity.ts';
import type { DriveSummary } from './driveSummary.ts';

/** What can be done after a drive. */
export interface DriveResultActions {
  readonly again: () => void;
  readonly watch: (() => void) | null;
  readonly learn: (() => void) | null;
  readonly close: () => void;
}

/** The card after a drive: its figures and what to do next. */
export function createDriveResult(title: string, summary: DriveSummary, actions: DriveResultActions): HTMLElement {
  const rows: (readonly [string, string])[] = [
    ['Driven', formatDuration(summary.durationS, true)],
    ['Distance', `${(summary.distanceM / 1000).toFixed(2)} km`],
    ['Mean speed', `${kilometresPerHour(summary.meanSpeed)} km/h`],
    ['Median headway', summary.medianHeadwayS === null ? 'nobody ahead' : `${summary.medianHeadwayS.toFixed(1)} s`],
    ['Lane changes', String(summary.laneChanges)],
    ['Near misses', String(summary.nearMisses)],
    [
      'Contact',
      summary.firstCollisionTick === null ? 'none' : `at ${formatDuration(summary.firstCollisionTick / 10, true)}`,
    ],
    ...(summary.rewinds > 0 ? [['Rewound', summary.rewinds === 1 ? 'once' : `${summary.rewinds} times`] as const] : []),
  ];
  const figures = element('dl', { class: 'figures' });
  for (const [name, value] of rows) {
    figures.append(element('div', {}, element('dt', { text: name }), element('dd', { text: value })));
  }
  const button = (text: string, run: (() => void) | null, primary = false) =>
    run
      ? element('button', {
          class: primary ? 'button button--primary' : 'button',
          text,
          attributes: { type: 'button' },
          on: { click: run },
        })
      : null;
  return element(
    'section',
    { class: 'card', data: { testid: 'drive-result' }, attributes: { 'aria-label': title } },
    element('h2', { text: title }),
    figures,
    element(
      'div',
      { class: 'card__actions' },
      button('Learn from it', actions.learn, true),
      button('Watch', actions.watch),
      button('Drive again', actions.again, actions.learn === null),
      button('Close', actions.close),
    ),
  );
}
