import { RecordingError } from '../recordingError.ts';
import { type TextSource, textLines } from './textLines.ts';

/** Columns of the original files in their order; files without a header are read by it. */
const COLUMNS = [
  'Vehicle_ID',
  'Frame_ID',
  'Total_Frames',
  'Global_Time',
  'Local_X',
  'Local_Y',
  'Global_X',
  'Global_Y',
  'v_Length',
  'v_Width',
  'v_Class',
  'v_Vel',
  'v_Acc',
  'Lane_ID',
  'Preceding',
  'Following',
  'Space_Headway',
  'Time_Headway',
] as const;

/** Columns the importer uses; the others may be missing or have any name, such as Space_Hdwy or O_Zone. */
const REQUIRED = [
  'Vehicle_ID',
  'Global_Time',
  'Local_X',
  'Local_Y',
  'v_Length',
  'v_Width',
  'v_Class',
  'Lane_ID',
] as const;
type RequiredColumn = (typeof REQUIRED)[number];

/** Time between frames in the files [ms]. */
const FRAME_MS = 100;

/** One line of an NGSIM file, in the file's own units (feet). */
export interface NgsimRow {
  readonly vehicle: number;
  /** Time in frames of 0.1 s since 1970. */
  readonly frame: number;
  /** Front centre from the left edge of the road [ft]. */
  readonly x: number;
  /** Front centre along the road [ft]. */
  readonly y: number;
  /** [ft] */
  readonly length: number;
  /** [ft] */
  readonly width: number;
  /** 1 motorcycle, 2 car, 3 truck. */
  readonly vehicleClass: number;
  /** 1 is the leftmost. */
  readonly lane: number;
  /** Place name of the merged files, lower case; empty where the file has no such column. */
  readonly location: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

/**
 * Rows of an NGSIM file: with a header (any order of columns, names compared without case), or without one (the 18
 * original columns, separated by spaces or commas). One line is held at a time.
 * @throws RecordingError naming file, line, field, value and what was expected.
 */
export async function* readNgsimRows(source: TextSource, name: string): AsyncGenerator<NgsimRow> {
  let layout: Layout | undefined;
  let line = 0;
  for await (const text of textLines(source, name)) {
    line += 1;
    if (text.trim() === '') continue;
    if (!layout) {
      layout = findLayout(text, `${name}, line ${line}`);
      if (layout.header) continue;
    }
    yield parseRow(split(text, layout.comma), layout, name, line);
  }
  if (!layout) throw new RecordingError({ what: 'the file is empty', where: name, expected: 'NGSIM rows' });
}

interface Layout {
  readonly header: boolean;
  readonly comma: boolean;
  readonly fields: number;
  readonly at: Readonly<Record<RequiredColumn, number>>;
  /** Column of the place name, -1 where there is none. */
  readonly location: number;
}

function findLayout(first: string, where: string): Layout {
  const comma = first.includes(',');
  const cells = split(first, comma);
  const header = !Number.isFinite(Number(cells[0]));
  if (!header && cells.length !== COLUMNS.length) {
    throw new RecordingError({
      what: `a row of ${cells.length} numbers without a header`,
      where,
      expected: `the ${COLUMNS.length} original columns (${COLUMNS.join(' ')}) or a header line`,
    });
  }
  const names = (header ? cells : COLUMNS).map((cell) => cell.toLowerCase());
  const missing = REQUIRED.filter((column) => !names.includes(column.toLowerCase()));
  if (missing.length > 0) {
    throw new RecordingError({
      what: `the header has no column ${missing.join(', ')} (it has ${cells.slice(0, 30).join(', ')})`,
      where,
      expected: `NGSIM columns ${REQUIRED.join(', ')}`,
    });
  }
  const at = Object.fromEntries(REQUIRED.map((column) => [column, names.indexOf(column.toLowerCase())]));
  return { header, comma, fields: cells.length, at: at as Layout['at'], location: names.indexOf('location') };
}

function split(text: string, comma: boolean): string[] {
  const cells = comma ? text.split(',') : text.trim().split(/\s+/);
  return cells.map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

function parseRow(cells: readonly string[], layout: Layout, name: string, line: number): NgsimRow {
  const where = `${name}, line ${line}`;
  if (cells.length !== layout.fields) {
    throw new RecordingError({
      what: `the line has ${cells.length} fields`,
      where,
      expected: `${layout.fields} fields`,
    });
  }
  const number = (column: RequiredColumn, expected: string, holds: (value: number) => boolean): number => {
    const cell = cells[layout.at[column]]!;
    const value = cell === '' ? Number.NaN : Number(cell);
    if (Number.isFinite(value) && holds(value)) return value;
    throw new RecordingError({ what: `${column} is "${cell}"`, where: `${where}, field ${column}`, expected });
  };
  const time = number(
    'Global_Time',
    'milliseconds since 1970 in steps of 100',
    (value) => value >= 0 && value < 8.64e15 && Math.abs(value / FRAME_MS - Math.round(value / FRAME_MS)) < 0.2,
  );
  return {
    vehicle: number(
      'Vehicle_ID',
      'a whole number from 1 to 2147483647',
      (v) => Number.isInteger(v) && v >= 1 && v < 2 ** 31,
    ),
    frame: Math.round(time / FRAME_MS),
    x: number('Local_X', 'feet from the left edge of the road', (v) => Math.abs(v) < 1e4),
    y: number('Local_Y', 'feet along the road', (v) => Math.abs(v) < 1e6),
    length: number('v_Length', 'a length in feet above 0', (v) => v > 0 && v < 500),
    width: number('v_Width', 'a width in feet above 0', (v) => v > 0 && v < 50),
    vehicleClass: number('v_Class', '1 (motorcycle), 2 (car) or 3 (truck)', (v) => v === 1 || v === 2 || v === 3),
    lane: number('Lane_ID', 'a freeway lane number from 1 to 9', (v) => Number.isInteger(v) && v >= 1 && v <= 9),
    location: layout.location < 0 ? '' : cells[layout.location]!.toLowerCase(),
    line,
  };
}
