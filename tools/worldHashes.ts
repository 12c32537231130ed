// Writes the golden state hashes. Run it only when the simulator's behaviour was changed on purpose.
import { writeFileSync } from 'node:fs';
import { hashOfDrive } from '../bench/determinism/hashOfDrive.ts';
import { HASHED_DRIVES } from '../tests/fixtures/worldHashes.ts';

const hashes = Object.fromEntries(
  HASHED_DRIVES.map((drive) => [`${drive.id} ${drive.driver}`, hashOfDrive(drive).hash]),
);
writeFileSync(new URL('../tests/golden/sim/worldHashes.json', import.meta.url), `${JSON.stringify(hashes, null, 2)}\n`);
