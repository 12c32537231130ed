import type { LearningMethod } from '../../../irl/learn/learnReward.ts';
import type { ShelfEntry } from '../../recordings/recordingShelf.ts';
import type { LearnedReward, LearningSteps } from '../../rewards/rewardLearner.ts';
import { saveReward } from '../../rewards/saveReward.ts';
import type { AppContext, Mode } from '../../shell/appContext.ts';
import { element } from '../../shell/element.ts';
import { createPanel } from '../../shell/panel.ts';
import { type AmbientScene, createAmbientScene } from '../drive/ambientScene.ts';
import { createLearnResult } from './learnResult.ts';
import { createLearnSetup, type LearnSetup } from './learnSetup.ts';
import { createMatchingStatus, type MatchingStatus, matchingOutcome } from './matchingStatus.ts';

/** What moves behind the panels. */
const BACKDROP = { scenario: 'free-flow@1#3', style: 'calm' } as const;

/** Learning that goes on, whichever mode is shown. */
interface Run {
  /** Gives up. */
  readonly cancel: AbortController;
  /** Ends the matching of the agent. */
  readonly enough: AbortController;
  /** Once the weights of `maxent` are there. */
  matching: MatchingStatus | null;
}

/** Learn: choose drives, learn a reward in a worker, see what it says. */
export function createLearnMode(context: AppContext): Mode {
  const { overlay, recordings, rewards, learner, stage, toasts } = context;
  let setup: LearnSetup | null = null;
  let results: HTMLElement | null = null;
  let backdrop: AmbientScene | null = null;
  let run: Run | null = null;
  /** The last result, shown again when the mode is entered again. */
  let shown: HTMLElement | null = null;
  let selection: readonly string[] = [];
  /** Counts comings and goings, so that a visit that begins slowly does not begin after its end. */
  let visits = 0;

  /** The page's state is that of the mode that is shown. */
  const tellState = () => {
    if (setup) document.body.dataset['state'] = run ? (run.matching ? 'matching' : 'learning') : 'idle';
    setup?.setMatching(run?.matching != null);
  };

  const learn = async () => {
    const panel = setup;
    if (!panel || run) return;
    const mine: Run = { cancel: new AbortController(), enough: new AbortController(), matching: null };
    let entries: readonly ShelfEntry[] = [];
    let reached: number | null = null;
    try {
      const { options, selected } = panel;
      run = mine;
      tellState();
      entries = selected.map((id) => recordings.find(id)!);
      panel.setProgress(null, 'Opening the recordings');
      const learned = await learner.learn(entries, options, {
        signal: mine.cancel.signal,
        enough: mine.enough.signal,
        onProgress(steps) {
          if (mine.matching) mine.matching.progress(steps.total > 0 ? steps.done / steps.total : 0);
          else {
            reached = shareOf(steps, options.method) ?? reached;
            setup?.setProgress(reached, textOf(steps));
          }
        },
        onMaxent(first) {
          mine.matching = createMatchingStatus(() => {
            mine.enough.abort();
            mine.matching?.stopping();
          });
          setup?.setProgress(undefined, '');
          tellState();
          showResult(first, entries, mine.matching.element);
          tellTime(first);
        },
        onRound: (round) => mine.matching?.round(round),
      });
      showResult(learned, entries, matchingOutcome(learned.answer.result.summary));
      if (mine.matching) tellOutcome(learned, entries);
      else tellTime(learned);
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') toasts.tell('Learning was cancelled.');
      else toasts.fail(mine.matching ? 'The agent could not be matched' : 'Learning failed', error);
      mine.matching?.element.remove();
    } finally {
      if (run === mine) run = null;
      setup?.setProgress(undefined, '');
      tellState();
    }
  };

  /** It may have been renamed or deleted since. */
  const keptNow = ({ kept }: LearnedReward) => rewards.find(kept.id);
  const watch = (learned: LearnedReward, entries: readonly ShelfEntry[]) => {
    const { id } = keptNow(learned) ?? rewards.add(learned.kept.reward);
    context.navigate({ mode: 'watch', driver: id, recording: entries[0]!.id });
  };
  const save = (learned: LearnedReward) => saveReward((keptNow(learned) ?? learned.kept).reward);

  const showResult = (learned: LearnedReward, entries: readonly ShelfEntry[], matching: HTMLElement | null) => {
    const read = results?.scrollTop ?? 0;
    shown = createLearnResult(
      learned.answer,
      matching,
      () => watch(learned, entries),
      () => save(learned),
    );
    results?.replaceChildren(shown);
    // Whoever is reading goes on where they were.
    if (results) results.scrollTop = read;
  };

  const tellTime = ({ answer: { result, seconds } }: LearnedReward) =>
    toasts.tell(`Learned from ${result.summary.scenes} scenes in ${seconds.toFixed(1)} s.`);

  /** Who is elsewhere by then can go and see; the watched agent is still the one from before. */
  const tellOutcome = (learned: LearnedReward, entries: readonly ShelfEntry[]) => {
    if (results) return;
    const heading = matchingOutcome(learned.answer.result.summary)?.querySelector('h3')?.textContent ?? '';
    toasts.tell(heading, { label: 'Watch', run: () => watch(learned, entries) });
  };

  return {
    keys: 'learn',
    async enter(route) {
      const mine = ++visits;
      backdrop ??= createAmbientScene(BACKDROP.scenario, BACKDROP.style, (road) => stage.setRoad(road));
      backdrop.show();
      document.body.dataset['state'] = 'idle';
      // When the page opens with this mode, what is kept in this browser is not known yet.
      if (route.recording === undefined ? selection.length === 0 : !recordings.find(route.recording)) {
        const fail = (error: unknown) => toasts.fail('The recordings kept in this browser cannot be read', error);
        await recordings.refresh().catch(fail);
        if (mine !== visits) return;
      }
      if (route.recording !== undefined) {
        if (recordings.find(route.recording)) selection = [route.recording];
        else toasts.fail(`There is no recording "${route.recording}" in this browser; it may have been deleted`);
      }
      if (selection.length === 0) {
        selection = recordings.entries.filter((entry) => entry.driverLabel === 'human').map((entry) => entry.id);
      }
      setup = createLearnSetup(
        context,
        selection,
        () => void learn(),
        () => run?.cancel.abort(),
      );
      const panel = createPanel('Result', 'wide', 'learn-results');
      results = panel.body;
      results.append(shown ?? placeholder());
      overlay.append(setup.element, panel.element);
      tellState();
    },
    leave() {
      visits++;
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
      text: 'Choose drives and press Learn. Understudy compares every 5 s of them with motions the driver could have chosen instead, and finds the weights under which the real choices are most likely. After a few seconds you can watch an agent drive by them.',
    }),
    element('p', {
      text: 'Then the agent itself drives on from moments of your drives, and the weights are changed until it does on average what you did.',
    }),
    element('p', { text: 'It runs in the background; the page stays smooth, and you can stop it at any time.' }),
  );
}

