import type { ShelfEntry } from '../../recordings/recordingShelf.ts';
import type { ShelfReward } from '../../rewards/rewardShelf.ts';
import type { AppContext, Mode } from '../../shell/appContext.ts';
import { element } from '../../shell/element.ts';
import { createPanel } from '../../shell/panel.ts';
import type { LearnAnswer, LearnProgress } from '../../workers/learnInterface.ts';
import { type AmbientScene, createAmbientScene } from '../drive/ambientScene.ts';
import { createLearnResult } from './learnResult.ts';
import { createLearnSetup, type LearnSetup } from './learnSetup.ts';

/** What moves behind the panels. */
const BACKDROP = { scenario: 'free-flow@1#3', style: 'calm' } as const;

/** Learn: choose drives, learn a reward in a worker, see what it says. */
export function createLearnMode(context: AppContext): Mode {
  const { overlay, recordings, learner, stage, toasts } = context;
  let setup: LearnSetup | null = null;
  let results: HTMLElement | null = null;
  let backdrop: AmbientScene | null = null;
  let running: AbortController | null = null;
  /** The last result, shown again when the mode is entered again. */
  let shown: HTMLElement | null = null;
  let selection: readonly string[] = [];

  const showResult = (content: HTMLElement) => {
    shown = content;
    results?.replaceChildren(content);
  };

  const learn = async () => {
    const panel = setup;
    if (!panel || running) return;
    const controller = new AbortController();
    running = controller;
    document.body.dataset['state'] = 'learning';
    try {
      const { options, selected } = panel;
      const entries = selected.map((id) => recordings.find(id)!);
      panel.setProgress(null, 'Opening the recordings');
      const { answer, kept } = await learner.learn(entries, options, {
        signal: controller.signal,
        onProgress: (progress) => setup?.setProgress(shareOf(progress), textOf(progress)),
      });
      finish(answer, kept, entries);
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') toasts.tell('Learning was cancelled.');
      else toasts.fail('Learning failed', error);
    } finally {
      running = null;
      setup?.setProgress(undefined, '');
      if (document.body.dataset['state'] === 'learning') document.body.dataset['state'] = 'idle';
    }
  };

  const finish = (answer: LearnAnswer, kept: ShelfReward, entries: readonly ShelfEntry[]) => {
    showResult(
      createLearnResult(answer, kept, () =>
        context.navigate({ mode: 'watch', driver: kept.id, recording: entries[0]!.id }),
      ),
    );
    toasts.tell(`Learned from ${answer.result.summary.scenes} scenes in ${answer.seconds.toFixed(1)} s.`);
  };

  return {
    keys: 'learn',
    enter(route) {
      selection = route.recording === undefined ? selection : [route.recording];
      if (selection.length === 0) {
        selection = recordings.entries.filter((entry) => entry.driverLabel === 'human').map((entry) => entry.id);
      }
      setup = createLearnSetup(
        context,
        selection,
        () => void learn(),
        () => running?.abort(),
      );
      const panel = createPanel('Result', 'wide', 'learn-results');
      results = panel.body;
      results.append(shown ?? placeholder());
      overlay.append(setup.element, panel.element);
      backdrop ??= createAmbientScene(BACKDROP.scenario, BACKDROP.style, (road) => stage.setRoad(road));
      backdrop.show();
    },
    leave() {
      if (setup) selection = setup.selected;
      setup?.dispose();
      setup = null;
      results = null;
    },
    frame: (elapsedS) => backdrop?.frame(elapsedS) ?? null,
    act(action) {
      if (action !== 'camera') return false;
      context.cycleCamera();
      return true;
    },
  };
}

function placeholder(): HTMLElement {
  return element(
    'div',
    { class: 'learned__empty' },
    element('p', {
      text: 'Choose drives on the left and press Learn. Understudy compares every 5 s of them with about 300 motions the driver could have chosen instead, and finds the weights under which the real choices are most likely.',
    }),
    element('p', { text: 'It runs in the background; the page stays smooth, and you can cancel at any time.' }),
  );
}

/** Scenes take nearly all of the time, so they get nearly all of the bar. */
function shareOf({ stage, done, total }: LearnProgress): number | null {
  if (stage === 'read') return total > 0 ? (0.08 * done) / total : 0;
  if (stage === 'scenes') return total > 0 ? 0.08 + (0.86 * done) / total : null;
  return Math.min(0.99, 0.94 + 0.005 * done);
}

function textOf({ stage, done, total }: LearnProgress): string {
  if (stage === 'read') return `Reading recording ${done + 1} of ${total}`;
  if (stage === 'scenes') return `Scene ${done} of ${total}`;
  return `Fitting, step ${done}`;
}
