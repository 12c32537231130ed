// Writes the golden state hashes. Run it only when the simulator's behaviour was changed on purpose.
import { writeFileSync } from 'node:fs';
import { HASHED_DRIVES, hashOfDrive } from '../tests/fixtures/worldHashes.ts';

const hashes = Object.fromEntries(HASHED_DRIVES.map((drive) => [`${drive.id} ${drive.driver}`, hashOfDrive(drive)]));
writeFileSync(new URL('../tests/golden/sim/worldHashes.json', import.meta.url), `${JSON.stringify(hashes, null, 2)}\n`);
