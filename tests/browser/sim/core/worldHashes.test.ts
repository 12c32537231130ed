import { expect, test } from 'vitest';
import { HASHED_DRIVES, hashOfDrive } from '../../../fixtures/worldHashes.ts';
import golden from '../../../golden/sim/worldHashes.json' with { type: 'json' };

test.each(HASHED_DRIVES)('$id driven by $driver gives the same bits in the browser as in Node', (drive) => {
  expect(hashOfDrive(drive)).toBe((golden as Record<string, string>)[`${drive.id} ${drive.driver}`]);
});
