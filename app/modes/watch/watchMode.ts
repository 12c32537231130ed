import { worldSpecOf } from '../../../recordings/worldSpecOf.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { TICK_S } from '../../../sim/core/time.ts';
import type { ViewFrame } from '../../../sim/view/viewFrame.ts';
import { createChosenDriver, findDriverChoice } from '../../drivers/driverChoices.ts';
import { createTimePlots, type TimePlots } from '../../plots/timePlots.ts';
import type { AppContext, Mode } from '../../shell/appContext.ts';
import { element } from '../../shell/element.ts';
import type { Route } from '../../shell/route.ts';
import { createTimeline, type Timeline } from '../../timeline/timeline.ts';
import { markersOf } from '../../timeline/timelineMarker.ts';
import { createHud, type Hud } from '../drive/hud.ts';
import { createPersonWheel } from '../drive/personWheel.ts';
import { emptyReading, readEgo } from '../drive/roadReading.ts';
import type { TuneSubject } from '../tune/tunePanel.ts';
import { candidateOverlay, type DecisionRecord } from './decisionRecord.ts';
import { createGhostTrack } from './ghostTrack.ts';
import { createWatchPanel, type WatchChoice, type WatchPanel } from './watchPanel.ts';
import { WatchSession } from './watchSession.ts';
import { createWhyPanel, type WhyPanel } from './whyPanel.ts';

/** Scenario that is watched when the address names none and nothing is recorded. */
const DEFAULT_SCENARIO = 'dense@1#1';

/** One thing that is being watched, with everything that shows it. */
interface Showing {
  readonly session: WatchSession;
  readonly timeline: Timeline;
  readonly plots: TimePlots;
  readonly dock: HTMLElement;
}

