import { createReadStream, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { quantile } from '../../irl/learn/quantile.ts';
import { importNgsimDrivers, type LeftOut, type NgsimOptions } from '../../recordings/adapters/ngsim.ts';
import { NGSIM_SITES, type NgsimSiteName } from '../../recordings/adapters/ngsimSites.ts';
import type { Recording } from '../../recordings/recording.ts';
import { writeRecording } from '../../recordings/writeRecording.ts';
import { VEHICLE_KIND } from '../../sim/traffic/vehicleColumns.ts';
import { BadInput } from '../badInput.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { counted } from '../counted.ts';
import { requireFile } from '../inputFiles.ts';
import { numberOption } from '../numberOption.ts';
import { createOutputFiles } from '../outputFiles.ts';
import { textTable } from '../textTable.ts';
import { WorkFailed } from '../workFailed.ts';

/** Between these lies the median length of cars on any road [m]. */
const SHORTEST_CAR = 3;
const LONGEST_CAR = 7;
/** Imported recordings have one row a tick of 0.1 s. */
const TICKS_PER_SECOND = 10;

interface ImportOptions {
  readonly drivers: 'auto' | readonly number[];
  readonly out: string;
  readonly site?: NgsimSiteName;
  readonly location?: string;
  readonly speedLimit?: number;
  readonly laneWidth?: number | 'estimate';
  readonly ahead?: number;
  readonly behind?: number;
  readonly minDuration?: number;
  readonly force?: boolean;
}

/** `understudy import ngsim`. */
export function defineImport(command: Command, out: CommandConsole): void {
  command
    .command('ngsim')
    .description(
      'Import NGSIM trajectories (csv with a header, or text without one): one recording for each driver, everyone else as traffic.',
    )
    .argument('<file>', 'NGSIM file in its native columns, feet and frames of 0.1 s')
    .requiredOption('--drivers <ids>', '"auto" for all whose surroundings are observed, or ids: 12,57', parseDrivers)
    .requiredOption('--out <folder>', 'folder for the recordings')
    .option(
      '--site <name>',
      `lane table: ${Object.keys(NGSIM_SITES).join(', ')}; the Location column if absent`,
      parseSite,
    )
    .option('--location <name>', 'place to take out of a file that merges several')
    .option('--speed-limit <m/s>', 'speed limit; 29.06 (65 mph) if absent', numberOption({ min: 1, max: 70 }))
    .option('--lane-width <m>', '"estimate", or the width; 3.66 (12 ft) if absent', parseLaneWidth)
    .option('--ahead <m>', 'road that has to be observed ahead of a driver; 60 if absent', numberOption({ min: 0 }))
    .option('--behind <m>', 'and behind; 40 if absent', numberOption({ min: 0 }))
    .option('--min-duration <s>', 'shortest recording; 10 if absent', numberOption({ min: 5 }))
    .option('--force', 'replace recordings that exist')
    .action((file: string, options: ImportOptions) => importNgsimFile(file, options, out));
}

function parseDrivers(text: string): 'auto' | readonly number[] {
  if (text === 'auto') return text;
  const ids = text.split(',').map((part) => part.trim());
  if (!ids.every((id) => /^\d+$/.test(id))) {
    throw new InvalidArgumentError('Expected "auto" or vehicle ids separated by commas, such as 12,57.');
  }
  return [...new Set(ids.map(Number))];
}

function parseSite(text: string): NgsimSiteName {
  if (Object.hasOwn(NGSIM_SITES, text)) return text as NgsimSiteName;
  throw new InvalidArgumentError(`Expected one of: ${Object.keys(NGSIM_SITES).join(', ')}.`);
}

function parseLaneWidth(text: string): number | 'estimate' {
  const width = Number(text);
  if (text === 'estimate') return text;
  if (width >= 2 && width <= 6) return width;
  throw new InvalidArgumentError('Expected "estimate", or a number from 2 to 6.');
}

/** What the result says of one recording. */
interface Imported {
  readonly driver: number;
  readonly file: string;
  readonly seconds: number;
  readonly vehicles: number;
  readonly bytes: number;
}

async function importNgsimFile(file: string, options: ImportOptions, out: CommandConsole): Promise<void> {
  requireFile(file, 'an NGSIM trajectory file');
  const { out: folder, force = false, ...importOptions } = options;
  const files = createOutputFiles(force);
  const written: Imported[] = [];
  const leftOut: LeftOut[] = [];
  const carLengths: number[] = [];
  try {
    for await (const outcome of importNgsimDrivers(readChunks(file, out), { name: file, ...given(importOptions) })) {
      // Lets Ctrl-C in between two drivers: a loop of resolved promises alone never would.
      await setImmediate();
      if (outcome.kind === 'left-out') {
        leftOut.push({ driver: outcome.driver, reason: outcome.reason });
        continue;
      }
      const path = join(folder, recordingName(outcome.recording));
      const bytes = writeRecording(outcome.recording);
      files.write(path, bytes);
      carLengths.push(...carLengthsOf(outcome.recording));
      written.push(summarise(outcome.driver, path, outcome.recording, bytes.length));
    }
    if (written.length === 0) throw noneLeft(leftOut);
    await setImmediate();
    files.commit();
  } finally {
    files.abandon();
  }
  written.sort((a, b) => a.driver - b.driver);
  warnOfUnits(carLengths, out);
  report(folder, written, leftOut, out);
}

/** Lengths of the cars around [m]. */
function carLengthsOf({ traffic }: Recording): number[] {
  const lengths = new Map<number, number>();
  for (const { count, id, kind, length } of traffic) {
    for (let i = 0; i < count; i++) if (kind[i] === VEHICLE_KIND.car) lengths.set(id[i]!, length[i]!);
  }
  return [...lengths.values()];
}

/** A file in metres instead of feet is only told by what would be impossible. */
function warnOfUnits(carLengths: readonly number[], out: CommandConsole): void {
  if (carLengths.length === 0) return;
  const median = quantile(carLengths, 0.5);
  if (median >= SHORTEST_CAR && median <= LONGEST_CAR) return;
  out.note(
    `warning: half of the cars are shorter than ${median.toFixed(1)} m, expected ${SHORTEST_CAR} to ${LONGEST_CAR} m: are lengths and positions of the file in feet?`,
  );
}

/** Leaves out what was not given, which is not the same as undefined for exact optional properties. */
function given(options: Omit<ImportOptions, 'out' | 'force'>): Omit<NgsimOptions, 'name'> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

async function* readChunks(file: string, out: CommandConsole): AsyncGenerator<Uint8Array> {
  const size = statSync(file).size;
  const progress = out.progress(`reading ${basename(file)}`, size);
  let read = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
      read += chunk.length;
      progress.update(read, 'bytes');
      yield chunk;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new BadInput(file, `cannot be read (${(error as Error).message})`, 'an NGSIM trajectory file');
  } finally {
    progress.end();
  }
}

