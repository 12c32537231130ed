/** A reward file that cannot be used: what is wrong, where in the file, and what was expected. */
export class RewardError extends Error {
  override readonly name = 'RewardError';
  /** Place in the file, such as `features[2].scale`; empty for the file as a whole. */
  readonly path: string;
  /** The value found there. */
  readonly value: unknown;
  readonly expected: string;

  constructor(problem: { readonly path: string; readonly value: unknown; readonly expected: string }) {
    super(
      `reward${problem.path === '' ? '' : ` ${problem.path}`}: found ${shown(problem.value)}; expected ${problem.expected}`,
    );
    this.path = problem.path;
    this.value = problem.value;
    this.expected = problem.expected;
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
