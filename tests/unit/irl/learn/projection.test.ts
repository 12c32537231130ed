import { expect, it } from 'vitest';
import { learnReward } from '../../../../irl/learn/learnReward.ts';
import { styleRecording } from '../../../fixtures/irl/styleRecording.ts';

const source = { recording: styleRecording('calm', 'dense@1#3', 150), hash: 'f'.repeat(64) };
const quick = { candidates: 40, strideTicks: 20, rollouts: 3, rounds: 4 };

it('projection learns weights of a set length and reports the gaps of the agent it chose', async () => {
  const { reward, summary } = await learnReward([source], { ...quick, method: 'projection' });
  const maxent = await learnReward([source], { ...quick, method: 'maxent' });
  const length = (terms: readonly { readonly weight: number }[]) => Math.hypot(...terms.map((term) => term.weight));
  const report = summary.closedLoop!;
  expect(length(reward.features)).toBeCloseTo(length(maxent.reward.features), 6);
  const largest = (key: 'atStart' | 'gap') => Math.max(...report.gaps.map((one) => Math.abs(one[key])));
  expect(largest('gap')).toBeLessThan(largest('atStart'));
  expect(report.rounds).toBeLessThanOrEqual(4);
  expect(summary.mixedAgents!.length).toBeLessThanOrEqual(report.rounds);
  expect(summary.mixedAgents!.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  // No single agent is nearer to the person than the mixture is.
  const { margin } = reward.learner.options;
  expect(margin).toBeLessThanOrEqual(Math.hypot(...report.gaps.map(({ gap }) => gap)) + 1e-9);
  expect(reward.learner).toMatchObject({ name: 'projection', options: { ended: report.ended } });
});

it('projection keeps the best so far when its caller has had enough', async () => {
  const afterRound = new AbortController();
  const onRound = () => afterRound.abort();
  const { reward, summary } = await learnReward([source], {
    ...quick,
    tolerance: 1e-6,
    method: 'projection',
    enough: afterRound.signal,
    onRound,
  });
  expect(summary.closedLoop).toMatchObject({ rounds: 1, ended: 'stopped' });
  expect(reward.learner).toMatchObject({ name: 'projection', options: { ended: 'stopped' } });

  const atOnce = new AbortController();
  const first = await learnReward([source], {
    ...quick,
    method: 'projection',
    enough: atOnce.signal,
    onMaxent: () => atOnce.abort(),
  });
  const because = 'it was stopped before the first round of rollouts was over';
  expect(first.summary).toMatchObject({ method: 'maxent', insteadOf: { method: 'projection', because } });
});
