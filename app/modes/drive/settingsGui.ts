import GUI, { type Controller } from 'lil-gui';
import type { PreferenceStore } from '../../shell/preferences.ts';
import { CAMERAS } from '../../shell/stage.ts';
import { identifierWords } from '../../shell/wording.ts';
import { DRIVABLE_FAMILIES, type DriveSettings, defaultSettings } from './driveSettings.ts';

/** The simulator's and scenario's settings. */
export interface SettingsGui {
  readonly element: HTMLElement;
  readonly settings: DriveSettings;
  set(settings: DriveSettings): void;
  /** Shows preferences that were changed elsewhere, as by the camera key. */
  refresh(): void;
  dispose(): void;
}

/** Largest seed offered; any 32-bit number works in an id. */
const LARGEST_SEED = 9999;
/** Slider steps over a parameter's range. */
const STEPS = 100;

/**
 * Builds the settings with lil-gui: scenario family, its parameters with their ranges and units, seed, picture, assist.
 * @param onScenario told after every change of the scenario
 * @param onPicture told after camera or quality were changed
 */
export function createSettingsGui(
  initial: DriveSettings,
  preferences: PreferenceStore,
  onScenario: (settings: DriveSettings) => void,
  onPicture: () => void,
): SettingsGui {
  const container = document.createElement('div');
  container.className = 'settings';
  const gui = new GUI({ container, title: 'Settings', width: 0 });
  gui.domElement.style.removeProperty('--width');
  let settings = initial;
  const shown = { family: settings.family.family, seed: settings.seed, newSeed: () => {} };
  let parameterRows: Controller[] = [];

  const scenario = gui.addFolder('Scenario');
  const family = scenario
    .add(
      shown,
      'family',
      DRIVABLE_FAMILIES.map((candidate) => candidate.family),
    )
    .name('Family')
    .onChange((name: string) => {
      const next = DRIVABLE_FAMILIES.find((candidate) => candidate.family === name)!;
      set(defaultSettings(next, settings.seed));
      onScenario(settings);
    });
  const seed = scenario
    .add(shown, 'seed', 0, LARGEST_SEED, 1)
    .name('Seed')
    .onFinishChange((value: number) => {
      settings.seed = value;
      onScenario(settings);
    });
  shown.newSeed = () => {
    settings.seed = (settings.seed + 1) % (LARGEST_SEED + 1);
    shown.seed = settings.seed;
    seed.updateDisplay();
    onScenario(settings);
  };
  scenario.add(shown, 'newSeed').name('Next seed');

  // Seldom changed; folded, it leaves room for the driver's name on a low screen.
  const picture = gui.addFolder('Picture').close();
  const chosen = { ...preferences.current };
  const camera = picture
    .add(chosen, 'camera', [...CAMERAS])
    .name('Camera')
    .onChange(() => keepPicture());
  picture
    .add(chosen, 'quality', ['auto', 'low', 'high'])
    .name('Quality')
    .onChange(() => keepPicture());
  const keepPicture = () => {
    preferences.set({ camera: chosen.camera, quality: chosen.quality });
    onPicture();
  };
  gui
    .addFolder('Assist')
    .add(chosen, 'laneAssist')
    .name('Keyboard follows the road')
    .onChange((value: boolean) => preferences.set({ laneAssist: value }));

  const rebuildParameters = () => {
    for (const row of parameterRows) row.destroy();
    parameterRows = Object.entries(settings.family.parameters).map(([name, { min, max, unit, description }]) => {
      const row = scenario
        .add(settings.parameters, name, min, max, stepOf(max - min))
        .name(parameterTitle(name, unit))
        .onFinishChange(() => onScenario(settings));
      row.domElement.title = description;
      // Parameters stand between the family and the seed.
      seed.domElement.before(row.domElement);
      return row;
    });
  };
  const set = (next: DriveSettings) => {
    settings = next;
    shown.family = next.family.family;
    shown.seed = next.seed;
    family.updateDisplay();
    seed.updateDisplay();
    rebuildParameters();
  };
  rebuildParameters();

  return {
    element: container,
    get settings() {
      return settings;
    },
    set,
    refresh() {
      chosen.camera = preferences.current.camera;
      camera.updateDisplay();
    },
    dispose: () => gui.destroy(),
  };
}

/** A parameter's name in words, with its unit unless that says nothing new. */
function parameterTitle(name: string, unit: string): string {
  const words = identifierWords(name);
  return unit === name ? words : `${words} [${unit === '' ? '1' : unit}]`;
}

/** A step of 1, 2 or 5 times a power of ten that cuts the range into about 100. */
function stepOf(range: number): number {
  const rough = range / STEPS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10;
  return step * power;
}
