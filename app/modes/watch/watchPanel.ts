import { TICK_S } from '../../../sim/core/time.ts';
import { type DriverChoice, driverChoices } from '../../drivers/driverChoices.ts';
import { recordedWhen, rewoundTo } from '../../recordings/recordingList.ts';
import type { ShelfEntry } from '../../recordings/recordingShelf.ts';
import type { AppContext } from '../../shell/appContext.ts';
import { element, setText } from '../../shell/element.ts';
import { formatDuration, kilometresPerHour } from '../../shell/formatQuantity.ts';
import { createPanel } from '../../shell/panel.ts';
import { DRIVABLE_FAMILIES } from '../drive/driveSettings.ts';
import type { WatchSession } from './watchSession.ts';

/** What is being watched. */
export interface WatchChoice {
  /** Recording of the ghost, or null. */
  readonly recording: string | null;
  /** Scenario id where there is no recording. */
  readonly scenario: string;
  readonly driver: string;
}

/** Shortest time that a figure stands [ms]. */
const READABLE_MS = 120;

/** The panel that says who drives where, and how it goes. */
export interface WatchPanel {
  readonly element: HTMLElement;
  /** Where further sections go. */
  readonly body: HTMLElement;
  show(choice: WatchChoice, scenarioId: string): void;
  update(session: WatchSession, nowMs: number): void;
  dispose(): void;
}

export function createWatchPanel(context: AppContext, onChoose: (choice: Partial<WatchChoice>) => void): WatchPanel {
  const { recordings, rewards } = context;
  const panel = createPanel('Agent and ghost', 'left', 'watch-panel');
  const ghost = element('select', {
    class: 'select',
    attributes: { id: 'watch-ghost' },
    data: { testid: 'choose-ghost' },
    on: { change: () => onChoose({ recording: ghost.value === '' ? null : ghost.value }) },
  });
  const scenario = element('select', {
    class: 'select',
    attributes: { id: 'watch-scenario' },
    data: { testid: 'choose-scenario' },
    on: { change: () => onChoose({ recording: null, scenario: scenario.value }) },
  });
  const driver = element('select', {
    class: 'select',
    attributes: { id: 'watch-driver' },
    data: { testid: 'choose-driver' },
    on: { change: () => onChoose({ driver: driver.value }) },
  });
  const field = (label: string, className: string, select: HTMLSelectElement) =>
    element(
      'div',
      { class: `field ${className}` },
      element('label', { text: label, attributes: { for: select.id } }),
      select,
    );
  const scenarioField = field('Scenario', '', scenario);
  const where = element('code', { class: 'setup__id', data: { testid: 'watch-scenario-id' } });
  const apart = element('p', { class: 'watch__apart', data: { testid: 'apart' } });
  const simulated = element('p', { class: 'setup__hint', data: { testid: 'simulated' } });
  panel.body.append(
    element(
      'div',
      { class: 'watch__choices' },
      field('Agent', 'field--agent', driver),
      field('Ghost', 'field--ghost', ghost),
      scenarioField,
      where,
    ),
    apart,
    simulated,
  );

  let choice: WatchChoice = { recording: null, scenario: '', driver: '' };
  const fill = () => {
    ghost.replaceChildren(
      element('option', { text: 'none', attributes: { value: '' } }),
      ...recordings.entries
        .filter((entry) => entry.finished)
        .map((entry) =>
          element('option', {
            text: ghostTitle(entry),
            attributes: { value: entry.id },
          }),
        ),
    );
    ghost.value = choice.recording ?? '';
    const known = DRIVABLE_FAMILIES.map((family) => `${family.family}@${family.version}#1`);
    const ids = known.includes(choice.scenario) || choice.scenario === '' ? known : [choice.scenario, ...known];
    scenario.replaceChildren(...ids.map((id) => element('option', { text: id, attributes: { value: id } })));
    scenario.value = choice.scenario;
    driver.replaceChildren(
      ...optionGroup(
        'Learned',
        driverChoices(rewards).filter(({ kind }) => kind === 'learned'),
      ),
      ...optionGroup(
        'Baselines',
        driverChoices(rewards).filter(({ kind }) => kind === 'baseline'),
      ),
    );
    driver.value = choice.driver;
    scenarioField.hidden = choice.recording !== null;
  };
  const stops = [recordings.onChange(fill), rewards.onChange(fill)];
  let updatedMs = Number.NEGATIVE_INFINITY;

  return {
    element: panel.element,
    body: panel.body,
    show(next, scenarioId) {
      choice = next;
      fill();
      setText(where, scenarioId);
    },
    update(session, nowMs) {
      // Figures that change in every frame cannot be read.
      if (nowMs - updatedMs < READABLE_MS) return;
      updatedMs = nowMs;
      setText(apart, apartText(session));
      setText(simulated, simulatedText(session));
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}

/** Tells apart even drives of one person through one scenario. */
function ghostTitle(entry: ShelfEntry): string {
  const what = `${entry.driverName || 'anonymous'} · ${entry.scenarioId || entry.driverLabel}`;
  if (entry.origin === 'bundled') return what;
  const rewound = entry.branchTick === undefined ? '' : ` · ${rewoundTo(entry.branchTick)}`;
  return `${what} · ${formatDuration(entry.durationS)} · ${recordedWhen(entry)}${rewound}`;
}

function optionGroup(label: string, choices: readonly DriverChoice[]): HTMLOptGroupElement[] {
  if (choices.length === 0) return [];
  const options = choices.map((choice) => element('option', { text: choice.title, attributes: { value: choice.id } }));
  return [element('optgroup', { attributes: { label } }, ...options)];
}

/** Where the agent is against the ghost, in metres and seconds. */
function apartText({ ghost, rollout, playback }: WatchSession): string {
  const tick = Math.min(playback.tick, rollout.head);
  const speed = `${kilometresPerHour(rollout.speed[tick]!)} km/h`;
  if (!ghost || tick > ghost.ticks) return speed;
  const metres = rollout.pose(tick).s - ghost.s[tick]!;
  const seconds = metres / Math.max(ghost.speed[tick]!, 1);
  const size = `${Math.abs(metres).toFixed(0)} m (${Math.abs(seconds).toFixed(1)} s)`;
  const place =
    Math.abs(metres) < 0.5 ? 'level with the ghost' : `${size} ${metres > 0 ? 'ahead of' : 'behind'} the ghost`;
  return `${speed}, ${place}`;
}

function simulatedText({ rollout }: WatchSession): string {
  const count = (kind: string) => rollout.events.filter((event) => event.kind === kind).length;
  const collisions = count('collision');
  const changes = count('lane-change');
  const state = rollout.complete ? 'Whole drive simulated' : `Simulated ${(rollout.head * TICK_S).toFixed(0)} s`;
  const parts = [
    state,
    collisions === 0 ? 'no collision' : `${collisions} collision${collisions > 1 ? 's' : ''}`,
    `${changes} lane change${changes === 1 ? '' : 's'}`,
  ];
  if (rollout.complete) {
    const metres = rollout.pose(rollout.head).s - rollout.pose(0).s;
    parts.push(`${kilometresPerHour(metres / (rollout.head * TICK_S))} km/h on average`);
  }
  return parts.join(' · ');
}
