import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BadInput } from '../../../cli/badInput.ts';
import { buildReference, findScenario } from '../../../cli/scenarioReference.ts';
import dense from '../../../scenarios/dense.json' with { type: 'json' };
import { ScenarioError } from '../../../scenarios/scenarioError.ts';
import { temporaryFolder } from './runCommand.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const idOf = (text: string, changes = {}) => buildReference(findScenario(text, changes)).id;

describe('findScenario', () => {
  it('takes an id as it is and fills in what a short one leaves out', () => {
    expect(idOf('dense@1?density=30#7')).toBe('dense@1?density=30#7');
    expect(idOf('dense')).toBe('dense@1#0');
    expect(idOf('dense#4')).toBe('dense@1#4');
    expect(idOf('dense?density=30')).toBe('dense@1?density=30#0');
  });

  it('lets options win over the id', () => {
    expect(idOf('dense@1?density=30#7', { seed: 9, param: ['density=20', 'speed=10'] })).toBe(
      'dense@1?density=20&speed=10#9',
    );
  });

  it('reads a scenario file with parameters and seed behind its name', () => {
    const file = join(folder.path, 'mine.json');
    writeFileSync(file, JSON.stringify({ ...dense, family: 'mine' }));
    expect(idOf(file)).toBe('mine@1#0');
    expect(idOf(`${file}?density=20#3`)).toBe('mine@1?density=20#3');
    expect(findScenario(file).file).toBe(file);
  });

  it('takes a bundled family from a file, but no other one under its name', () => {
    const file = join(folder.path, 'shadow.json');
    writeFileSync(file, JSON.stringify(dense));
    expect(idOf(file)).toBe('dense@1#0');
    writeFileSync(file, JSON.stringify({ ...dense, durationS: 50 }));
    expect(() => findScenario(file)).toThrow(/family is "dense", a bundled family; expected a name of its own/);
  });

  it('says what is wrong', () => {
    expect(() => findScenario('Dense City')).toThrow(BadInput);
    expect(() => findScenario('densee')).toThrow(ScenarioError);
    expect(() => findScenario('dense', { param: ['density'] })).toThrow(/name=value/);
    expect(() => findScenario('dense', { param: ['density=20', 'density=30'] })).toThrow(/density is given twice/);
    expect(() => idOf('dense@2#1')).toThrow(/version is 2; expected 1/);
    expect(() => idOf('dense', { param: ['density=99'] })).toThrow(/a number from 16 to 40/);
    expect(() => idOf('log-replay')).toThrow(/give the recording/);
  });
});
