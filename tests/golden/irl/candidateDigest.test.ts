import { expect, it } from 'vitest';
import { CANDIDATE_DIGEST, candidateDigest } from '../../fixtures/irl/candidateDigest.ts';

it('candidates, features and refusals are the same bits as everywhere else', () => {
  expect(candidateDigest()).toBe(CANDIDATE_DIGEST);
});
