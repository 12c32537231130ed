import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadInput } from '../../../cli/badInput.ts';
import { expandPaths, readInputFile, readJsonFile } from '../../../cli/inputFiles.ts';
import { temporaryFolder } from './runCommand.ts';

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);

beforeAll(() => {
  for (const name of ['a', 'b', 'empty']) mkdirSync(at(name));
  for (const name of ['a/2.mcap', 'a/1.mcap', 'a/.hidden.mcap', 'a/note.txt', 'b/3.mcap']) writeFileSync(at(name), '{');
});
afterAll(folder.remove);

describe('expandPaths', () => {
  it('takes files as they are and folders for the files in them, without doubles', () => {
    expect(expandPaths([at('b/3.mcap'), at('a'), at('a/1.mcap')], '.mcap')).toEqual([
      at('b/3.mcap'),
      at('a/1.mcap'),
      at('a/2.mcap'),
    ]);
  });

  it('expands patterns that the shell left alone', () => {
    expect(expandPaths([at('*', '?.mcap')], '.mcap')).toEqual([at('a/1.mcap'), at('a/2.mcap'), at('b/3.mcap')]);
  });

  it.each(['none.mcap', 'empty', 'a/x*.mcap', 'a/note.txt/*'])('names %s, which finds nothing', (name) => {
    expect(() => expandPaths([at(name)], '.mcap')).toThrow(BadInput);
    expect(() => expandPaths([at(name)], '.mcap')).toThrow(at(name));
  });
});

describe('reading', () => {
  it('names a missing file, a folder and what is no JSON', () => {
    expect(() => readInputFile(at('none'), 'a reward file')).toThrow(/no such file; expected a reward file/);
    expect(() => readInputFile(at('a'), 'a reward file')).toThrow(/is a folder/);
    expect(() => readJsonFile(at('a/note.txt'), 'a scenario file')).toThrow(/is no JSON/);
  });
});
