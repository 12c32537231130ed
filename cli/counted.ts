/** A number of things in words: `1 round`, `3 rounds`. @param one the thing's name; its plural has an s behind it */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
