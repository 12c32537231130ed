import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput } from './badInput.ts';

/**
 * Reads a whole file.
 * @param expected what the file should be, for the message, such as `a reward file`
 * @throws BadInput when there is none or it cannot be read
 */
export function readInputFile(path: string, expected: string): Uint8Array {
  requireFile(path, expected);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new BadInput(path, `cannot be read (${(error as Error).message})`, expected);
  }
}

/** @throws BadInput when the path names no file */
export function requireFile(path: string, expected: string): void {
  if (!existsSync(path)) throw new BadInput(path, 'no such file', expected);
  if (statSync(path).isDirectory()) throw new BadInput(path, 'is a folder', expected);
}

/**
 * Reads and parses a JSON file.
 * @throws BadInput when it cannot be read or is no JSON
 */
export function readJsonFile(path: string, expected: string): unknown {
  const text = new TextDecoder().decode(readInputFile(path, expected));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadInput(path, `is no JSON (${(error as Error).message})`, expected);
  }
}

/**
 * Turns what the user typed into file names: files as they are, folders into the files in them that have the ending,
 * patterns with `*` and `?` that the shell left alone into what they match. Each once; those of a folder or pattern are
 * sorted.
 * @throws BadInput when a path or pattern finds nothing
 */
export function expandPaths(paths: readonly string[], ending: string): string[] {
  const found = paths.flatMap((path) => expandPath(path, ending));
  return [...new Set(found)];
}

function expandPath(path: string, ending: string): string[] {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) return [path];
    const inside = namesIn(path).filter((name) => name.endsWith(ending) && !name.startsWith('.'));
    if (inside.length === 0) throw new BadInput(path, `no ${ending} file in this folder`, `files ending in ${ending}`);
    return inside.sort().map((name) => join(path, name));
  }
  const matched = /[*?]/.test(path) ? expandPattern(path) : [];
  if (matched.length === 0) throw new BadInput(path, 'no such file', `a file ending in ${ending}, or a folder of them`);
  return matched;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new BadInput(folder, `cannot be read (${(error as Error).message})`, 'a folder that may be read');
  }
}

function expandPattern(pattern: string): string[] {
  const [first = '', ...rest] = pattern.split('/');
  const start = first === '' ? ['/'] : matchIn('', first);
  return rest.reduce((paths, segment) => paths.flatMap((path) => matchIn(path, segment)), start);
}

function matchIn(folder: string, segment: string): string[] {
  if (!/[*?]/.test(segment)) {
    const path = folder === '' ? segment : join(folder, segment);
    return existsSync(path) ? [path] : [];
  }
  const source = segment
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const matcher = new RegExp(`^${source}$`);
  if (folder !== '' && !statSync(folder).isDirectory()) return [];
  return readdirSync(folder === '' ? '.' : folder)
    .filter((name) => matcher.test(name) && !name.startsWith('.'))
    .sort()
    .map((name) => join(folder, name));
}
