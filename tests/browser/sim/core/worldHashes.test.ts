import { expect, test } from 'vitest';
import { hashOfDrive } from '../../../../bench/determinism/hashOfDrive.ts';
import { HASHED_DRIVES } from '../../../fixtures/worldHashes.ts';
import golden from '../../../golden/sim/worldHashes.json' with { type: 'json' };

test.each(HASHED_DRIVES)('$id driven by $driver gives the same bits in the browser as in Node', (drive) => {
  expect(hashOfDrive(drive).hash).toBe((golden as Record<string, string>)[`${drive.id} ${drive.driver}`]);
});
