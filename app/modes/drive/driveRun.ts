import { createRecorder } from '../../../recordings/recorder.ts';
import { TICKS_PER_CHUNK } from '../../../recordings/writeRecording.ts';
import type { Scenario } from '../../../scenarios/buildScenario.ts';
import type { ViewFrame } from '../../../sim/view/viewFrame.ts';
import { createChosenDriver, findDriverChoice } from '../../drivers/driverChoices.ts';
import type { DriveWriter } from '../../recordings/recordingShelf.ts';
import type { AppContext } from '../../shell/appContext.ts';
import { DriveSession } from './driveSession.ts';
import { createDriveSummary, type DriveSummary } from './driveSummary.ts';
import { createHud, type Hud } from './hud.ts';
import { createPersonWheel } from './personWheel.ts';
import { emptyReading, readEgo } from './roadReading.ts';
import { programWheel, type Wheel } from './wheel.ts';

/** A drive of a person that is being recorded. */
export interface DriveRun {
  readonly hud: Hud;
  readonly session: DriveSession;
  readonly finished: boolean;
  frame(elapsedS: number): ViewFrame;
  /** Gives the wheel to the agent, or back to the person. */
  handOver(): void;
  /** Ends the drive and keeps what was driven. @returns figures, and the recording's id once it is safe */
  finish(): Promise<{ readonly summary: DriveSummary; readonly recordingId: string | null }>;
}

/** Shorter drives are not kept [ticks]: nothing can be learned from them. */
const SHORTEST_KEPT_TICKS = 20;

/** Starts a drive: world, person, recorder, storage, display. */
export function startDriveRun(context: AppContext, scenario: Scenario): DriveRun {
  const { devices, preferences, recordings, stage, toasts } = context;
  const driverName = preferences.current.driverName || 'anonymous';
  const assisted = preferences.current.laneAssist;
  const person: Wheel = createPersonWheel(devices, () => preferences.current, driverName);
  const session = new DriveSession({
    spec: scenario.spec,
    durationS: scenario.durationS,
    wheel: person,
    record: (world) =>
      createRecorder(world, {
        scenarioId: scenario.id,
        driverLabel: 'human',
        driverName,
        device: devices.device,
        startedAt: new Date().toISOString(),
        notes: assisted ? ['keyboard steering followed the road while no steering key was held'] : [],
      }),
  });
  const recorder = session.recorder!;
  const summary = createDriveSummary(session.world);
  const reading = emptyReading();
  const hud = createHud();
  let agent: Wheel | null = null;
  let toldOfCollision = false;
  let tick = 0;
  // The writer opens while the first second is driven; parts wait for it.
  const writer: Promise<DriveWriter | null> = recordings.begin(recorder.metadata).catch((error: unknown) => {
    toasts.fail('This drive cannot be stored in this browser; it can still be driven', error);
    return null;
  });
  stage.setRoad(session.world.road);

  const keepPart = () => {
    const part = recorder.part();
    // Parts end with whole seconds; the ticks since then are still with the recorder.
    const ticks = recorder.ticks() - (recorder.ticks() % TICKS_PER_CHUNK);
    if (part) void writer.then((open) => open?.append(part, ticks));
  };

  const onTick = () => {
    const { world } = session;
    summary.tick(world);
    keepPart();
    if (!toldOfCollision && world.events.some((event) => event.kind === 'collision')) {
      toldOfCollision = true;
      toasts.tell('Contact. What comes after it is not learned from; R starts again.');
    }
  };

  return {
    hud,
    session,
    get finished() {
      return session.finished;
    },
    frame(elapsedS) {
      const { world } = session;
      session.advance(elapsedS);
      if (world.tick !== tick) {
        tick = world.tick;
        onTick();
      }
      const frame = session.frame();
      readEgo(world, reading);
      hud.update({
        world,
        vehicles: frame.vehicles,
        reading,
        command: session.command,
        timeLeftS: Math.max(0, scenario.durationS - session.timeS),
        recording: true,
        driver: agent ? `${agent.driver.name} drives` : null,
      });
      publish(reading.speed, world.tick, reading.offset, world.ego.headingOffset, reading.gap, reading.lane);
      return frame;
    },
    handOver() {
      if (agent) {
        agent = null;
        devices.releaseAll();
        session.handOver(person);
      } else {
        agent = programWheel(createChosenDriver(findDriverChoice(context.rewards, undefined)));
        session.handOver(agent);
      }
    },
    async finish() {
      const figures = summary.read(session.world);
      const ticks = recorder.ticks();
      const rest = recorder.finish();
      const open = await writer;
      if (!open) return { summary: figures, recordingId: null };
      try {
        if (ticks >= SHORTEST_KEPT_TICKS) {
          await open.finish(rest, ticks);
          return { summary: figures, recordingId: open.id };
        }
        await open.discard();
      } catch (error) {
        toasts.fail('The end of this drive could not be stored', error);
      }
      return { summary: figures, recordingId: null };
    },
  };
}

/** Writes the state that tests and screen readers' scripts may want onto the body; nothing in the page reads it. */
function publish(speed: number, tick: number, offset: number, heading: number, gap: number, lane: number): void {
  const { dataset } = document.body;
  dataset['tick'] = String(tick);
  dataset['speed'] = speed.toFixed(2);
  dataset['offset'] = offset.toFixed(3);
  dataset['heading'] = heading.toFixed(4);
  dataset['gap'] = Number.isFinite(gap) ? gap.toFixed(1) : '';
  dataset['lane'] = String(lane);
}