/** Shares of the bar at which reading, scenes and their options end; rollouts take longer than these together. */
const READ_END = 0.08;
const SCENES_END = 0.4;
const OPTIONS_END = 0.94;
const BEFORE_MORE: Partial<Record<LearningMethod, number>> = { projection: 0.2, mixture: 0.4 };

function shareOf({ stage, done, total }: LearningSteps, method: LearningMethod | undefined): number | null {
  const whole = (method && BEFORE_MORE[method]) ?? 1;
  const share = total > 0 ? done / total : 0;
  if (stage === 'read') return whole * READ_END * share;
  if (stage === 'scenes') return whole * (READ_END + (SCENES_END - READ_END) * share);
  if (stage === 'options') return whole * (SCENES_END + (OPTIONS_END - SCENES_END) * share);
  // Fits come between and after, and cannot be counted; rollouts can, at most.
  return whole < 1 && total > 0 ? whole + (1 - whole) * share : null;
}

function textOf({ stage, done, total }: LearningSteps): string {
  if (stage === 'read') return `Reading recording ${done + 1} of ${total}`;
  if (stage === 'scenes') return `Scene ${done} of ${total}`;
  if (stage === 'options') return `Options, ${done} of ${total}`;
  return total > 0 ? `Rollout ${done} of at most ${total}` : `Fitting, step ${done}`;
}
