import { HORIZON_TICKS } from '../../../irl/features/motion.ts';
import type { Scenario } from '../../../scenarios/buildScenario.ts';
import { TICK_S } from '../../../sim/core/time.ts';
import { createRecordingList, type RecordingList } from '../../recordings/recordingList.ts';
import type { AppContext, Mode } from '../../shell/appContext.ts';
import { createPanel } from '../../shell/panel.ts';
import { type AmbientScene, createAmbientScene } from './ambientScene.ts';
import { createDriveResult } from './driveResult.ts';
import { type DriveRun, startDriveRun } from './driveRun.ts';
import { DRIVABLE_FAMILIES, type DriveSettings, defaultSettings, settingsOf } from './driveSettings.ts';
import { createDriveSetup, type DriveSetup } from './driveSetup.ts';

/** Style that moves the scene while a scenario is being chosen. */
const PREVIEW_STYLE = 'calm';
const FIRST_FAMILY = 'dense';
const FIRST_SEED = 1;
/** Learning takes drives apart into windows of this length. */
const SHORTEST_LEARNED_S = HORIZON_TICKS * TICK_S;

/** Drive: choose a scenario, drive it, find it in the list. */
export function createDriveMode(context: AppContext): Mode {
  const { overlay, stage, devices, toasts } = context;
  let settings: DriveSettings = defaultSettings(
    DRIVABLE_FAMILIES.find((family) => family.family === FIRST_FAMILY) ?? DRIVABLE_FAMILIES[0]!,
    FIRST_SEED,
  );
  let setup: DriveSetup | null = null;
  let list: RecordingList | null = null;
  let card: HTMLElement | null = null;
  let preview: AmbientScene | null = null;
  let run: DriveRun | null = null;
  /** Counts what begins and is left, so that what is told of a drive later is told where it belongs, or not at all. */
  let visit = 0;
  /** What is driven, or was driven last. */
  let driven: Scenario | null = null;

  const showPreview = (scenario: Scenario) => {
    settings = settingsOf(scenario.id);
    preview = createAmbientScene(scenario.id, PREVIEW_STYLE, (road) => stage.setRoad(road));
    preview.show();
    context.rewriteRoute({ mode: 'drive', scenario: scenario.id });
  };
  const closeCard = () => {
    card?.remove();
    card = null;
  };

  const openPanels = () => {
    setup = createDriveSetup(context, settings, showPreview, start);
    list = createRecordingList(context, { selectable: false });
    const panel = createPanel('Recordings', 'right', 'recordings');
    panel.body.append(list.element);
    overlay.append(setup.element, panel.element);
    showPreview(setup.scenario);
  };
  const closePanels = () => {
    setup?.dispose();
    list?.dispose();
    setup = null;
    list = null;
    closeCard();
    overlay.replaceChildren();
  };

  const begin = (scenario: Scenario) => {
    visit++;
    closePanels();
    preview = null;
    driven = scenario;
    run = startDriveRun(context, scenario, () => void end('restart'));
    overlay.append(run.hud.element);
    stage.setCovered(run.hud.coveredHeight);
    devices.releaseAll();
    devices.enabled = true;
    document.body.dataset['state'] = 'driving';
    (document.activeElement as HTMLElement | null)?.blur();
  };
  const start = () => {
    if (!setup || run) return;
    begin(setup.scenario);
  };

  /** Ends the drive. @param next what comes then */
  const end = async (next: 'result' | 'restart' | 'leave') => {
    const ended = run;
    if (!ended) return;
    run = null;
    devices.enabled = false;
    ended.hud.element.remove();
    stage.setCovered(0);
    const scenario = driven;
    if (next === 'restart' && scenario) begin(scenario);
    else document.body.dataset['state'] = 'idle';
    if (next === 'result') openPanels();
    const ending = visit;
    const { summary, recordingId } = await ended.finish();
    await context.recordings.refresh();
    if (next !== 'result' || visit !== ending) return;
    const kept = recordingId !== null;
    const id = recordingId ?? '';
    closeCard();
    const longEnough = summary.durationS >= SHORTEST_LEARNED_S;
    const cleanEnough = (summary.firstCollisionTick ?? Number.POSITIVE_INFINITY) > HORIZON_TICKS;
    const learnable = kept && longEnough && cleanEnough;
    const why = longEnough ? ', with contact too early to learn from' : ', too short to learn from';
    const title = kept ? `Drive recorded${learnable ? '' : why}` : 'Drive not kept';
    card = createDriveResult(title, summary, {
      again: () => scenario && begin(scenario),
      watch: kept ? () => context.navigate({ mode: 'watch', recording: id }) : null,
      learn: learnable ? () => context.navigate({ mode: 'learn', recording: id }) : null,
      close: closeCard,
    });
    overlay.append(card);
  };

  const mode: Mode = {
    get keys() {
      return run ? 'driving' : 'setup';
    },
    enter(route) {
      if (route.scenario !== undefined) {
        try {
          settings = settingsOf(route.scenario);
        } catch (error) {
          toasts.fail('The scenario in the address cannot be driven', error);
        }
      }
      document.body.dataset['state'] = 'idle';
      openPanels();
    },
    leave() {
      visit++;
      void end('leave');
      preview = null;
      closePanels();
    },
    frame(elapsedS) {
      if (run) {
        if (run.finished) {
          void end('result');
          return null;
        }
        return run.frame(elapsedS);
      }
      return preview?.frame(elapsedS) ?? null;
    },
    act(action) {
      switch (action) {
        case 'start':
          start();
          return true;
        case 'stop':
          void end('result');
          return true;
        case 'restart':
          void end('restart');
          return true;
        case 'rewind':
          run?.rewind();
          return true;
        case 'hand-over':
          run?.handOver();
          return true;
        case 'camera':
          context.cycleCamera();
          setup?.refresh();
          return true;
        default:
          return false;
      }
    },
  };
  return mode;
}
