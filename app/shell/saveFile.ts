import { element } from './element.ts';

/** Offers bytes or text as a download. */
export function saveFile(content: Uint8Array<ArrayBuffer> | string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = element('a', { attributes: { href: url, download: name } });
  link.click();
  // The browser reads the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
