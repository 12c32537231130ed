/** What is wrong with a file, so that a person can find and mend it. */
export interface RecordingFault {
  /** What is wrong, with the value found, such as `formatVersion is 7`. */
  readonly what: string;
  /** File, and the record, line or field in it, such as `drive.mcap, metadata record`. */
  readonly where: string;
  /** What was expected there instead. */
  readonly expected: string;
}

/** A file that cannot be read as a recording, or data that cannot be written as one. */
export class RecordingError extends Error {
  readonly what: string;
  readonly where: string;
  readonly expected: string;

  constructor(fault: RecordingFault) {
    super(`${fault.where}: ${fault.what}; expected ${fault.expected}`);
    this.name = 'RecordingError';
    this.what = fault.what;
    this.where = fault.where;
    this.expected = fault.expected;
  }
}