/** `us101-0750-320.mcap`: data set and driver. */
function recordingName(recording: Recording): string {
  return `${recording.metadata.driverName.replace(/[^A-Za-z0-9_-]+/g, '-')}.mcap`;
}

function summarise(driver: number, file: string, recording: Recording, bytes: number): Imported {
  const vehicles = new Set(recording.traffic.flatMap((frame) => Array.from(frame.id.subarray(0, frame.count)))).size;
  return { driver, file, seconds: recording.ticks / TICKS_PER_SECOND, vehicles, bytes };
}

/** Reasons with their numbers cut out, so that drivers left out for the same reason count together. */
function reasonKind(reason: string): string {
  return reason.replace(/for \d+(\.\d+)? s at most/, 'for less than that');
}

function countReasons(leftOut: readonly LeftOut[]): { readonly reason: string; readonly drivers: number }[] {
  const counts = new Map<string, number>();
  for (const { reason } of leftOut) counts.set(reasonKind(reason), (counts.get(reasonKind(reason)) ?? 0) + 1);
  return [...counts].map(([reason, drivers]) => ({ reason, drivers })).sort((a, b) => b.drivers - a.drivers);
}

function noneLeft(leftOut: readonly LeftOut[]): WorkFailed {
  const reasons = countReasons(leftOut).map(({ reason, drivers }) => `${drivers} drivers: ${reason}`);
  return new WorkFailed(`no driver gives a recording; nothing was written\n${reasons.join('\n')}`);
}

function report(folder: string, written: readonly Imported[], leftOut: readonly LeftOut[], out: CommandConsole): void {
  const reasons = countReasons(leftOut);
  const columns = [
    { heading: 'driver', align: 'right' },
    { heading: 'seconds', align: 'right' },
    { heading: 'vehicles around', align: 'right' },
    { heading: 'file' },
  ] as const;
  const rows = written.map((w) => [String(w.driver), w.seconds.toFixed(1), String(w.vehicles), w.file]);
  const lines = [
    textTable(columns, rows),
    '',
    `${counted(written.length, 'recording')} in ${folder}, ${counted(leftOut.length, 'driver')} left out`,
    ...reasons.map(({ reason, drivers }) => `  ${drivers}: ${reason}`),
  ];
  out.result({ out: folder, recordings: written, leftOutCount: leftOut.length, reasons, leftOut }, lines.join('\n'));
}