/** Watch: an agent beside the ghost of a recorded drive. Tune adds sliders to the same thing. */
export function createWatchMode(context: AppContext, tune: boolean): Mode {
  const { overlay, stage, devices, preferences, recordings, rewards, toasts } = context;
  const id = tune ? 'tune' : 'watch';
  let choice: WatchChoice | null = null;
  let panel: WatchPanel | null = null;
  let why: WhyPanel | null = null;
  let showing: Showing | null = null;
  let tunePanel: { readonly element: HTMLElement; dispose(): void } | null = null;
  /** Instruments, while the person holds the wheel. */
  let hud: Hud | null = null;
  const reading = emptyReading();
  let withCandidates = true;
  let drawnDecision: DecisionRecord | null = null;
  /** Branch and number of the events that the timeline shows. */
  let shownEvents = '';
  /** Counts openings, so that a recording that loads slowly does not replace a later choice. */
  let openings = 0;

  /** The car is drawn above the dock, and above the instruments while the person drives. */
  const fitPicture = () => stage.setCovered((showing?.dock.offsetHeight ?? 0) + (hud?.coveredHeight ?? 0));
  const dockSize = new ResizeObserver(fitPicture);

  const open = async (next: WatchChoice) => {
    const mine = ++openings;
    choice = next;
    const driver = findDriverChoice(rewards, next.driver);
    const recording = next.recording === null ? null : await recordings.load(next.recording);
    if (mine !== openings || !panel) return;
    const scenario = recording ? null : buildScenario(next.scenario);
    const scenarioId = recording?.metadata.scenarioId ?? scenario!.id;
    const label = recording ? recording.metadata.driverName || 'anonymous' : '';
    const session = new WatchSession({
      spec: recording ? worldSpecOf(recording) : scenario!.spec,
      ticks: recording ? recording.ticks : Math.round(scenario!.durationS / TICK_S),
      agent: createChosenDriver(driver),
      reward: driver.kind === 'learned' ? driver.reward : null,
      ghost: recording ? createGhostTrack(recording, label) : null,
    });
    close();
    choice = { ...next, driver: driver.id };
    stage.setRoad(session.rollout.world.road);
    showing = show(session);
    for (const warning of recording?.warnings ?? []) toasts.tell(`${label}: ${warning}`);
    panel.show(choice, scenarioId);
    context.rewriteRoute({
      mode: id,
      driver: driver.id,
      ...(next.recording === null ? { scenario: scenarioId } : { recording: next.recording }),
    });
    const subject = { recording: next.recording, scenario: scenarioId, person: recording ? label : null };
    if (tune) await openTunePanel(session, subject, mine);
  };

  const openTunePanel = async (session: WatchSession, subject: TuneSubject, mine: number) => {
    const driver = findDriverChoice(rewards, choice?.driver);
    const { createTunePanel } = await import('../tune/tunePanel.ts');
    if (mine !== openings || !panel) return;
    tunePanel = createTunePanel(context, driver, subject, (reward) => session.changeReward(reward));
    overlay.append(tunePanel.element);
  };

  const show = (session: WatchSession): Showing => {
    const seek = (timeS: number) => {
      if (!session.personDrives) session.playback.seek(timeS, session.availableS);
    };
    const timeline = createTimeline(session.playback.durationS, {
      playPause: () => mode.act('play-pause'),
      seek,
      slower: () => mode.act('slower'),
      faster: () => mode.act('faster'),
      loop: () => mode.act('loop'),
      candidates: () => mode.act('candidates'),
      plots: () => mode.act('plots'),
      handOver: () => mode.act('hand-over'),
    });
    const plots = createTimePlots(session.rollout, session.ghost, seek);
    plots.element.hidden = !preferences.current.plots;
    const dock = element('div', { class: 'dock' }, plots.element, timeline.element);
    overlay.append(dock);
    dockSize.observe(dock);
    shownEvents = '';
    drawnDecision = null;
    return { session, timeline, plots, dock };
  };

  const close = () => {
    if (showing) {
      showing.plots.dispose();
      dockSize.unobserve(showing.dock);
      showing.dock.remove();
      if (showing.session.personDrives) releaseWheel();
    }
    showing = null;
    fitPicture();
    for (const name of PUBLISHED) delete document.body.dataset[name];
    tunePanel?.dispose();
    tunePanel?.element.remove();
    tunePanel = null;
    stage.showCandidates(null);
  };
  const fail = (error: unknown) => toasts.fail('This cannot be watched', error);
  const choose = (change: Partial<WatchChoice>) => {
    if (choice) void open({ ...choice, ...change }).catch(fail);
  };

  const handOver = ({ session }: Showing) => {
    if (session.personDrives) {
      session.giveBack();
      releaseWheel();
      return;
    }
    const name = preferences.current.driverName || 'anonymous';
    devices.releaseAll();
    devices.enabled = true;
    session.takeOver(createPersonWheel(devices, () => preferences.current, name));
    if (!session.personDrives) return releaseWheel();
    hud = createHud();
    hud.element.classList.add('hud--docked');
    overlay.append(hud.element);
    fitPicture();
    (document.activeElement as HTMLElement | null)?.blur();
  };
  const releaseWheel = () => {
    devices.enabled = false;
    hud?.element.remove();
    hud = null;
    fitPicture();
  };

  const showInstruments = (instruments: Hud, { rollout, playback }: WatchSession, { vehicles }: ViewFrame) => {
    readEgo(rollout.world, reading);
    instruments.update({
      world: rollout.world,
      vehicles,
      reading,
      command: rollout.command,
      timeLeftS: playback.durationS - playback.timeS,
      recording: false,
      driver: null,
    });
  };

  const drawDecision = (session: WatchSession) => {
    const decision = session.personDrives ? null : session.decisionAt(session.playback.tick);
    why?.show(decision);
    const drawn = withCandidates ? decision : null;
    if (drawn === drawnDecision) return;
    drawnDecision = drawn;
    stage.showCandidates(drawn ? candidateOverlay(drawn) : null);
  };

  const mode: Mode = {
    get keys() {
      return showing?.session.personDrives ? 'takeover' : 'playback';
    },
    async enter(route) {
      panel = createWatchPanel(context, choose);
      why = createWhyPanel();
      panel.body.append(why.element);
      overlay.append(panel.element);
      document.body.dataset['state'] = 'idle';
      const asked = ++openings;
      const wanted = await chooseFrom(route, context);
      if (asked !== openings) return;
      const opened = open(wanted);
      const mine = openings;
      await opened.catch(async (error: unknown) => {
        if (showing || mine !== openings) return fail(error);
        toasts.fail(`This cannot be watched; ${DEFAULT_SCENARIO} is shown instead`, error);
        await open({ ...wanted, recording: null, scenario: DEFAULT_SCENARIO });
        // What failed may be there when the page is opened again.
        context.rewriteRoute(route);
      });
    },
    leave() {
      openings++;
      close();
      panel?.dispose();
      panel = null;
      why = null;
    },
    frame(elapsedS, nowMs) {
      if (!showing) return null;
      const { session, timeline, plots } = showing;
      const drove = session.personDrives;
      session.advance(elapsedS, () => performance.now());
      if (drove && !session.personDrives) releaseWheel();
      const { playback, rollout } = session;
      const events = `${rollout.branches}/${rollout.events.length}`;
      if (events !== shownEvents) {
        shownEvents = events;
        const recorded = choice?.recording ?? null;
        timeline.setMarkers(markersOf(rollout.events, 'agent'));
        if (recorded !== null) {
          markGhost(recorded, showing).catch((error) => toasts.fail('The events of the drive cannot be shown', error));
        }
      }
      timeline.update(playback, {
        availableS: session.availableS,
        personDrives: session.personDrives,
        candidates: withCandidates,
        plots: preferences.current.plots,
      });
      plots.element.hidden = session.personDrives || !preferences.current.plots;
      if (!plots.element.hidden) plots.update(playback.timeS, nowMs);
      panel?.update(session, nowMs);
      drawDecision(session);
      publish(session);
      const frame = session.frame();
      if (hud) showInstruments(hud, session, frame);
      return frame;
    },
    act(action) {
      if (action === 'camera') {
        context.cycleCamera();
        return true;
      }
      if (!showing) return false;
      const { session } = showing;
      const { playback, availableS } = session;
      const { personDrives } = session;
      switch (action) {
        case 'hand-over':
          handOver(showing);
          return true;
        case 'stop':
          if (personDrives) handOver(showing);
          return true;
        case 'candidates':
          withCandidates = !withCandidates;
          return true;
        case 'plots':
          preferences.set({ plots: !preferences.current.plots });
          return true;
        default:
      }
      if (personDrives) return false;
      switch (action) {
        case 'play-pause':
          playback.toggle();
          return true;
        case 'step-back':
          playback.step(-1, availableS);
          return true;
        case 'step-forward':
          playback.step(1, availableS);
          return true;
        case 'second-back':
          playback.step(-10, availableS);
          return true;
        case 'second-forward':
          playback.step(10, availableS);
          return true;
        case 'to-start':
          playback.seek(0, availableS);
          return true;
        case 'to-end':
          playback.seek(playback.durationS, availableS);
          return true;
        case 'slower':
          playback.slower();
          return true;
        case 'faster':
          playback.faster();
          return true;
        case 'loop':
          playback.loop = !playback.loop;
          return true;
        default:
          return false;
      }
    },
  };

  const markGhost = async (recordingId: string, shown: Showing) => {
    const recording = await recordings.load(recordingId);
    if (showing !== shown) return;
    shown.timeline.setMarkers([
      ...markersOf(shown.session.rollout.events, 'agent'),
      ...markersOf(recording.events, 'ghost'),
    ]);
  };
  return mode;
}

