/**
 * An argument or an input file that cannot be used. The message says where, what was found and what was expected; exit
 * code 2.
 */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly where: string;
  readonly what: string;
  readonly expected: string;

  constructor(where: string, what: string, expected: string) {
    super(`${where}: ${what}; expected ${expected}`);
    this.where = where;
    this.what = what;
    this.expected = expected;
  }
}
