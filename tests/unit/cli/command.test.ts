import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRecording } from '../../../recordings/readRecording.ts';
import { writeRecording } from '../../../recordings/writeRecording.ts';
import dense from '../../../scenarios/dense.json' with { type: 'json' };
import { jsonOf, runCommand, temporaryFolder } from './runCommand.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const file = (name: string) => join(folder.path, name);
const CALM = 'recordings/demos/calm.mcap';

describe('help and arguments', () => {
  it('lists every command and exits 0', async () => {
    const { exitCode, stdout } = await runCommand('--help');
    expect(exitCode).toBe(0);
    for (const name of ['scenarios', 'record', 'import', 'learn', 'drive', 'replay', 'evaluate']) {
      expect(stdout).toContain(`\n  ${name}`);
    }
  });

  it('shows the options of a command', async () => {
    const { exitCode, stdout } = await runCommand('learn', '--help');
    expect(exitCode).toBe(0);
    for (const option of ['--out', '--method', '--holdout', '--json', '--force']) expect(stdout).toContain(option);
  });

  it('exits 2 without a command, and for an unknown command, option or value, and suggests the nearest', async () => {
    const runs = await Promise.all([
      runCommand(),
      runCommand('replai'),
      runCommand('replay', CALM, '--verfy'),
      runCommand('record', '--style', 'angry', '--scenario', 'dense', '--out', file('x.mcap')),
      runCommand('learn', CALM, '--out', file('x.json'), '--candidates', 'many'),
      runCommand('drive', '--scenario', 'dense', '--out', file('x.mcap')),
    ]);
    expect(runs.map((run) => run.exitCode)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(runs.map((run) => run.stdout)).toEqual(runs.map(() => ''));
    expect(runs[1]!.stderr).toContain('Did you mean replay?');
    expect(runs[2]!.stderr).toContain('Did you mean --verify?');
    expect(runs[3]!.stderr).toContain('calm, brisk, tailgating');
    expect(runs[4]!.stderr).toMatch(/'many' is invalid. Expected an integer from 10 to 5000/);
    expect(runs[5]!.stderr).toContain('neither --reward nor --driver');
    for (const run of runs.slice(1)) expect(run.stderr).not.toMatch(/^\s+at /m);
  });
});

describe('scenarios', () => {
  it('lists families as one JSON object', async () => {
    const run = await runCommand('scenarios', 'list', '--json');
    expect(run.stderr).toBe('');
    const { families } = jsonOf(run) as { families: Record<string, unknown>[] };
    expect(families.map((family) => family['name'])).toContain('dense');
    for (const family of families) {
      expect(Object.keys(family).sort()).toEqual(['kind', 'name', 'parameters', 'summary', 'version']);
    }
  });

  it('shows one with its ranges, road and traffic', async () => {
    const shown = jsonOf(await runCommand('scenarios', 'show', 'dense@1?density=30#7', '--json'));
    expect(shown).toMatchObject({ id: 'dense@1?density=30#7', seed: 7, family: 'dense', version: 1 });
    expect(shown['parameters']).toMatchObject({ density: { value: 30, default: 24, min: 16, max: 40 } });
    expect(shown['vehicles']).toBeGreaterThan(100);
    expect(shown).toHaveProperty('road.lanes');
  });

  it('refuses a wrong field with path, value and expectation, and names every bad file', async () => {
    writeFileSync(file('good.json'), JSON.stringify(dense));
    writeFileSync(file('typo.json'), JSON.stringify({ ...dense, ego: { ...dense.ego, lane: 9 } }));
    writeFileSync(file('broken.json'), '{ "format": 1, ');
    const run = await runCommand(
      'scenarios',
      'validate',
      file('good.json'),
      file('typo.json'),
      file('broken.json'),
      '--json',
    );
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(`${file('typo.json')}: ego.lane is 9; expected a lane from 0 to 2`);
    expect(run.stderr).toContain(`${file('broken.json')}: is no JSON`);
    expect(jsonOf(run)).toMatchObject({
      valid: false,
      files: [
        { valid: true },
        { valid: false, error: { where: expect.any(String), expected: expect.any(String) } },
        { valid: false, error: { message: expect.any(String) } },
      ],
    });
  });
});

describe('recordings', () => {
  it('does not promise to re-simulate what another version of the simulator drove', async () => {
    const recording = readRecording(new Uint8Array(readFileSync(CALM)), { name: CALM });
    const old = file('old.mcap');
    writeFileSync(old, writeRecording({ ...recording, metadata: { ...recording.metadata, simulatorVersion: 1 } }));
    const [shown, verified] = await Promise.all([runCommand('replay', old), runCommand('replay', old, '--verify')]);
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toMatch(/re-simulation +not possible: driven in simulator version 1/);
    expect(verified.exitCode).toBe(2);
    expect(verified.stderr).toContain('simulatorVersion is 1');
  });

  it('records a drive that replays to the same bits, and overwrites only with --force', async () => {
    const out = file('deep/brisk.mcap');
    const args = [
      'record',
      '--style',
      'brisk',
      '--scenario',
      'free-flow@1?density=0#3',
      '--seconds',
      '3',
      '--out',
      out,
    ];
    const first = jsonOf(await runCommand(...args, '--json'));
    expect(first).toMatchObject({ scenario: 'free-flow@1?density=0#3', ticks: 30, collisions: 0, out });
    const before = readFileSync(out);
    const refused = await runCommand(...args, '--json');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('--force');
    expect(jsonOf(refused)).toMatchObject({ error: { where: out }, exitCode: 2 });
    expect(readFileSync(out).equals(before)).toBe(true);
    const [forced, verified] = [
      await runCommand(...args, '--force'),
      await runCommand('replay', out, '--verify', '--json'),
    ];
    expect(forced.exitCode).toBe(0);
    expect(verified).toMatchObject({ exitCode: 0, stderr: '' });
    expect(jsonOf(verified)).toEqual({ ticks: 30, identical: true });
    expect(readdirSync(file('deep'))).toEqual(['brisk.mcap']);
  });

  it('refuses a cut-off recording unless told to recover it, and what is no recording at all', async () => {
    const whole = readFileSync(CALM);
    writeFileSync(file('cut.mcap'), whole.subarray(0, whole.length >> 1));
    writeFileSync(file('text.mcap'), 'this is no recording');
    const [refused, recovered, text, missing] = await Promise.all([
      runCommand('replay', file('cut.mcap')),
      runCommand('replay', file('cut.mcap'), '--recover', '--json'),
      runCommand('replay', file('text.mcap')),
      runCommand('replay', file('nowhere.mcap')),
    ]);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toMatch(/cut\.mcap: .*expected a whole recording, or --recover/);
    expect(recovered.exitCode).toBe(0);
    expect(jsonOf(recovered)['ticks']).toBeGreaterThan(50);
    expect(String(jsonOf(recovered)['warnings'])).toContain('cut off');
    expect(text).toMatchObject({ exitCode: 2, stdout: '' });
    expect(text.stderr).toMatch(/text\.mcap: .*expected an MCAP file/);
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toContain('no such file');
  });
});

describe('import, learn, drive, evaluate', () => {
  it('leaves nothing behind when a data file is wrong in its last line', async () => {
    const columns =
      'Vehicle_ID,Frame_ID,Total_Frames,Global_Time,Local_X,Local_Y,Global_X,Global_Y,v_Length,v_Width,v_Class,v_Vel,v_Acc,Lane_ID,Preceding,Following,Space_Headway,Time_Headway';
    const row = (frame: number, x: string) =>
      `7,${frame},9,${1118847000000 + frame * 100},${x},${100 + frame * 4},0,0,15,6,2,40,0,1,0,0,0,0`;
    writeFileSync(file('bad.csv'), [columns, row(1, '6.0'), row(2, 'left')].join('\n'));
    const run = await runCommand('import', 'ngsim', file('bad.csv'), '--drivers', 'auto', '--out', file('imported'));
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/bad\.csv, line 3.*Local_X.*left/);
    expect(existsSync(file('imported'))).toBe(false);
  });

  it('refuses an option that is given twice, and says which drives were driven by a program', async () => {
    const twice = await runCommand(
      'learn',
      'recordings/demos/calm.mcap',
      '--out',
      file('a.json'),
      '--out',
      file('b.json'),
    );
    expect(twice.exitCode).toBe(2);
    expect(twice.stderr).toContain("option '--out <file>' is given twice");
    const drive = ['drive', '--driver', 'idm-mobil', '--scenario', 'dense@1#1', '--seconds', '15', '--out'];
    expect((await runCommand(...drive, file('program.mcap'))).exitCode).toBe(0);
    const learn = ['--method', 'maxent', '--candidates', '30', '--stride', '20', '--out', file('program.json')];
    const learned = await runCommand('learn', file('program.mcap'), ...learn);
    expect(learned.exitCode, learned.stderr).toBe(0);
    expect(learned.stderr).toMatch(/driven by a program, not by a person: .*program\.mcap/);
  });

  it('refuses options of learners that drive the agent where the learner does not', async () => {
    const learn = ['learn', 'recordings/demos/calm.mcap', '--out', file('refused.json')];
    const run = await runCommand(...learn, '--method', 'maxent', '--rounds', '3');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('--rounds: given with --method maxent; expected --method closed-loop or projection');
    const fixed = await runCommand(...learn, '--method', 'huang2021', '--candidates', '500');
    expect(fixed.exitCode).toBe(2);
    expect(fixed.stderr).toContain('--candidates: given with --method huang2021; expected another method');
    expect(existsSync(file('refused.json'))).toBe(false);
  });

  it('goes from recordings to a reward, an agent and a score', { timeout: 120_000 }, async () => {
    for (const style of ['calm', 'brisk']) copyFileSync(`recordings/demos/${style}.mcap`, file(`${style}.mcap`));
    const reward = file('reward.json');
    const recordings = [file('calm.mcap'), file('brisk.mcap')];
    const learned = await runCommand(
      'learn',
      ...recordings,
      '--out',
      reward,
      '--holdout',
      '1',
      '--candidates',
      '60',
      '--stride',
      '20',
      '--rollouts',
      '3',
      '--rounds',
      '2',
      '--json',
    );
    expect(learned.exitCode, learned.stderr).toBe(0);
    // The default learner compares the agent itself with the person, and says how that goes.
    expect(jsonOf(learned)).toMatchObject({ method: 'closed-loop', closedLoop: { starts: 3 } });
    expect(learned.stderr).toMatch(/round 1 of at most 2: largest gap \d\.\d{3} \(\w+\), wanted 0\.1/);
    const summary = jsonOf(learned) as { features: object[]; heldOut: string[]; gradientNorm: number };
    for (const key of ['scenes', 'candidatesPerScene', 'nll', 'projectionErrorP95', 'seconds']) {
      expect(summary).toHaveProperty(key, expect.any(Number));
    }
    expect(Object.keys(summary.features[0]!)).toEqual(['name', 'weight', 'sd']);
    expect(summary.gradientNorm).toBeLessThanOrEqual(1e-8);
    expect(summary.heldOut).toHaveLength(1);

    const agent = file('agent.mcap');
    const [driven, scored] = await Promise.all([
      runCommand('drive', '--reward', reward, '--scenario', 'free-flow#1', '--seconds', '2', '--out', agent, '--json'),
      runCommand(
        'evaluate',
        '--reward',
        reward,
        '--recordings',
        ...recordings,
        '--open-loop',
        '--candidates',
        '60',
        '--json',
      ),
    ]);
    expect(jsonOf(driven)).toMatchObject({ ticks: 20, collisions: 0, out: agent });
    const score = jsonOf(scored) as { drivers: number; leftOut: string[]; baselines: object };
    expect(score).toMatchObject({ drivers: 1, separatedBy: 'driver' });
    expect(score.leftOut).toHaveLength(1);
    expect(Object.keys(score.baselines)).toEqual(['constantVelocity', 'idmMobil', 'random', 'oracle']);

    const onlyLearned = await runCommand(
      'evaluate',
      '--reward',
      reward,
      '--recordings',
      score.leftOut[0]!,
      '--open-loop',
    );
    expect(onlyLearned).toMatchObject({ exitCode: 2, stdout: '' });
    expect(onlyLearned.stderr).toContain('learned from');

    const evaluate = ['evaluate', '--reward', reward, '--recordings'];
    const agentOptions = ['--rollouts', '3', '--candidates', '40'];
    const [closedLoop, both, openLoop, seen] = await Promise.all([
      runCommand(...evaluate, ...recordings, '--closed-loop', ...agentOptions, '--json'),
      runCommand(...evaluate, ...recordings, '--closed-loop', '--open-loop'),
      runCommand(...evaluate, ...recordings, ...agentOptions),
      runCommand(...evaluate, score.leftOut[0]!, '--closed-loop'),
    ]);
    expect(closedLoop.exitCode, closedLoop.stderr).toBe(0);
    // What was learned from is left out here as well, drives of the same driver are not.
    expect(jsonOf(closedLoop)).toMatchObject({
      starts: 3,
      drives: 1,
      separatedBy: 'recording',
      leftOut: score.leftOut,
    });
    const gaps = jsonOf(closedLoop) as { gaps: { name: string }[]; largestGapOf: string; baselines: object };
    expect(gaps.gaps.map(({ name }) => name)).toContain(gaps.largestGapOf);
    expect(Object.keys(gaps.baselines)).toEqual(['idmMobil', 'constantVelocity']);
    expect([both.exitCode, openLoop.exitCode, seen.exitCode]).toEqual([2, 2, 2]);
    expect(both.stderr).toContain('--open-loop: given with --closed-loop; expected one of them');
    expect(openLoop.stderr).toContain('--rollouts: given without --closed-loop; expected --closed-loop');
    expect(seen.stderr).toContain('was learned from every recording; expected drives it has not seen');
  });

  it('names what is wrong with a reward file', async () => {
    writeFileSync(file('wrong.json'), '{"format": "understudy-reward", "version": 99}');
    const run = await runCommand(
      'drive',
      '--reward',
      file('wrong.json'),
      '--scenario',
      'dense',
      '--out',
      file('y.mcap'),
    );
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/wrong\.json: version: found 99; expected 1/);
    expect(existsSync(file('y.mcap'))).toBe(false);
  });
});
