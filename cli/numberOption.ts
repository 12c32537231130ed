import { InvalidArgumentError } from 'commander';

/** Bounds of a number on the command line. */
export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/** A parser for options that take a number; commander names the option in its message. @throws InvalidArgumentError */
export function numberOption({ min = -Infinity, max = Infinity, integer = false }: NumberBounds) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!(value >= min && value <= max && Number.isFinite(value)) || (integer && !Number.isInteger(value))) {
      throw new InvalidArgumentError(`Expected ${describe(min, max, integer)}.`);
    }
    return value;
  };
}

/** A parser for options that take numbers separated by commas. @throws InvalidArgumentError */
export function numbersOption(bounds: NumberBounds) {
  const parse = numberOption(bounds);
  return (text: string): readonly number[] => text.split(',').map(parse);
}

function describe(min: number, max: number, integer: boolean): string {
  const kind = integer ? 'an integer' : 'a number';
  if (min !== -Infinity && max !== Infinity) return `${kind} from ${min} to ${max}`;
  if (min !== -Infinity) return `${kind} of at least ${min}`;
  return max !== Infinity ? `${kind} of at most ${max}` : kind;
}

/** Collects the values of an option that may be given more than once. */
export function repeatedOption(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
