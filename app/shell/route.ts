/** The four faces of the page. */
export const MODES = ['drive', 'learn', 'watch', 'tune'] as const;
export type ModeId = (typeof MODES)[number];

/** What the address says: `#mode=watch&scenario=dense%401%231&recording=...&driver=...`. */
export interface Route {
  readonly mode: ModeId;
  /** Scenario id, for driving it or for watching it without a recording. */
  readonly scenario?: string;
  /** Recording whose driver is the ghost. */
  readonly recording?: string;
  /** Who drives in Watch and Tune: id of a reward or of a baseline driver. */
  readonly driver?: string;
}

/** Reads the part of an address after `#`; what is missing or unknown is left out, and the mode falls back to drive. */
export function parseRoute(hash: string): Route {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const mode = MODES.find((known) => known === fields.get('mode')) ?? 'drive';
  const optional = (name: 'scenario' | 'recording' | 'driver') => {
    const value = fields.get(name);
    return value ? { [name]: value } : {};
  };
  return { mode, ...optional('scenario'), ...optional('recording'), ...optional('driver') };
}

/** Writes a route; the inverse of `parseRoute`. */
export function formatRoute(route: Route): string {
  const fields = new URLSearchParams({ mode: route.mode });
  for (const name of ['scenario', 'recording', 'driver'] as const) {
    const value = route[name];
    if (value !== undefined) fields.set(name, value);
  }
  return `#${fields}`;
}
