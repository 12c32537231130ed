import { createRecorder } from '../../../recordings/recorder.ts';
import type { Scenario } from '../../../scenarios/buildScenario.ts';
import type { World } from '../../../sim/core/world.ts';
import { asksToRewind } from '../../../sim/input/driverIntent.ts';
import type { ViewFrame } from '../../../sim/view/viewFrame.ts';
import { createChosenDriver, findDriverChoice } from '../../drivers/driverChoices.ts';
import type { AppContext } from '../../shell/appContext.ts';
import { DriveSession, REWIND_PAUSE_S } from './driveSession.ts';
import { createDriveSummary, type DriveSummary } from './driveSummary.ts';
import { createHud, type Hud } from './hud.ts';
import { type KeptDrive, keepDrive } from './keptDrive.ts';
import { createPersonWheel } from './personWheel.ts';
import { createRewindPrompt, type RewindOffer } from './rewindPrompt.ts';
import { rewindReason } from './rewindReason.ts';
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
  /** Goes back some seconds; what was driven until now stays a recording of its own. */
  rewind(): void;
  /** Ends the drive and keeps what was driven. @returns figures, and the recording's id once it is safe */
  finish(): Promise<{ readonly summary: DriveSummary; readonly recordingId: string | null }>;
}

/** Shorter drives, or ends of drives without a contact, are not kept [ticks]: there is nothing to see in them. */
const SHORTEST_KEPT_TICKS = 20;

/** Starts a drive: world, person, recorder, storage, display. @param restart what the display's button does */
export function startDriveRun(context: AppContext, scenario: Scenario, restart: () => void): DriveRun {
  const { devices, preferences, stage } = context;
  const driverName = preferences.current.driverName || 'anonymous';
  const assisted = preferences.current.laneAssist;
  const person: Wheel = createPersonWheel(devices, () => preferences.current, driverName);
  /** When the last drive that was kept was started: what is driven after a rewind branches from it. */
  let branchesFrom: string | null = null;
  const record = (world: World, branchTick: number | null) => {
    const notes = assisted ? ['keyboard steering followed the road while no steering key was held'] : [];
    const branches = branchTick !== null && branchesFrom !== null;
    if (branches) notes.push(`branches at tick ${branchTick} from the drive that was started at ${branchesFrom}`);
    return createRecorder(world, {
      scenarioId: scenario.id,
      driverLabel: 'human',
      driverName,
      device: devices.device,
      startedAt: new Date().toISOString(),
      notes,
      ...(branches ? { branchTick } : {}),
    });
  };
  const session = new DriveSession({ spec: scenario.spec, durationS: scenario.durationS, wheel: person, record });
  const { world } = session;
  const summary = createDriveSummary(world);
  const reading = emptyReading();
  let kept: KeptDrive = keepDrive(context, session.recorder!);
  /** Earlier branches on their way into the storage. */
  const earlier: Promise<unknown>[] = [];
  let branchTick = 0;
  let agent: Wheel | null = null;
  let tick = 0;
  let rewindHeld = false;
  stage.setRoad(world.road);

  /** Whether something new was driven since the start or the last rewind that is worth a recording of its own. */
  const worthKeeping = () =>
    world.tick - branchTick >= SHORTEST_KEPT_TICKS ||
    world.events.some((event) => event.kind === 'collision' && event.tick >= branchTick);

  const rewind = () => {
    const keep = worthKeeping();
    if (keep) session.completeRecording();
    const before = kept;
    // One that is not kept adds less than a rewind takes back: all that is left of it is in the kept one before.
    const branchedFrom = branchesFrom;
    if (keep) branchesFrom = session.recorder!.metadata.startedAt;
    const went = session.rewind(person);
    if (went === null) {
      branchesFrom = branchedFrom;
      return;
    }
    earlier.push(keep ? before.finish() : before.discard());
    branchTick = went;
    tick = went;
    agent = null;
    summary.rewind(went);
    kept = keepDrive(context, session.recorder!);
  };
  const hud = createHud();
  const prompt = createRewindPrompt({ rewind, restart });
  hud.element.append(prompt.element);

  const offer = (): RewindOffer | null => {
    if (session.pauseS > 0) return { kind: 'pause', left: session.pauseS / REWIND_PAUSE_S };
    const reason = rewindReason(world);
    return reason && { kind: 'offer', reason, gamepad: devices.device === 'gamepad' };
  };
  const readRewindButton = () => {
    const held = asksToRewind(devices.sample());
    if (held && !rewindHeld) rewind();
    rewindHeld = held;
  };

  return {
    hud,
    session,
    rewind,
    get finished() {
      return session.finished;
    },
    frame(elapsedS) {
      readRewindButton();
      session.advance(elapsedS);
      if (world.tick !== tick) {
        tick = world.tick;
        summary.tick(world);
      }
      kept.keepParts();
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
      prompt.update(offer());
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
      const figures = summary.read(world);
      session.completeRecording();
      const long = world.tick >= SHORTEST_KEPT_TICKS;
      const [recordingId] = await Promise.all([long ? kept.finish() : kept.discard().then(() => null), ...earlier]);
      return { summary: figures, recordingId };
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
