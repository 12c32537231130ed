/** A duration as `0:42` or `12:05`; tenths only where asked for. */
export function formatDuration(seconds: number, tenths = false): string {
  const rounded = tenths ? Math.round(seconds * 10) / 10 : Math.floor(seconds);
  const minutes = Math.floor(rounded / 60);
  const rest = rounded - minutes * 60;
  const text = tenths ? rest.toFixed(1).padStart(4, '0') : String(rest).padStart(2, '0');
  return `${minutes}:${text}`;
}

/** A moment (ISO 8601) in the words of the browser's language; null where it is unknown. */
export function formatMoment(moment: string): string | null {
  const date = new Date(moment);
  return Number.isNaN(date.getTime())
    ? null
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** A file size in kB or MB. */
export function formatBytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A number with about three significant digits, for tables; a true minus sign lines up with plus. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const text = size === 0 ? '0' : size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toPrecision(2);
  const plain = size !== 0 && size < 0.001 ? value.toExponential(1) : text.includes('e') ? String(Number(text)) : text;
  return plain.replaceAll('-', '−');
}

/** Speed in km/h without decimals. */
export function kilometresPerHour(metresPerSecond: number): string {
  return String(Math.round(Math.max(0, metresPerSecond) * 3.6));
}
