/**
 * Makes `navigator.language` a language tag. Chromium started under LANG=C calls itself `en-US@posix`, which `Intl`
 * refuses with an exception; libraries that format numbers in the browser's language fail to load then.
 */
export function repairLanguage(navigator: Navigator): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    const tag = /^[A-Za-z]{2,3}(-[A-Za-z]{2})?/.exec(navigator.language)?.[0] ?? 'en';
    Object.defineProperty(navigator, 'language', { configurable: true, get: () => tag });
  }
}
