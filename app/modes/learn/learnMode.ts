import type { LearningMethod } from '../../../irl/learn/learnReward.ts';
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
        onProgress: (progress) => setup?.setProgress(shareOf(progress, options.method), textOf(progress)),
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

/** Share of the bar that reading takes, and reading and scenes together: rollouts take longer than scenes. */
const READ_SHARE = 0.08;
const SCENES_SHARE = { 'closed-loop': 0.2, projection: 0.2, mixture: 0.4, maxent: 0.94, huang2021: 0.94 } as const;

function shareOf({ stage, done, total }: LearnProgress, method: LearningMethod): number | null {
  const scenes = SCENES_SHARE[method];
  const share = total > 0 ? done / total : 0;
  if (stage === 'read') return READ_SHARE * share;
  if (stage === 'scenes') return READ_SHARE + (scenes - READ_SHARE) * share;
  // Steps of a fit cannot be counted before; rollouts can, at most.
  return total > 0 ? scenes + (1 - scenes) * share : Math.min(0.99, scenes + 0.005 * done);
}

function textOf({ stage, done, total }: LearnProgress): string {
  if (stage === 'read') return `Reading recording ${done + 1} of ${total}`;
  if (stage === 'scenes') return `Scene ${done} of ${total}`;
  return total > 0 ? `Rollout ${done} of at most ${total}` : `Fitting, step ${done}`;
}
