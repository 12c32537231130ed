import type { ViewFrame } from '../../sim/view/viewFrame.ts';
import { createAmbientScene } from '../modes/drive/ambientScene.ts';
import type { AppContext } from './appContext.ts';
import { createWelcomeCard } from './welcomeCard.ts';

/** What a new visitor sees: a scripted drive behind a card. */
export interface Welcome {
  frame(elapsedS: number): ViewFrame;
  close(): void;
}

const STYLE = 'calm';
const SCENARIO = 'dense@1#1';

/** Starts the first scene. It is driven live: nothing has to be fetched before it moves. */
export function startWelcome(context: AppContext): Welcome {
  const { overlay, stage, preferences, recordings, navigate } = context;
  const scene = createAmbientScene(SCENARIO, STYLE, (road) => stage.setRoad(road));
  scene.show();
  const leave = () => preferences.set({ welcomed: true });
  const card = createWelcomeCard({
    caption: `Behind this card: the scripted driver “${STYLE}” in ${SCENARIO}.`,
    onDrive() {
      leave();
      navigate({ mode: 'drive' });
    },
    onWatch() {
      leave();
      const demo = recordings.entries.find((entry) => entry.origin === 'bundled');
      navigate({ mode: 'watch', ...(demo ? { recording: demo.id } : { scenario: SCENARIO }) });
    },
  });
  overlay.append(card);
  document.body.dataset['mode'] = 'welcome';
  return {
    frame: (elapsedS) => scene.frame(elapsedS),
    close: () => card.remove(),
  };
}
