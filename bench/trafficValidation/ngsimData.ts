import { createReadStream } from 'node:fs';
import { mendLateralJumps } from '../../recordings/adapters/lateralJumps.ts';
import { ngsimSite } from '../../recordings/adapters/ngsimSites.ts';
import { smoothVehicle } from '../../recordings/adapters/ngsimTracks.ts';
import { readNgsimVehicles } from '../../recordings/adapters/ngsimVehicles.ts';
import type { FollowedVehicle } from './distributions.ts';

/** Everyone in an NGSIM file of US-101, smoothed as by the importer. @param path csv or txt */
export async function ngsimVehicles(path: string): Promise<readonly FollowedVehicle[]> {
  const name = path.split('/').at(-1)!;
  const { vehicles } = await readNgsimVehicles(createReadStream(path), { name, maxRows: 5_000_000 });
  const site = ngsimSite('us-101', name);
  return vehicles.flatMap((raw) => {
    const { vehicle, breaks } = mendLateralJumps(raw, site);
    return smoothVehicle(vehicle, breaks).map(({ from, s, d, sDot }) => ({ from, length: vehicle.length, s, d, sDot }));
  });
}
