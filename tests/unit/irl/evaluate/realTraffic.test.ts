import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateOpenLoop } from '../../../../irl/evaluate/openLoop.ts';
import { learnReward } from '../../../../irl/learn/learnReward.ts';
import { importNgsim } from '../../../../recordings/adapters/ngsim.ts';
import type { Recording } from '../../../../recordings/recording.ts';

/** Real traffic lies beside the repository and is not part of it. */
const FILE = new URL('../../../../../shared/data/ngsim-us101/us101-0750-frames-0914-1451.csv', import.meta.url);

describe.skipIf(!existsSync(FILE))('US-101, split by driver (skipped without ../shared/data)', () => {
  let training: Recording[];
  let test: Recording[];

  beforeAll(async () => {
    const { recordings } = await importNgsim(readFileSync(FILE, 'utf8'), { name: 'us101.csv' });
    training = recordings.filter((_, i) => i % 3 !== 0);
    test = recordings.filter((_, i) => i % 3 === 0);
  });

  it('learns a reward whose first choice ends nearer to unseen drivers than constant velocity and IDM+MOBIL', async () => {
    const hash = '0'.repeat(64);
    const { reward, summary } = await learnReward(
      training.map((recording) => ({ recording, hash })),
      { method: 'maxent', strideTicks: 20 },
    );
    expect(summary.gradientNorm).toBeLessThanOrEqual(1e-8);
    expect(summary.projectionErrorP95).toBeLessThanOrEqual(0.4);
    const score = await evaluateOpenLoop(reward, test, { strideTicks: 20 });
    expect(score.projectionErrorP95).toBeLessThanOrEqual(0.4);
    expect(score.fde1).toBeLessThan(score.baselines.idmMobil.fde1);
    expect(score.fde1).toBeLessThan(score.baselines.constantVelocity.fde1);
    expect(score.baselines.oracle.fde1).toBeLessThan(0.8);
    expect(score.rank).toBeLessThan(0.3);

    const published = await learnReward(
      training.map((recording) => ({ recording, hash })),
      {
        method: 'huang2021',
        strideTicks: 20,
      },
    );
    const baseline = await evaluateOpenLoop(published.reward, test, { strideTicks: 20 });
    expect(score.fde1).toBeLessThan(baseline.fde1);
    expect(score.minFde3).toBeLessThan(baseline.minFde3);
  });
});
