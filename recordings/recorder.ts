import type { ScenarioFamily } from '../scenarios/scenarioFamily.ts';
import { hashWorld } from '../sim/core/hashWorld.ts';
import { SIMULATOR_VERSION, SUBSTEPS_PER_TICK } from '../sim/core/time.ts';
import type { World } from '../sim/core/world.ts';
import { type EgoCommand, neutralCommand } from '../sim/vehicle/egoCommand.ts';
import type { EgoState } from '../sim/vehicle/egoState.ts';
import { concatenate } from './mcapWriter.ts';
import type { EgoStateField } from './messages/egoStateMessage.ts';
import { type RawInput, RECORDING_FORMAT_VERSION, type RecordingMetadata } from './recording.ts';
import { createRecordingEncoder } from './recordingEncoder.ts';
import { RecordingError } from './recordingError.ts';
import { recordedSlots } from './trafficFrame.ts';
import { TICKS_PER_CHUNK } from './writeRecording.ts';

/** What a caller has to know of a drive; the world knows the rest. */
export type DriveDescription = Pick<
  RecordingMetadata,
  'scenarioId' | 'driverLabel' | 'driverName' | 'device' | 'startedAt'
> & {
  readonly notes?: readonly string[];
  /** Of a scenario that is not bundled. */
  readonly scenarioFamily?: ScenarioFamily | undefined;
  /** Of a drive that branches from another one. */
  readonly branchTick?: number | undefined;
};

/**
 * Records a running world. The parts in order, with the last one from `finish`, are the file; without the last one they
 * are a file that was cut off after a whole second, which `readRecording` recovers.
 */
export interface Recorder {
  readonly metadata: RecordingMetadata;
  /** Ticks recorded so far. */
  ticks(): number;
  /** Call after every `advanceSubstep`, with the command it was given and the device report behind it. */
  substep(world: World, command: Readonly<EgoCommand>, raw: RawInput): void;
  /** Bytes of the seconds that were completed since the last call, or null when there are none. */
  part(): Uint8Array<ArrayBuffer> | null;
  /** Ends the recording and gives all bytes that were not taken yet. A tick that is not complete is left out. */
  finish(): Uint8Array<ArrayBuffer>;
}

/** Metadata of a drive in a world. */
export function driveMetadata(world: World, drive: DriveDescription): RecordingMetadata {
  return {
    formatVersion: RECORDING_FORMAT_VERSION,
    simulatorVersion: SIMULATOR_VERSION,
    scenarioId: drive.scenarioId,
    seed: world.spec.seed,
    ...(drive.scenarioFamily ? { scenarioFamily: drive.scenarioFamily } : {}),
    driverLabel: drive.driverLabel,
    driverName: drive.driverName,
    device: drive.device,
    startedAt: drive.startedAt,
    road: world.spec.road,
    ego: { length: world.car.length, width: world.car.width },
    notes: drive.notes ?? [],
    ...(drive.branchTick === undefined ? {} : { branchTick: drive.branchTick }),
  };
}

/**
 * Starts recording a world that has not moved yet.
 * @throws RecordingError when the world is past its start, or the description cannot be stored.
 */
export function createRecorder(world: World, drive: DriveDescription): Recorder {
  if (world.tick !== 0 || world.substep !== 0) {
    throw new RecordingError({
      what: `the world is at tick ${world.tick}, substep ${world.substep}`,
      where: 'start of a recording',
      expected: 'a world at tick 0: a drive is replayed from its start',
    });
  }
  const metadata = driveMetadata(world, drive);
  const encoder = createRecordingEncoder(metadata, SUBSTEPS_PER_TICK);
  let ready: Uint8Array<ArrayBuffer>[] = [];
  let ticks = 0;
  let events = 0;
  let finished = false;
  /** Substeps of the running tick: the first `filled` count, the others are room. */
  const pending = Array.from({ length: SUBSTEPS_PER_TICK }, () => pendingSubstep(world.ego));
  let filled = 0;
  const slots = new Int32Array(world.vehicles.capacity);

  const completeTick = (of: World): void => {
    for (let k = 0; k < filled; k++) {
      const { command, raw, state } = pending[k]!;
      encoder.input(command, raw);
      encoder.state(state);
    }
    filled = 0;
    encoder.traffic(of.vehicles, slots, recordedSlots(of, slots));
    for (; events < of.events.length; events++) encoder.event(of.events[events]!);
    encoder.hash(hashWorld(of));
  };
  const take = (): Uint8Array<ArrayBuffer> => {
    const bytes = concatenate(ready);
    ready = [];
    return bytes;
  };

  encoder.state(world.ego);
  completeTick(world);

  return {
    metadata,
    ticks: () => ticks,
    substep(of, command, raw) {
      if (finished) throw new RecordingError({ what: 'a substep after its end', where: 'recorder', expected: 'none' });
      if (filled < SUBSTEPS_PER_TICK) fill(pending[filled]!, of.ego, command, raw);
      filled += 1;
      if (of.substep !== 0) return;
      if (filled !== SUBSTEPS_PER_TICK || of.tick !== ticks + 1) {
        throw new RecordingError({
          what: `tick ${of.tick} after tick ${ticks} with ${filled} substeps between them`,
          where: 'recorder',
          expected: `a call after each of the ${SUBSTEPS_PER_TICK} substeps of each tick`,
        });
      }
      ticks += 1;
      completeTick(of);
      if (ticks % TICKS_PER_CHUNK === 0) ready.push(encoder.part());
    },
    part: () => (ready.length > 0 ? take() : null),
    finish() {
      if (!finished) ready.push(encoder.end());
      finished = true;
      return take();
    },
  };
}

/** A substep of the running tick, kept until the tick is complete. */
interface PendingSubstep {
  readonly command: EgoCommand;
  raw: RawInput;
  readonly state: { -readonly [field in EgoStateField]: number };
}

function pendingSubstep({ s, d, sDot, dDot, headingOffset, ax, ay, yawRate, steer }: EgoState): PendingSubstep {
  const state = { s, d, sDot, dDot, headingOffset, ax, ay, yawRate, steer };
  return { command: neutralCommand(), raw: { device: 'program' }, state };
}

/** Copies what the caller's objects say now; nothing is allocated, 60 times a second. */
function fill(substep: PendingSubstep, ego: Readonly<EgoState>, command: Readonly<EgoCommand>, raw: RawInput): void {
  const { command: to, state } = substep;
  substep.raw = raw;
  to.steer = command.steer;
  to.throttle = command.throttle;
  to.brake = command.brake;
  to.indicator = command.indicator;
  state.s = ego.s;
  state.d = ego.d;
  state.sDot = ego.sDot;
  state.dDot = ego.dDot;
  state.headingOffset = ego.headingOffset;
  state.ax = ego.ax;
  state.ay = ego.ay;
  state.yawRate = ego.yawRate;
  state.steer = ego.steer;
}
