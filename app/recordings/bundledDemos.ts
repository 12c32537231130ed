/** A recording that comes with the page. */
export interface BundledDemo {
  /** Name of the scripted style, which is the file's name. */
  readonly name: string;
  readonly url: string;
}

const URLS: Readonly<Record<string, string>> = import.meta.glob('../../recordings/demos/*.mcap', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The scripted drives that come with the page, by name; none when they have not been recorded. */
export function bundledDemos(): readonly BundledDemo[] {
  return Object.entries(URLS)
    .map(([path, url]) => ({ name: path.slice(path.lastIndexOf('/') + 1).replace(/\.mcap$/, ''), url }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