/** What an address asks for; the newest recording or a scenario where it leaves things open. */
async function chooseFrom(route: Route, context: AppContext): Promise<WatchChoice> {
  const { recordings, rewards, toasts } = context;
  const { id: driver, title } = findDriverChoice(rewards, route.driver);
  if (route.driver !== undefined && route.driver !== driver) {
    toasts.fail(`There is no driver "${route.driver}" in this browser; ${title} drives instead`);
  }
  if (route.scenario !== undefined) return { recording: null, scenario: route.scenario, driver };
  if (route.recording === undefined || !recordings.find(route.recording)) await recordings.refresh();
  const wanted = route.recording ?? recordings.entries.find((entry) => entry.finished)?.id ?? null;
  return { recording: wanted, scenario: DEFAULT_SCENARIO, driver };
}

/** What `publish` writes. */
const PUBLISHED = ['tick', 'simulated', 'total', 'speed', 'collisions', 'wheel'] as const;

/** Writes the state that tests may want onto the body; nothing in the page reads it. */
function publish({ rollout, playback, personDrives }: WatchSession): void {
  const { dataset } = document.body;
  const tick = Math.min(playback.tick, rollout.head);
  dataset['tick'] = String(tick);
  dataset['simulated'] = String(rollout.head);
  dataset['total'] = String(rollout.ticks);
  dataset['speed'] = rollout.speed[tick]!.toFixed(2);
  dataset['collisions'] = String(rollout.events.filter((event) => event.kind === 'collision').length);
  dataset['wheel'] = personDrives ? 'person' : 'agent';
}
