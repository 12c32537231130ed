import { describe, expect, it } from 'vitest';
import { createRoad, mainLane, TAPER_M } from '../../../../sim/road/createRoad.ts';
import type { LaneSpec } from '../../../../sim/road/road.ts';
import { BLOCK_LINE_M, EDGE_LINE_M, LANE_LINE_M, layMarkings } from '../../../../sim/view/markingLayout.ts';
import { createRoadProfile, RAMP_ARM_M } from '../../../../sim/view/roadProfile.ts';

const WIDTH = 3.6;
const onRamp: LaneSpec = {
  kind: 'on-ramp',
  width: WIDTH,
  speedLimit: 28,
  from: 200,
  to: 500,
  openFrom: 320,
  openTo: 500,
};

function profileOf(...lanes: LaneSpec[]) {
  return createRoadProfile(
    createRoad({
      pieces: [{ kind: 'straight', length: 2000 }],
      lanes,
      shoulderLeft: 1,
      shoulderRight: 2.5,
      railLeft: false,
      railRight: true,
    }),
  );
}

function paintOf(profile: ReturnType<typeof profileOf>, from: number, to: number) {
  const painted: { s0: number; s1: number; d: number; width: number }[] = [];
  layMarkings(profile, from, to, (s0, d0, s1, d1, width) => painted.push({ s0, s1, d: (d0 + d1) / 2, width }));
  return painted;
}

/** Painted length near d [m]. */
const lengthAt = (painted: ReturnType<typeof paintOf>, d: number, width: number) =>
  painted.filter((p) => Math.abs(p.d - d) < 0.2 && p.width === width).reduce((sum, p) => sum + p.s1 - p.s0, 0);

describe('road markings', () => {
  it('draws solid edges and one part paint to two parts gap between main lanes', () => {
    const painted = paintOf(profileOf(mainLane(WIDTH, 36), mainLane(WIDTH, 36)), 0, 360);
    expect(lengthAt(painted, 0, EDGE_LINE_M)).toBeCloseTo(360, 6);
    expect(lengthAt(painted, -2 * WIDTH, EDGE_LINE_M)).toBeCloseTo(360, 6);
    expect(lengthAt(painted, -WIDTH, LANE_LINE_M)).toBeCloseTo(120, 6);
  });

  it('keeps dashes where they are when the drawn stretch moves', () => {
    const profile = profileOf(mainLane(WIDTH, 36), mainLane(WIDTH, 36));
    const starts = (from: number) =>
      paintOf(profile, from, from + 180)
        .filter((p) => p.width === LANE_LINE_M && p.s0 >= 60 && p.s0 < 150)
        .map((p) => p.s0);
    expect(starts(6)).toEqual(starts(42));
    expect(starts(6).length).toBeGreaterThan(3);
  });

  it('is solid beside a ramp until it opens, then wide blocks half the way', () => {
    const painted = paintOf(profileOf(mainLane(WIDTH, 36), mainLane(WIDTH, 36), onRamp), 204, 500);
    const boundary = -2 * WIDTH;
    const solid = painted.filter((p) => Math.abs(p.d - boundary) < 0.01 && p.width === EDGE_LINE_M);
    expect(Math.max(...solid.map((p) => p.s1))).toBeLessThanOrEqual(324);
    expect(lengthAt(solid, boundary, EDGE_LINE_M)).toBeCloseTo(120, 6);
    expect(lengthAt(painted, boundary, BLOCK_LINE_M)).toBeGreaterThan(80);
    expect(lengthAt(painted, boundary, BLOCK_LINE_M)).toBeLessThan(100);
  });

  it('tapers a lane to nothing after its end and bends a ramp away before its start', () => {
    const profile = profileOf(mainLane(WIDTH, 36), mainLane(WIDTH, 36), onRamp);
    const span = { left: 0, right: 0 };
    expect(profile.laneSpan(2, 500 + TAPER_M / 2, span)).toBe(true);
    expect(span.left - span.right).toBeCloseTo(WIDTH / 2, 9);
    expect(profile.laneSpan(2, 500 + TAPER_M + 1, span)).toBe(false);
    expect(profile.laneSpan(2, 199, span)).toBe(false);
    expect(profile.rampArm(2, 199, span)).toBe(true);
    const near = span.left;
    expect(profile.rampArm(2, 200 - RAMP_ARM_M, span)).toBe(true);
    expect(near - span.left).toBeGreaterThan(20);
    expect(profile.rampArm(2, 201, span)).toBe(false);
  });

  it('bends an auxiliary lane away at both ends where it goes on beyond its opening, and tapers it where not', () => {
    const span = { left: 0, right: 0 };
    const auxiliary: LaneSpec = { ...onRamp, kind: 'auxiliary', to: 2000 };
    const weaving = profileOf(mainLane(WIDTH, 36), auxiliary);
    for (const [inside, outside] of [
      [201, 199 - RAMP_ARM_M / 2],
      [1999, 2001 + RAMP_ARM_M / 2],
    ] as const) {
      expect(weaving.laneSpan(1, inside, span)).toBe(true);
      expect(weaving.rampArm(1, inside, span)).toBe(false);
      expect(weaving.laneSpan(1, outside, span)).toBe(false);
      expect(weaving.rampArm(1, outside, span)).toBe(true);
      expect(span.left).toBeLessThan(-WIDTH - 5);
    }
    const added = profileOf(mainLane(WIDTH, 36), { ...auxiliary, from: 320, to: 500 });
    expect(added.rampArm(1, 310, span)).toBe(false);
    expect(added.laneSpan(1, 320 - TAPER_M / 2, span)).toBe(true);
    expect(added.laneSpan(1, 500 + TAPER_M / 2, span)).toBe(true);
  });

  it('leaves no gap in an edge line where a ramp joins', () => {
    const painted = paintOf(profileOf(mainLane(WIDTH, 36), mainLane(WIDTH, 36), onRamp), 174, 258);
    const outer = painted
      .filter((p) => p.width === EDGE_LINE_M && Math.abs(p.d + 3 * WIDTH) < 1)
      .sort((a, b) => a.s0 - b.s0);
    for (const [i, piece] of outer.entries()) {
      const before = outer[i - 1];
      if (before) expect(piece.s0).toBeCloseTo(before.s1, 6);
    }
    expect(outer[0]!.s0).toBe(174);
    expect(outer.at(-1)!.s1).toBe(258);
  });

  it('draws main lanes on beyond both ends of the road', () => {
    const limited: LaneSpec = { ...mainLane(WIDTH, 36), from: 0, to: 2000 };
    const profile = profileOf(limited, limited);
    const edges = { left: 0, right: 0 };
    for (const s of [-300, 2300]) {
      profile.edges(s, edges);
      expect(edges).toEqual({ left: 0, right: -2 * WIDTH });
    }
  });
});
