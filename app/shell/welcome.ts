import type { Recording } from '../../recordings/recording.ts';
import type { ViewFrame } from '../../sim/view/viewFrame.ts';
import { createAmbientScene } from '../modes/drive/ambientScene.ts';
import { createRecordedScene } from '../modes/watch/recordedScene.ts';
import type { ShelfEntry } from '../recordings/recordingShelf.ts';
import { DEFAULT_LEARN_OPTIONS } from '../rewards/rewardLearner.ts';
import type { AppContext } from './appContext.ts';
import { createWelcomeCard } from './welcomeCard.ts';

/** What a new visitor sees: a scripted drive behind a card. */
export interface Welcome {
  frame(elapsedS: number): ViewFrame | null;
  close(): void;
}

/** Driven live when there is no bundled demo, or when it takes too long to come. */
const LIVE = { scenario: 'dense@1#1', style: 'calm' } as const;
/** Time a demo has to arrive [ms]: something moves within two seconds. */
const PATIENCE_MS = 1200;

type MovingScene = (elapsedS: number) => ViewFrame;

/** Starts the first scene: a bundled demo as recorded, or a scripted driver live. */
export function startWelcome(context: AppContext): Welcome {
  const { overlay, stage, preferences, recordings, navigate, learner, rewards, toasts } = context;
  const demo = recordings.entries.find((entry) => entry.origin === 'bundled');
  let scene: MovingScene | null = null;
  const show = (caption: string, moving: MovingScene) => {
    scene = moving;
    card.setCaption(caption);
  };
  const leave = () => preferences.set({ welcomed: true });

  /** The agent of the demo is learned here and now, from the demo. */
  const watchDemo = async (entry: ShelfEntry) => {
    card.setBusy('Learning from the demo…');
    const known = rewards.entries.find(({ reward }) => reward.name === entry.driverName);
    const kept = known ?? (await learner.learn([entry], { ...DEFAULT_LEARN_OPTIONS, method: 'maxent' })).kept;
    navigate({ mode: 'watch', recording: entry.id, driver: kept.id });
  };
  const card = createWelcomeCard({
    onDrive() {
      leave();
      navigate({ mode: 'drive' });
    },
    onWatch() {
      leave();
      if (!demo) return navigate({ mode: 'watch', scenario: LIVE.scenario });
      watchDemo(demo).catch((error: unknown) => {
        toasts.fail('The demo could not be learned from', error);
        navigate({ mode: 'watch', recording: demo.id });
      });
    },
  });
  overlay.append(card.element);
  stage.setCovered(card.element.offsetHeight);
  document.body.dataset['mode'] = 'welcome';

  let closed = false;
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  Promise.race([demo ? recordings.load(demo.id) : null, late])
    .catch(() => null)
    .then((recording) => {
      if (closed) return;
      const caption = `Behind this card: the bundled demo “${demo?.driverName}”, a scripted driver.`;
      if (recording) show(caption, playRecording(context, recording));
      else show(`Behind this card: the scripted driver “${LIVE.style}” in ${LIVE.scenario}.`, driveLive(context));
    });
  return {
    frame: (elapsedS) => scene?.(elapsedS) ?? null,
    close() {
      closed = true;
      card.element.remove();
      stage.setCovered(0);
    },
  };
}

function playRecording({ stage }: AppContext, recording: Recording): MovingScene {
  const recorded = createRecordedScene(recording);
  stage.setRoad(recorded.road);
  let timeS = 0;
  return (elapsedS) => {
    timeS = (timeS + Math.min(elapsedS, 0.25)) % recorded.durationS;
    return recorded.frameAt(timeS);
  };
}

function driveLive({ stage }: AppContext): MovingScene {
  const ambient = createAmbientScene(LIVE.scenario, LIVE.style, (road) => stage.setRoad(road));
  ambient.show();
  return (elapsedS) => ambient.frame(elapsedS);
}
