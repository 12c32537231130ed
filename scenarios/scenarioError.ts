/** A scenario, or an id of one, that cannot be used. The message says where, what was found and what was expected. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  /** Path inside the file or id, such as `ego.lane`. */
  readonly path: string;
  readonly expected: string;

  constructor(source: string, path: string, found: string, expected: string) {
    super(`${source}: ${path || 'the whole value'} is ${found}; expected ${expected}`);
    this.path = path;
    this.expected = expected;
  }
}
