import type { Reward } from '../../../irl/features/reward.ts';
import type { DriveOutcome } from '../../../scenarios/driveOutcome.ts';
import { element, setText } from '../../shell/element.ts';
import { kilometresPerHour } from '../../shell/formatQuantity.ts';
import { VERSIONS, type Version } from './tradeOff.ts';
import type { WholeDrives } from './wholeDrives.ts';

/** A row of the table. */
interface Figure {
  readonly name: string;
  /** Whether it is the first of safety, comfort or progress. */
  readonly first?: true;
  readonly title: string;
  text(outcome: DriveOutcome): string;
}

const NOTHING = '–';
/** Beyond it a time to collision says nothing but that it is long [s]. */
const LONG_TTC = 20;
const orNothing = (value: number | null, digits: number) => (value === null ? NOTHING : value.toFixed(digits));

const FIGURES: readonly Figure[] = [
  { name: 'seconds', first: true, title: 'Driven [s]', text: ({ seconds }) => seconds.toFixed(1) },
  { name: 'collision', title: 'Collision', text: ({ collision }) => (collision ? collision.kind : 'none') },
  { name: 'nearMisses', title: 'Near misses', text: ({ nearMisses }) => String(nearMisses) },
  {
    name: 'minTtc',
    title: 'Smallest TTC [s]',
    text: ({ minTtc }) => (minTtc !== null && minTtc > LONG_TTC ? `> ${LONG_TTC}` : orNothing(minTtc, 1)),
  },
  { name: 'minHeadway', title: 'Shortest headway [s]', text: ({ minHeadway }) => orNothing(minHeadway, 1) },
  {
    name: 'maxDeceleration',
    first: true,
    title: 'Hardest braking [m/s²]',
    text: ({ maxDeceleration }) => maxDeceleration.toFixed(1),
  },
  { name: 'rmsJerk', title: 'Jerk, RMS [m/s³]', text: ({ rmsJerk }) => rmsJerk.toFixed(2) },
  {
    name: 'meanSpeed',
    first: true,
    title: 'Mean speed [km/h]',
    text: ({ meanSpeed }) => kilometresPerHour(meanSpeed),
  },
  { name: 'laneChanges', title: 'Lane changes', text: ({ laneChanges }) => String(laneChanges) },
];

/**
 * A table of what comes of both versions, driven from the start to the end or to the first collision, beside what came
 * of the person's.
 */
export interface OutcomeComparison {
  readonly element: HTMLElement;
  /** Drives a version anew, unless the same weights have driven before. The latest one asked for is what is shown. */
  show(version: Version, reward: Reward): void;
  dispose(): void;
}

/**
 * @param person heading of the recorded drive's column, null without one
 * @param onFail told once of what went wrong
 */
export function createOutcomeComparison(
  drives: WholeDrives,
  person: string | null,
  onFail: (error: unknown) => void,
): OutcomeComparison {
  const columns = [...VERSIONS, ...(person === null ? [] : (['person'] as const))];
  type Column = (typeof columns)[number];
  const cells = new Map<Column, HTMLElement[]>();
  for (const column of columns) {
    cells.set(
      column,
      FIGURES.map(({ name }) =>
        element('td', { text: '…', data: { testid: `outcome-${column}-${name}` }, class: 'outcomes__waiting' }),
      ),
    );
  }
  const heading = (column: Column) =>
    element('th', {
      class: `outcomes__${column}`,
      text: column === 'person' ? person! : column,
      attributes: { scope: 'col', ...(column === 'person' ? { title: `as ${person} drove` } : {}) },
    });
  const table = element(
    'table',
    { class: 'outcomes', data: { testid: 'outcomes' } },
    element('caption', {
      text: 'Each version from start to end',
      attributes: {
        title:
          'Driven out of sight; what was changed on the way does not count. A collision ends the drive, and the figures are of what was before it.',
      },
    }),
    element('thead', {}, element('tr', {}, element('td'), ...columns.map(heading))),
    element(
      'tbody',
      {},
      ...FIGURES.map(({ title, first }, row) =>
        element(
          'tr',
          { class: first ? 'outcomes__first' : '' },
          element('th', { text: title, attributes: { scope: 'row' } }),
          ...columns.map((column) => cells.get(column)![row]!),
        ),
      ),
    ),
  );

  const write = (column: Column, outcome: DriveOutcome) => {
    for (const [row, cell] of cells.get(column)!.entries()) {
      cell.classList.remove('outcomes__waiting');
      setText(cell, FIGURES[row]!.text(outcome));
    }
  };
  const wanted = new Map<Version, Reward>();
  const known = new Map<string, DriveOutcome>();
  let running = false;
  let failed = false;
  let alive = true;

  const run = async () => {
    if (running) return;
    running = true;
    try {
      for (;;) {
        const next = [...wanted].find(([, reward]) => !known.has(weightsOf(reward)));
        if (!next || !alive) return;
        const [, reward] = next;
        const outcome = await drives.drive(reward);
        if (!alive) return;
        known.set(weightsOf(reward), outcome);
        for (const [version, shown] of wanted) if (weightsOf(shown) === weightsOf(reward)) write(version, outcome);
      }
    } catch (error) {
      if (!alive) return;
      for (const version of wanted.keys()) for (const cell of cells.get(version)!) setText(cell, NOTHING);
      wanted.clear();
      if (!failed) onFail(error);
      failed = true;
    } finally {
      running = false;
    }
  };

  if (person !== null) {
    drives.person().then(
      (outcome) => alive && outcome && write('person', outcome),
      // The versions' drives fail with it, and tell.
      () => {},
    );
  }
  return {
    element: table,
    show(version, reward) {
      wanted.set(version, reward);
      const outcome = known.get(weightsOf(reward));
      if (outcome) return write(version, outcome);
      for (const cell of cells.get(version)!) cell.classList.add('outcomes__waiting');
      void run();
    },
    dispose() {
      alive = false;
      drives.dispose();
    },
  };
}

/** Rewards with the same weights drive the same. */
function weightsOf({ features }: Reward): string {
  return features.map(({ weight }) => weight).join();
}
