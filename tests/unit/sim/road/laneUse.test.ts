import { expect, test } from 'vitest';
import { mainLane } from '../../../../sim/road/createRoad.ts';
import { comesIn, leadsOff, throughEnd } from '../../../../sim/road/laneUse.ts';
import type { LaneSpec } from '../../../../sim/road/road.ts';

const lane = (kind: LaneSpec['kind'], from: number, openFrom: number, openTo: number, to: number): LaneSpec => ({
  ...mainLane(3.6, 30),
  kind,
  from,
  openFrom,
  openTo,
  to,
});

test.each([
  ['a main lane', mainLane(3.6, 30), [false, false, 1e9]],
  ['a main lane that ends', { ...mainLane(3.6, 30), to: 900 }, [false, false, 900]],
  ['an on-ramp', lane('on-ramp', 100, 400, 700, 700), [true, false, 700]],
  ['an off-ramp', lane('off-ramp', 400, 400, 700, 2000), [false, true, 2000]],
  ['an auxiliary lane between two ramps', lane('auxiliary', 100, 400, 700, 2000), [true, true, 700]],
  [
    'an auxiliary lane that begins and ends beside the road',
    lane('auxiliary', 400, 400, 700, 700),
    [false, false, 700],
  ],
])('%s', (_, spec, [cameIn, off, end]) => {
  expect([comesIn(spec), leadsOff(spec), throughEnd(spec)]).toEqual([cameIn, off, end]);
});
