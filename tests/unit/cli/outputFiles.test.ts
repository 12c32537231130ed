import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadInput } from '../../../cli/badInput.ts';
import { claimOutputFile, createOutputFiles, writeOutputFile } from '../../../cli/outputFiles.ts';
import { WorkFailed } from '../../../cli/workFailed.ts';
import { temporaryFolder } from './runCommand.ts';

let folder = temporaryFolder();
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());
const at = (name: string) => join(folder.path, name);

describe('createOutputFiles', () => {
  it('shows nothing under the final names before commit, and everything after', () => {
    const files = createOutputFiles(false);
    files.write(at('new/a'), 'A');
    files.write(at('new/b'), new Uint8Array([66]));
    expect(existsSync(at('new/a'))).toBe(false);
    expect(existsSync(at('new/b'))).toBe(false);
    files.commit();
    expect(readdirSync(at('new')).sort()).toEqual(['a', 'b']);
    expect(readFileSync(at('new/b'), 'utf8')).toBe('B');
  });

  it('removes what was written when it is abandoned, and keeps what was there before', () => {
    writeFileSync(at('a'), 'old');
    const files = createOutputFiles(true);
    files.write(at('a'), 'new');
    files.abandon();
    expect(readdirSync(folder.path)).toEqual(['a']);
    expect(readFileSync(at('a'), 'utf8')).toBe('old');
  });

  it('listens for signals only while a temporary file exists', () => {
    const before = process.listenerCount('SIGINT');
    const files = createOutputFiles(false);
    files.write(at('a'), '');
    files.write(at('b'), '');
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    files.commit();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});

describe('writeOutputFile', () => {
  it.runIf(process.platform === 'linux')('ends with an error where no folder can be made', () => {
    expect(() => writeOutputFile('/proc/nowhere/a', 'new', false)).toThrow(WorkFailed);
  });

  it('replaces a file only when forced', () => {
    writeFileSync(at('a'), 'old');
    expect(() => writeOutputFile(at('a'), 'new', false)).toThrow(BadInput);
    expect(readFileSync(at('a'), 'utf8')).toBe('old');
    writeOutputFile(at('a'), 'new', true);
    expect(readFileSync(at('a'), 'utf8')).toBe('new');
  });

  it('refuses a folder even when forced, and a file below a file', () => {
    mkdirSync(at('folder.json'));
    writeFileSync(at('file'), '');
    expect(() => claimOutputFile(at('folder.json'), '.json', true)).toThrow(/is a folder/);
    expect(() => writeOutputFile(at('file/below'), '', false)).toThrow(/file is a file; expected a folder/);
    expect(readdirSync(folder.path).sort()).toEqual(['file', 'folder.json']);
  });

  it.runIf(existsSync('/dev/null'))('refuses to put a file in the place of a device', () => {
    symlinkSync('/dev/null', at('device'));
    expect(() => writeOutputFile(at('device'), '', true)).toThrow(/device: is no regular file; expected the name of a/);
  });

  it('refuses a name under which the file would not be found again', () => {
    expect(() => claimOutputFile(at('drive.txt'), '.mcap', false)).toThrow(
      /^--out: .*drive\.txt; expected a name that ends in \.mcap$/,
    );
  });
});
