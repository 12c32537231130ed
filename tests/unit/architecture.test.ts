import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');
const isFolder = (path: string) => existsSync(`${root}${path}`) && statSync(`${root}${path}`).isDirectory();

/** Paths in backticks: what has a slash and starts like a folder of the project. */
function mentionedPaths(text: string): string[] {
  const spans = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1]!);
  return spans.filter((span) => /^(?:app|bench|cli|docs|irl|recordings|scenarios|sim|tests|tools)\//.test(span));
}

describe('docs/architecture.md', () => {
  it('draws folders that exist', () => {
    const drawn = [...read('docs/figures/layers.svg').matchAll(/class="folder"[^>]*>([^<]+)</g)].map(
      (match) => match[1]!,
    );
    expect(drawn.length).toBeGreaterThan(15);
    for (const folder of drawn) expect(isFolder(folder), folder).toBe(true);
  });

  it('draws every folder of the simulator and of the learner', () => {
    const figure = read('docs/figures/layers.svg');
    for (const layer of ['sim', 'irl']) {
      for (const entry of readdirSync(`${root}${layer}`, { withFileTypes: true })) {
        if (entry.isDirectory()) expect(figure).toContain(`>${layer}/${entry.name}/<`);
      }
    }
  });

  it.each(['README.md', 'docs/architecture.md', 'docs/units-and-frames.md'])('%s names paths that exist', (page) => {
    const paths = mentionedPaths(read(page));
    for (const path of paths) expect(existsSync(`${root}${path}`), `${page}: ${path}`).toBe(true);
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1]!);
    const folder = page.includes('/') ? 'docs/' : '';
    for (const link of links) expect(existsSync(`${root}${folder}${link}`), `${page}: ${link}`).toBe(true);
  });
});
