import type { FpsGraphBladeApi } from '@tweakpane/plugin-essentials';
import * as EssentialsPlugin from '@tweakpane/plugin-essentials';
import { Pane } from 'tweakpane';
import type { Reward } from '../../../irl/features/reward.ts';
import type { DriverChoice } from '../../drivers/driverChoices.ts';
import { byGroup, featureSpec } from '../../rewards/featureGroups.ts';
import { saveReward } from '../../rewards/saveReward.ts';
import type { AppContext } from '../../shell/appContext.ts';
import { element } from '../../shell/element.ts';
import { createPanel } from '../../shell/panel.ts';
import { capitalised, identifierWords } from '../../shell/wording.ts';
import { createOutcomeComparison } from './outcomeComparison.ts';
import {
  applyTradeOff,
  copyTradeOff,
  MACROS,
  sliderReach,
  type TradeOff,
  tradeOffOf,
  VERSIONS,
  type Version,
} from './tradeOff.ts';
import { createWholeDrives, type WholeDriveChoice } from './wholeDrives.ts';

/** How far a reward has been tuned. */
interface Tuning {
  readonly versions: Record<Version, TradeOff>;
  version: Version;
}

/** Kept while the page is open, so that another scenario, ghost or mode in between loses nothing. */
const TUNINGS = new WeakMap<Reward, Tuning>();

/** The panel with the sliders. */
export interface TunePanel {
  readonly element: HTMLElement;
  dispose(): void;
}

/** Largest factor of a macro slider. */
const LARGEST_FACTOR = 3;

/** What a tuning is tried on. */
export interface TuneSubject extends WholeDriveChoice {
  /** Who drove the recording; null without one. */
  readonly person: string | null;
}

/**
 * Builds the sliders of a reward: three macros, one slider a feature, two versions, and what comes of both on the whole
 * drive.
 * @param onReward told of the tuned reward after every change, at most once in an animation frame, and at once where
 * what the sliders show is not what drives: a reward that was tuned before, or a mixture, of which one agent is tuned
 */
export function createTunePanel(
  context: AppContext,
  driver: DriverChoice,
  subject: TuneSubject,
  onReward: (reward: Reward) => void,
): TunePanel {
  const panel = createPanel('Tune', 'right', 'tune-panel');
  if (driver.kind !== 'learned') {
    panel.body.append(...explainMissing(context, driver));
    return { element: panel.element, dispose: () => {} };
  }
  return createSliders(context, panel, driver.reward, subject, onReward);
}

