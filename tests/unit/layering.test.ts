import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// Checks the layout that docs/architecture.md describes: which folder may import what, and what pure folders may not
// touch.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** From the bottom up: a folder imports from itself and from the ones before it. */
const LAYERS = ['sim', 'scenarios', 'recordings', 'irl', 'cli', 'app'] as const;
const PURE = ['sim', 'scenarios', 'recordings', 'irl'];
/** Parts of pure folders that stand at the border of the pure world: devices, drawing, the browser's database. */
const BORDER = ['sim/input/', 'sim/view/', 'recordings/store'];
const MAX_LINES = 500;

interface SourceFile {
  /** Path from the root with forward slashes. */
  readonly path: string;
  readonly text: string;
}

interface Import {
  readonly from: string;
  /** Whether nothing is left of it at run time. */
  readonly typeOnly: boolean;
}

/** The text without comments; what strings hold stays. */
function withoutComments(text: string): string {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return text.replace(token, (part) => (part.startsWith('//') || part.startsWith('/*') ? ' ' : part));
}

/** Code only: comments and the contents of strings are taken out. */
function codeOf(text: string): string {
  return withoutComments(text).replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''");
}

function importsOf({ text }: SourceFile): Import[] {
  const code = withoutComments(text);
  const found: Import[] = [];
  for (const match of code.matchAll(/\b(?:import|export)\s+(type\s+)?([\w*{}\s,$]*?)\s*from\s*['"]([^'"]+)['"]/g)) {
    const named = /^\{([\s\S]*)\}$/.exec(match[2]!.trim())?.[1];
    const allTypes = named?.split(',').every((name) => name.trim() === '' || /^\s*type\s/.test(name)) ?? false;
    found.push({ from: match[3]!, typeOnly: match[1] !== undefined || allTypes });
  }
  for (const match of code.matchAll(/\bimport\s*\(?\s*['"]([^'"]+)['"]/g))
    found.push({ from: match[1]!, typeOnly: false });
  for (const match of code.matchAll(/new URL\(\s*['"](\.[^'"]+\.[cm]?[jt]s)['"]\s*,\s*import\.meta\.url/g)) {
    found.push({ from: match[1]!, typeOnly: false });
  }
  return found;
}

/** Path from the root that a relative import means; undefined for packages. */
function resolveImport(file: SourceFile, from: string): string | undefined {
  return from.startsWith('.') ? posix.normalize(posix.join(dirname(file.path), from.replace(/\?.*$/, ''))) : undefined;
}

function layerOf(path: string): number {
  return LAYERS.findIndex((layer) => path.startsWith(`${layer}/`));
}

function upwardImports(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const own = layerOf(file.path);
    return importsOf(file).flatMap(({ from }) => {
      const target = resolveImport(file, from);
      if (target === undefined || own < 0) return [];
      const other = layerOf(target);
      const outside = other < 0 && !(LAYERS[own] === 'cli' && /^(?:bench|tools)\//.test(target));
      const betweenTops = LAYERS[own] === 'app' && LAYERS[other] === 'cli';
      return outside || other > own || betweenTops ? [`${file.path} imports ${target}`] : [];
    });
  });
}

function packageMisuse(files: readonly SourceFile[]): string[] {
  const only: Readonly<Record<string, string>> = { 'cannon-es': 'sim/contact/', three: 'sim/view/' };
  return files.flatMap((file) =>
    importsOf(file).flatMap(({ from }) => {
      const owner = Object.entries(only).find(([name]) => from === name || from.startsWith(`${name}/`))?.[1];
      return owner !== undefined && !file.path.startsWith(owner) ? [`${file.path} imports ${from}`] : [];
    }),
  );
}

/** The files on one import cycle, or an empty list. */
function importCycle(files: readonly SourceFile[]): string[] {
  const edges = new Map(
    files.map((file) => [
      file.path,
      importsOf(file).flatMap(({ from, typeOnly }) => (typeOnly ? [] : [resolveImport(file, from) ?? ''])),
    ]),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const next of edges.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(path);
    return [];
  };
  for (const path of edges.keys()) {
    const cycle = visit(path, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

const IMPURITIES: readonly (readonly [RegExp, string])[] = [
  [/\bMath\.random\b/, 'Math.random'],
  [/\bDate\.now\b/, 'Date.now'],
  // A time that is given may be formatted; only the clock is forbidden.
  [/\bnew Date\(\s*\)/, 'new Date()'],
  [/\bperformance\s*\./, 'performance'],
  [/\b(?:setTimeout|setInterval|requestAnimationFrame|fetch)\s*\(/, 'timers or network'],
  [/(?<![\w.])(?:document|localStorage|indexedDB|navigator)\s*[.[(]/, 'the DOM'],
  [/\bprocess\s*\./, 'process'],
];

function impurities(files: readonly SourceFile[]): string[] {
  const pure = files.filter(
    ({ path }) => PURE.some((folder) => path.startsWith(`${folder}/`)) && !BORDER.some((part) => path.startsWith(part)),
  );
  return pure.flatMap((file) => {
    const code = codeOf(file.text);
    const used = IMPURITIES.filter(([pattern]) => pattern.test(code)).map(([, name]) => `${file.path} uses ${name}`);
    const io = importsOf(file).filter(({ from }) => from.startsWith('node:') || from === 'idb');
    if (usesBrowserWindow(code)) used.push(`${file.path} uses window`);
    return [...used, ...io.map(({ from }) => `${file.path} imports ${from}`)];
  });
}

/** `window` is the browser's unless the file binds the name itself: a stretch of a drive is called a window too. */
function usesBrowserWindow(code: string): boolean {
  const bound = /\b(?:const|let)\s+window\b|\((?:[^()]*[\s,])?window\b[^()]*\)\s*=>/;
  return /(?<![\w.])window\s*[.[(]/.test(code) && !bound.test(code);
}

/** Engines round these differently, and everything in sim/ and scenarios/ has to give the same bits everywhere. */
function inexactMathematics(files: readonly SourceFile[]): string[] {
  const inexact = /\bMath\.(?:a?(?:sin|cos|tan)h?|atan2|exp(?:m1)?|log(?:1p|2|10)?|pow|cbrt|hypot)\b|(?<!\*)\*\*(?!\*)/;
  return files
    .filter(({ path }) => /^(?:sim|scenarios)\//.test(path) && !BORDER.some((part) => path.startsWith(part)))
    .flatMap((file) => {
      const match = inexact.exec(codeOf(file.text));
      return match ? [`${file.path} uses ${match[0]}`] : [];
    });
}

function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ text }) => text.trimEnd().split('\n').length > MAX_LINES)
    .map(({ path }) => `${path} has more than ${MAX_LINES} lines`);
}

function emptyNames(paths: readonly string[]): string[] {
  const empty = /^(?:utils?|helpers?|common|types?|managers?|misc)$/i;
  return paths.filter((path) => path.split('/').some((part) => empty.test(part.replace(/\..*$/, ''))));
}

function readSources(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

describe('layout of the source', () => {
  const files = LAYERS.flatMap(readSources);
  const everything = [...files, ...['tests', 'bench', 'tools'].flatMap(readSources)];

  it('has every layer, so that the checks see something', () => {
    for (const layer of LAYERS)
      expect(files.filter(({ path }) => path.startsWith(`${layer}/`)).length, layer).toBeGreaterThan(3);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(files.length);
  });

  it('resolves every relative import to a file', () => {
    const known = new Set(everything.map(({ path }) => path));
    const lost = files.flatMap((file) =>
      importsOf(file).flatMap(({ from }) => {
        const target = resolveImport(file, from);
        return target?.endsWith('.ts') && !known.has(target) ? [`${file.path} imports ${target}`] : [];
      }),
    );
    expect(lost).toEqual([]);
  });

  it('imports downwards only', () => expect(upwardImports(files)).toEqual([]));
  it('lets only sim/contact import cannon-es and only sim/view import three', () =>
    expect(packageMisuse(files)).toEqual([]));
  it('has no import cycle', () => expect(importCycle(files)).toEqual([]));
  it('keeps pure folders from clock, chance, DOM and I/O', () => expect(impurities(files)).toEqual([]));
  it('keeps engine-dependent mathematics out of the simulation', () => expect(inexactMathematics(files)).toEqual([]));
  it(`has no file above ${MAX_LINES} lines`, () => expect(longFiles(everything)).toEqual([]));
  it('names every file after its content', () => expect(emptyNames(everything.map(({ path }) => path))).toEqual([]));
});

describe('the checks of the layout find what they look for', () => {
  const file = (path: string, text: string): SourceFile => ({ path, text });

  it('an import upwards, of a type, of a module, dynamic or re-exported', () => {
    const planted = [
      file('sim/a.ts', "import type { B } from '../irl/b.ts';"),
      file('irl/c.ts', "export { d } from '../cli/d.ts';"),
      file('recordings/e.ts', "const f = await import('../irl/f.ts');"),
      file('app/g.ts', "import '../cli/h.ts';"),
      file('cli/i.ts', "import { j } from '../app/j.ts';"),
      file('irl/k.ts', "import {\n  l,\n  m,\n} from '../bench/l.ts';"),
      file('app/n.ts', "const w = new Worker(new URL('../tools/o.ts', import.meta.url));"),
    ];
    expect(upwardImports(planted)).toHaveLength(planted.length);
    expect(upwardImports([file('cli/bench.ts', "import { b } from '../bench/b.ts';")])).toEqual([]);
    expect(upwardImports([file('irl/a.ts', "import { b } from '../sim/b.ts'; // from '../cli/c.ts'")])).toEqual([]);
  });

  it('a package outside its folder', () => {
    expect(packageMisuse([file('app/a.ts', "import * as THREE from 'three';")])).toHaveLength(1);
    expect(packageMisuse([file('sim/core/a.ts', "import { Body } from 'cannon-es';")])).toHaveLength(1);
    expect(packageMisuse([file('sim/view/a.ts', "import { Sky } from 'three/addons/objects/Sky.js';")])).toEqual([]);
  });

  it('an import cycle, but not one of types alone', () => {
    const a = file('sim/a.ts', "import { b } from './b.ts';");
    const b = file('sim/b.ts', "import { c } from './c.ts';");
    expect(importCycle([a, b, file('sim/c.ts', "import { a, type A } from './a.ts';")])).toEqual([
      'sim/a.ts',
      'sim/b.ts',
      'sim/c.ts',
      'sim/a.ts',
    ]);
    expect(importCycle([a, b, file('sim/c.ts', "import { type A } from './a.ts';")])).toEqual([]);
    expect(importCycle([a, b, file('sim/c.ts', "import type { A } from './a.ts';")])).toEqual([]);
  });

  it.each([
    'const x = Math.random();',
    'const t = Date.now();',
    'const t = new Date();',
    'const t = performance.now();',
    'document.title = "";',
    'window.alert(1);',
    'setTimeout(f, 1);',
    "import { readFileSync } from 'node:fs';",
  ])('impure code: %s', (text) => {
    expect(impurities([file('irl/a.ts', text)])).toHaveLength(1);
    expect(impurities([file('sim/view/a.ts', text)])).toEqual([]);
  });

  it('but no words in comments and strings, and no fields of that name', () => {
    const text =
      "// document.title\n/* Date.now */ const name = 'window.x'; scene.window.length; const window = 21; window.at(0);";
    expect(impurities([file('irl/a.ts', text)])).toEqual([]);
    expect(impurities([file('irl/a.ts', 'windows.map((window) => window.ticks);')])).toEqual([]);
  });

  it('inexact mathematics, long files and empty names', () => {
    expect(inexactMathematics([file('sim/core/a.ts', 'const y = Math.sin(1);')])).toHaveLength(1);
    expect(inexactMathematics([file('scenarios/a.ts', 'const y = x ** 2.5;')])).toHaveLength(1);
    expect(inexactMathematics([file('sim/core/a.ts', 'const y = Math.sqrt(2);')])).toEqual([]);
    expect(longFiles([file('irl/a.ts', 'x\n'.repeat(MAX_LINES + 1))])).toHaveLength(1);
    expect(emptyNames(['irl/utils.ts', 'sim/helpers/a.ts', 'app/types.ts'])).toHaveLength(3);
    expect(emptyNames([`irl/${basename('learnReward.ts')}`])).toEqual([]);
  });
});
