import { describe, expect, it } from 'vitest';
import { BadInput } from '../../../cli/badInput.ts';
import { driverOfRecording, holdOutDrivers } from '../../../cli/holdOut.ts';
import type { LoadedRecording } from '../../../cli/loadRecording.ts';
import type { Recording } from '../../../recordings/recording.ts';

function drive(driverName: string, path: string): LoadedRecording {
  return { path, hash: path, recording: { metadata: { driverLabel: 'human', driverName } } as Recording };
}

const drives = ['ann', 'bob', 'cem', 'dan', 'ann', 'bob'].map((name, i) => drive(name, `${i}`));

describe('holdOutDrivers', () => {
  it('keeps every drive of a held-out driver from the learner', () => {
    const { training, heldOut } = holdOutDrivers(drives, 2, 1);
    expect(heldOut).toHaveLength(2);
    expect(training.map(driverOfRecording).filter((driver) => heldOut.includes(driver))).toEqual([]);
    expect(training.length + drives.filter((one) => heldOut.includes(driverOfRecording(one))).length).toBe(
      drives.length,
    );
  });

  it('draws the same drivers for a seed, and every driver for some seed', () => {
    expect(holdOutDrivers(drives, 2, 5)).toEqual(holdOutDrivers(drives, 2, 5));
    const drawn = new Set(Array.from({ length: 40 }, (_, seed) => holdOutDrivers(drives, 1, seed).heldOut[0]));
    expect([...drawn].sort()).toEqual(['human ann', 'human bob', 'human cem', 'human dan']);
  });

  it('leaves everything to the learner when none is held out, and refuses to hold out all', () => {
    expect(holdOutDrivers(drives, 0, 1)).toEqual({ training: drives, heldOut: [] });
    expect(() => holdOutDrivers(drives, 4, 1)).toThrow(BadInput);
  });
});