function createSliders(
  context: AppContext,
  panel: ReturnType<typeof createPanel>,
  reward: Reward,
  subject: TuneSubject,
  onReward: (reward: Reward) => void,
): TunePanel {
  const tradeOffs = element('div', { class: 'tune' });
  const weights = element('div', { class: 'tune' });
  const sliders = element('div', { data: { testid: 'tune-sliders' } }, tradeOffs);
  panel.body.append(sliders);
  const before = TUNINGS.get(reward);
  const shown = before ?? { versions: { A: tradeOffOf(reward), B: tradeOffOf(reward) }, version: 'A' };
  TUNINGS.set(reward, shown);
  const { versions } = shown;
  /** What the sliders are bound to; a copy of the shown version. */
  const current = copyTradeOff(versions[shown.version]);
  if (reward.mixture !== undefined) {
    sliders.before(
      element('p', {
        class: 'setup__summary',
        text: `This reward is a mixture of ${reward.mixture.length} agents. Here the best single one drives, and is tuned.`,
        data: { testid: 'tune-mixture' },
      }),
    );
  }

  const drives = createWholeDrives(context.recordings, subject);
  const outcomes = createOutcomeComparison(drives, subject.person, (error) =>
    context.toasts.fail('The whole drives of the versions cannot be shown', error),
  );
  for (const version of VERSIONS) outcomes.show(version, applyTradeOff(reward, versions[version]));
  sliders.append(outcomes.element, weights);

  const pane = new Pane({ container: tradeOffs });
  const weightPane = new Pane({ container: weights });
  weightPane.registerPlugin(EssentialsPlugin);
  let loading = false;
  let due = 0;
  const tell = () => {
    if (loading) return;
    versions[shown.version] = copyTradeOff(current);
    due ||= requestAnimationFrame(() => {
      due = 0;
      const tuned = applyTradeOff(reward, current);
      outcomes.show(shown.version, tuned);
      onReward(tuned);
    });
  };
  /** Puts a trade-off into the sliders; they tell of it once, not one by one. */
  const load = (tradeOff: TradeOff) => {
    loading = true;
    Object.assign(current.weights, tradeOff.weights);
    Object.assign(current.macros, tradeOff.macros);
    pane.refresh();
    weightPane.refresh();
    loading = false;
    tell();
  };

  pane
    .addBinding(shown, 'version', {
      label: 'Version',
      options: Object.fromEntries(VERSIONS.map((name) => [name, name])),
    })
    .on('change', ({ value }) => load(versions[value]));
  pane.addButton({ title: 'Copy to the other version' }).on('click', () => {
    const other = shown.version === 'A' ? 'B' : 'A';
    versions[other] = copyTradeOff(current);
    outcomes.show(other, applyTradeOff(reward, current));
    context.toasts.tell(`Version ${other} is now the same as version ${shown.version}.`);
  });
  pane.addButton({ title: 'Reset to the learned weights' }).on('click', () => load(tradeOffOf(reward)));

  const macros = pane.addFolder({ title: 'Trade-off' });
  for (const macro of MACROS) {
    macros
      .addBinding(current.macros, macro, { label: capitalised(macro), min: 0, max: LARGEST_FACTOR, step: 0.05 })
      .on('change', tell);
  }
  const reach = sliderReach(reward);
  for (const [group, terms] of byGroup(reward.features)) {
    const folder = weightPane.addFolder({ title: `${capitalised(group)} – weights per spread` });
    for (const { name } of terms) {
      const row = folder
        .addBinding(current.weights, name, {
          label: identifierWords(name),
          min: -reach,
          max: reach,
          format: (value) => value.toFixed(2),
        })
        .on('change', tell);
      row.element.dataset['feature'] = name;
      row.element.title = `${identifierWords(name)}: ${featureSpec(name)?.formula ?? ''}`;
    }
  }
  const monitors = weightPane.addFolder({ title: 'Frame rate', expanded: false });
  const graph = monitors.addBlade({ view: 'fpsgraph', label: 'fps', rows: 2 }) as FpsGraphBladeApi;
  let alive = true;
  const count = () => {
    if (!alive) return;
    graph.end();
    graph.begin();
    requestAnimationFrame(count);
  };
  graph.begin();
  requestAnimationFrame(count);

  if (before !== undefined || reward.mixture !== undefined) tell();
  const tuned = () => applyTradeOff(reward, current, `${reward.name} tuned`);
  panel.element.append(
    element(
      'footer',
      { class: 'panel__footer panel__footer--row' },
      footerButton('Keep as a new reward', 'keep-tuned', () => {
        const entry = context.rewards.add(tuned());
        context.toasts.tell(`“${entry.reward.name}” can be chosen as an agent now.`);
      }),
      footerButton('Save file', 'save-tuned', () => saveReward(tuned())),
    ),
  );
  return {
    element: panel.element,
    dispose() {
      alive = false;
      cancelAnimationFrame(due);
      outcomes.dispose();
      pane.dispose();
      weightPane.dispose();
    },
  };
}

function explainMissing({ navigate, rewards }: AppContext, driver: DriverChoice): HTMLElement[] {
  const hint = rewards.entries.length > 0 ? 'Choose a learned agent on the left.' : 'Learn one from a drive first.';
  return [
    element('p', {
      class: 'setup__summary',
      text: `The driver ${driver.title} has no reward whose weights could be tuned. ${hint}`,
    }),
    element(
      'div',
      { class: 'card__actions' },
      footerButton('Learn a reward', 'go-learn', () => navigate({ mode: 'learn' }), true),
    ),
  ];
}

function footerButton(text: string, testid: string, run: () => void, primary = false): HTMLButtonElement {
  return element('button', {
    class: primary ? 'button button--primary' : 'button',
    text,
    attributes: { type: 'button' },
    data: { testid },
    on: { click: run },
  });
}
