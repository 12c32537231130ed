import { BadInput } from './badInput.ts';

/**
 * Refuses options that would change nothing beside the others.
 * @param flags the options' flags by their names
 * @param found what makes them useless, such as `given with --log`
 * @param expected what they belong to
 * @throws BadInput for the first that is given
 */
export function refuseUnused<Options extends object>(
  options: Options,
  flags: { readonly [name in keyof Options]?: string },
  found: string,
  expected: string,
): void {
  const [flag] = givenFlags(options, flags);
  if (flag !== undefined) throw new BadInput(flag, found, expected);
}

/** Flags of the options that are given. */
export function givenFlags<Options extends object>(
  options: Options,
  flags: { readonly [name in keyof Options]?: string },
): readonly string[] {
  return Object.entries<string>(flags as Record<string, string>)
    .filter(([name]) => options[name as keyof Options] !== undefined)
    .map(([, flag]) => flag);
}
