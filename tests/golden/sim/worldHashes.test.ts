import { describe, expect, test } from 'vitest';
import { hashOfDrive } from '../../../bench/determinism/hashOfDrive.ts';
import { HASHED_DRIVES } from '../../fixtures/worldHashes.ts';
import golden from './worldHashes.json' with { type: 'json' };

// The hashes are those of the simulator as it was, right or wrong. If its behaviour is meant to change, bump
// SIMULATOR_VERSION and write the new ones: npx tsx tools/worldHashes.ts
describe('state hashes are those of the simulator version on record', () => {
  test.each(HASHED_DRIVES)('$id driven by $driver', (drive) => {
    const expected = (golden as Record<string, string>)[`${drive.id} ${drive.driver}`];
    expect(hashOfDrive(drive).hash).toBe(expected);
    expect(hashOfDrive(drive, true).hash).toBe(expected);
  });
});
