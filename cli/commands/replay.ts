import type { Command } from 'commander';
import type { Recording } from '../../recordings/recording.ts';
import { type Verification, verifyRecording } from '../../recordings/resimulate.ts';
import { worldSpecOf } from '../../recordings/worldSpecOf.ts';
import { SIMULATOR_VERSION } from '../../sim/core/time.ts';
import { createWorld } from '../../sim/core/world.ts';
import { BadInput } from '../badInput.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { type LoadedRecording, loadRecording, RECOVER_OPTION } from '../loadRecording.ts';
import { textPairs } from '../textTable.ts';
import { refuseUnused } from '../unusedOptions.ts';

interface ReplayOptions {
  readonly verify?: boolean;
  readonly log?: string;
  readonly recover?: boolean;
}

/** `understudy replay`. */
export function defineReplay(command: Command, out: CommandConsole): void {
  command
    .description('Show what a recording holds, or re-simulate it from its inputs and compare every state hash.')
    .argument('<file>', 'recording (.mcap)')
    .option('--verify', 're-simulate and compare; exit 1 at the first tick that differs')
    .option('--log <file>', 'with --verify: the recording in whose traffic the drive was made (drive --log)')
    .option(...RECOVER_OPTION)
    .action((file: string, options: ReplayOptions) => replay(file, options, out));
}

function replay(file: string, options: ReplayOptions, out: CommandConsole): void {
  if (options.log !== undefined && !options.verify) {
    throw new BadInput('--log', options.log, '--verify beside it: only re-simulation needs the log');
  }
  // What is shown of a recording holds its warnings.
  const loaded = loadRecording(file, options.recover ?? false, options.verify ? out : { note: () => {} });
  if (!options.verify) {
    out.result(describeRecording(loaded), recordingText(loaded));
    return;
  }
  const verification = verify(loaded, options, out);
  const { ticks, identical, firstDifference, unverifiedTicks } = verification;
  out.result(
    { ticks, identical, ...(identical ? {} : { firstDifference, unverifiedTicks }) },
    verificationText(file, verification),
  );
  if (!identical) process.exitCode = 1;
}

function verify({ path, recording }: LoadedRecording, options: ReplayOptions, out: CommandConsole): Verification {
  const { metadata, input } = recording;
  if (input.rows === 0) {
    throw new BadInput(
      path,
      `is ${metadata.driverLabel} traffic: it has states but no inputs, so there is nothing to re-simulate`,
      'a simulated drive, or replay without --verify',
    );
  }
  return verifyRecording(recording, createWorld(worldSpecOf(logOf(path, recording, options, out))));
}

/** The recording that defines the world: for drives in recorded traffic that traffic's, else the recording itself. */
function logOf(path: string, recording: Recording, options: ReplayOptions, out: CommandConsole): Recording {
  const note = recording.metadata.notes
    .map((text) => /^traffic of (.*), sha256 ([0-9a-f]{64})$/.exec(text))
    .find(Boolean);
  if (!note) {
    refuseUnused(options, { log: '--log' }, `given for ${path}`, 'none: it was not driven in imported traffic');
    return recording;
  }
  const [, file, hash] = note;
  if (options.log === undefined) {
    throw new BadInput(path, 'was driven in the traffic of another recording', `--log ${file}`);
  }
  const log = loadRecording(options.log, options.recover ?? false, out);
  if (log.hash !== hash) throw new BadInput(options.log, `has sha256 ${log.hash}`, `the log of the drive, ${hash}`);
  return log.recording;
}

function verificationText(file: string, { ticks, identical, firstDifference, unverifiedTicks }: Verification): string {
  if (identical) return `${file}: ${ticks} ticks re-simulated, every state identical`;
  if (firstDifference === null) return `${file}: ${unverifiedTicks} of ${ticks} ticks have no hash to compare with`;
  const { tick, recorded, resimulated } = firstDifference;
  return `${file}: differs from tick ${tick} on (recorded ${recorded}, re-simulated ${resimulated})`;
}

function describeRecording({ path, recording, hash }: LoadedRecording) {
  const { metadata, ticks, ego, traffic, events, input, warnings } = recording;
  const ids = new Set(traffic.flatMap((frame) => Array.from(frame.id.subarray(0, frame.count))));
  const distance = ego.s[ego.rows - 1]! - ego.s[0]!;
  const count = (kind: string) => events.filter((event) => event.kind === kind).length;
  return {
    file: path,
    sha256: hash,
    scenario: metadata.scenarioId,
    driverLabel: metadata.driverLabel,
    driverName: metadata.driverName,
    device: metadata.device,
    startedAt: metadata.startedAt,
    simulatorVersion: metadata.simulatorVersion,
    ticks,
    seconds: ticks / 10,
    distance,
    meanSpeed: ticks > 0 ? distance / (ticks / 10) : 0,
    vehicles: ids.size,
    collisions: count('collision'),
    nearMisses: count('near-miss'),
    offRoad: count('off-road'),
    laneChanges: count('lane-change'),
    hasInputs: input.rows > 0,
    notes: metadata.notes,
    warnings,
  };
}

function recordingText(loaded: LoadedRecording): string {
  const r = describeRecording(loaded);
  const counts = [
    `lane changes ${r.laneChanges}`,
    `collisions ${r.collisions}`,
    `near misses ${r.nearMisses}`,
    `off the road ${r.offRoad}`,
  ];
  return textPairs([
    ['recording', r.file],
    ['scenario', r.scenario],
    ['driver', `${r.driverName} (${r.driverLabel}, ${r.device})`],
    ['started', r.startedAt || 'unknown'],
    ['length', `${r.seconds.toFixed(1)} s, ${r.distance.toFixed(0)} m, mean ${r.meanSpeed.toFixed(1)} m/s`],
    ['traffic', `${r.vehicles} vehicles`],
    ['events', r.hasInputs ? counts.join(', ') : 'not recorded'],
    ['re-simulation', resimulationText(r.hasInputs, r.simulatorVersion)],
    ...r.notes.map((note): [string, string] => ['note', note]),
    ...r.warnings.map((warning): [string, string] => ['warning', warning]),
  ]);
}

function resimulationText(hasInputs: boolean, simulatorVersion: number): string {
  if (!hasInputs) return 'not possible: imported traffic has no inputs';
  if (simulatorVersion === SIMULATOR_VERSION) return 'possible (--verify)';
  return `not possible: driven in simulator version ${simulatorVersion}, and version ${SIMULATOR_VERSION} runs here`;
}
