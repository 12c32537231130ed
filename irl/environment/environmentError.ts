/**
 * A request that the environment cannot carry out: where, what was found, what was expected. The episode is untouched.
 */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly where: string;
  readonly found: string;
  readonly expected: string;

  constructor(where: string, found: string, expected: string) {
    super(`${where}: ${found}; expected ${expected}`);
    this.where = where;
    this.found = found;
    this.expected = expected;
  }
}

/** A value as an error message quotes it; long ones are cut. */
export function quoted(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
