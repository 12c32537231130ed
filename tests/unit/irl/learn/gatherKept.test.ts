import { describe, expect, it } from 'vitest';
import { gatherHere, type ShareOut } from '../../../../irl/learn/gatherKept.ts';
import { learnReward } from '../../../../irl/learn/learnReward.ts';
import { styleRecording } from '../../../fixtures/irl/styleRecording.ts';

const sources = (['calm', 'brisk'] as const).map((style) => ({
  recording: styleRecording(style, 'dense@1#3', 120),
  hash: 'd'.repeat(64),
}));
const learn = (shareOut?: ShareOut) =>
  learnReward(sources, { method: 'maxent', candidates: 30, ...(shareOut && { shareOut }) });

describe('gatherKept', () => {
  it('gives the same to the last bit, however the scenes are shared out', async () => {
    const alone = await learn();
    expect(alone.summary.scenes).toBe(16);
    const helper = (picked: Parameters<typeof gatherHere>[0], plan: Parameters<typeof gatherHere>[1]) =>
      gatherHere(picked, plan, {});
    for (const counts of [[5], [8, 0, 6], [16], [20, 3]]) {
      const shared = await learn((picked) => {
        expect(picked.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, i) => i));
        return counts.map((count) => [count, helper] as const);
      });
      expect(shared, `shares ${counts}`).toEqual(alone);
    }
  });

  it('fails with a helper that fails', async () => {
    const broken = learn(() => [[4, () => Promise.reject(new Error('the helper ended'))]]);
    await expect(broken).rejects.toThrow('the helper ended');
  });
});
