import type { Scenario } from '../../../scenarios/buildScenario.ts';
import type { AppContext } from '../../shell/appContext.ts';
import { element } from '../../shell/element.ts';
import { formatDuration } from '../../shell/formatQuantity.ts';
import { createPanel } from '../../shell/panel.ts';
import { type DriveSettings, scenarioOf } from './driveSettings.ts';
import { createSettingsGui, type SettingsGui } from './settingsGui.ts';

/** The panel in which a drive is chosen and started. */
export interface DriveSetup {
  readonly element: HTMLElement;
  readonly scenario: Scenario;
  set(settings: DriveSettings): void;
  refresh(): void;
  dispose(): void;
}

/**
 * Builds the panel.
 * @param onScenario told after every change of the scenario
 */
export function createDriveSetup(
  context: AppContext,
  initial: DriveSettings,
  onScenario: (scenario: Scenario) => void,
  onStart: () => void,
): DriveSetup {
  const { preferences } = context;
  const panel = createPanel('New drive', 'left', 'drive-setup');
  const summary = element('p', { class: 'setup__summary' });
  const id = element('code', { class: 'setup__id', data: { testid: 'scenario-id' } });
  const name = element('input', {
    class: 'input',
    attributes: {
      id: 'driver-name',
      type: 'text',
      maxlength: 40,
      placeholder: 'anonymous',
      autocomplete: 'nickname',
      value: preferences.current.driverName,
    },
    on: {
      change: () => preferences.set({ driverName: name.value.trim() }),
      keydown: (event) => {
        if (event.code !== 'Enter') return;
        name.blur();
        onStart();
      },
    },
  });
  const start = element('button', {
    class: 'button button--primary button--large',
    text: 'Start driving',
    attributes: { type: 'button' },
    data: { testid: 'start-drive' },
    on: { click: onStart },
  });
  start.append(element('kbd', { class: 'key key--on-accent', text: 'Enter' }));

  let scenario = scenarioOf(initial);
  const show = () => {
    summary.textContent = scenario.summary;
    id.textContent = `${scenario.id} · ${formatDuration(scenario.durationS)}`;
  };
  const gui: SettingsGui = createSettingsGui(
    initial,
    preferences,
    (settings) => {
      scenario = scenarioOf(settings);
      show();
      onScenario(scenario);
    },
    () => {
      context.stage.setCamera(preferences.current.camera);
      context.stage.setQuality(preferences.current.quality);
    },
  );
  show();

  panel.body.append(
    element('div', { class: 'setup__scenario' }, summary, id),
    gui.element,
    element('div', { class: 'field' }, element('label', { text: 'Driver', attributes: { for: 'driver-name' } }), name),
  );
  panel.element.append(
    element(
      'footer',
      { class: 'panel__footer' },
      start,
      element('p', { class: 'setup__hint', text: 'W A S D or arrows, gamepad or wheel. Every drive is recorded.' }),
    ),
  );

  return {
    element: panel.element,
    get scenario() {
      return scenario;
    },
    set(settings) {
      scenario = scenarioOf(settings);
      gui.set(settings);
      show();
    },
    refresh: () => gui.refresh(),
    dispose: () => gui.dispose(),
  };
}
