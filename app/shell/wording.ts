/** An identifier in words: `overLimitSquared` becomes `over limit squared`. */
export function identifierWords(identifier: string): string {
  return identifier.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}

/** The text with a capital at its beginning. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
