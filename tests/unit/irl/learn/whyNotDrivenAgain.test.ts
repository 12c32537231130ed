import { describe, expect, it } from 'vitest';
import { whyNotDrivenAgain } from '../../../../irl/learn/whyNotDrivenAgain.ts';
import { steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';
import { styleRecording } from '../../../fixtures/irl/styleRecording.ts';

describe('whyNotDrivenAgain', () => {
  const driven = styleRecording('calm', 'dense@1#3', 20);
  const { metadata, input } = driven;

  it('has nothing against a drive of this simulator', () => {
    expect(whyNotDrivenAgain(driven)).toBeUndefined();
  });

  it.each([
    ['no commands', steadyRecording({ ticks: 60 }), /has no commands.*would not react/],
    [
      'commands of another simulator',
      { ...driven, metadata: { ...metadata, simulatorVersion: metadata.simulatorVersion - 1 } },
      /driven in version \d+ of the simulator/,
    ],
    [
      'commands that are too few',
      { ...driven, input: { ...input, rows: input.rows - 1 } },
      /119 commands for 20 ticks, 120/,
    ],
    [
      'replayed traffic',
      { ...driven, metadata: { ...metadata, scenarioId: 'log-replay@1?vehicle=7#0' } },
      /only replays and would not react/,
    ],
    [
      'a scenario of another program',
      { ...driven, metadata: { ...metadata, scenarioId: 'moon@1#1' } },
      /scenario is not known here \(.*moon/,
    ],
  ])('says so of %s', (_, recording, why) => {
    expect(whyNotDrivenAgain(recording)).toMatch(why);
  });
});
