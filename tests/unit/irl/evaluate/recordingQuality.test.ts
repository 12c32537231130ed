import { describe, expect, it } from 'vitest';
import { bandPowers } from '../../../../irl/evaluate/bandPowers.ts';
import { featureCoverage } from '../../../../irl/evaluate/featureCoverage.ts';
import { jerkSpectrum } from '../../../../irl/evaluate/jerkSpectrum.ts';
import { fewWindowsWarning, qualityWarnings } from '../../../../irl/evaluate/qualityWarnings.ts';
import { reactionDelay } from '../../../../irl/evaluate/reactionDelay.ts';
import { recordingQuality } from '../../../../irl/evaluate/recordingQuality.ts';
import type { Recording } from '../../../../recordings/recording.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';
import { steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';
import { centreOf } from '../../../fixtures/irl/trafficScene.ts';

const EDGES = [0, 0.5, 1, 2, 5];

/** A smooth acceleration without a period: six sines of chance frequency and phase, 1 m/s² in all. */
function wandering(seed: number): (t: number) => number {
  const stream = createRandomStream(seed, 'wandering');
  const waves = Array.from({ length: 6 }, () => [0.05 + 0.3 * stream.uniform(), 6.28 * stream.uniform()] as const);
  return (t) => waves.reduce((sum, [f, phase]) => sum + Math.sin(2 * Math.PI * f * t + phase) / 3, 0);
}

/** An ego behind a leader that accelerates by `leader`. */
function following(ego: (t: number) => number, leader: (t: number) => number, ticks = 400): Recording {
  const recording = steadyRecording({
    ticks,
    acceleration: ego,
    others: [{ s: 540, d: centreOf(1), sDot: 20 }],
    ego: { sDot: 20 },
  });
  let s = 540;
  let speed = 20;
  const traffic = recording.traffic.map((frame, tick) => {
    if (tick > 0) {
      speed += leader(tick * 0.1) * 0.1;
      s += speed * 0.1;
    }
    return { ...frame, s: Float64Array.of(s), sDot: Float64Array.of(speed) };
  });
  return { ...recording, traffic };
}

/** The recording with commands of a keyboard: one value for all substeps, or one a substep. */
function withInputs(
  recording: Recording,
  command: (row: number) => readonly [steer: number, throttle: number, brake: number],
) {
  const rows = recording.ticks * 6;
  const column = (i: number) => Float64Array.from({ length: rows }, (_, row) => command(row)[i]!);
  return {
    ...recording,
    metadata: { ...recording.metadata, device: 'keyboard' },
    input: { rows, steer: column(0), throttle: column(1), brake: column(2), indicator: new Int8Array(rows), raw: [] },
  };
}

describe('bandPowers', () => {
  it('puts a sine into its band with its mean square', () => {
    for (const [frequency, band] of [
      [0.3125, 0],
      [0.78125, 1],
      [1.5625, 2],
      [3.125, 3],
    ] as const) {
      const sine = Float64Array.from({ length: 256 }, (_, k) => 3 * Math.sin(2 * Math.PI * frequency * 0.1 * k));
      const powers = bandPowers([sine], 64, 10, EDGES);
      expect(powers[band]!, `${frequency} Hz`).toBeGreaterThan(0.8 * 4.5);
      expect(powers.reduce((sum, power) => sum + power, 0)).toBeCloseTo(4.5, 6);
    }
  });

  it('adds up to the weighted mean square of any signal (Parseval)', () => {
    const stream = createRandomStream(1, 'noise');
    const noise = Float64Array.from({ length: 64 }, () => stream.normal());
    const hann = noise.map((_, k) => 0.5 - 0.5 * Math.cos((2 * Math.PI * k) / 64));
    const expected =
      noise.reduce((sum, x, k) => sum + (hann[k]! * x) ** 2, 0) / hann.reduce((sum, w) => sum + w * w, 0);
    expect(bandPowers([noise], 64, 10, EDGES).reduce((sum, power) => sum + power, 0)).toBeCloseTo(expected, 10);
  });
});

describe('jerkSpectrum', () => {
  it('finds the jerk of a swinging acceleration at its frequency, along and across', () => {
    const swing = steadyRecording({
      ticks: 300,
      acceleration: (t) => Math.sin(2 * Math.PI * 0.7 * t),
      offset: (t) => centreOf(1) + 0.02 * Math.sin(2 * Math.PI * 1.5 * t),
    });
    const { longitudinal, lateral } = jerkSpectrum(swing, [{ fromTick: 0, toTick: 300 }])!;
    expect(longitudinal.meanSquare / ((2 * Math.PI * 0.7) ** 2 / 2)).toBeCloseTo(1, 1);
    expect(longitudinal.bands[1]! / longitudinal.meanSquare).toBeGreaterThan(0.9);
    const across = (0.02 * (2 * Math.PI * 1.5) ** 3) ** 2 / 2;
    expect(lateral.meanSquare / across).toBeGreaterThan(0.8);
    expect(lateral.bands[2]! / lateral.meanSquare).toBeGreaterThan(0.9);
  });

  it('is not measurable in less than 6.6 s', () => {
    expect(jerkSpectrum(steadyRecording({ ticks: 65 }), [{ fromTick: 0, toTick: 64 }])).toBeNull();
  });
});

describe('reactionDelay', () => {
  const whole = [{ fromTick: 0, toTick: 400 }];

  it.each([0.3, 0.8, 1.5])('finds a planted delay of %s s, through noise', (delay) => {
    const leader = wandering(3);
    const stream = createRandomStream(9, 'noise');
    const late = following((t) => 0.8 * leader(t - delay) + 0.2 * stream.normal(), leader);
    const { seconds, correlation } = reactionDelay(late, whole);
    expect(Math.abs(seconds! - delay)).toBeLessThanOrEqual(0.1001);
    expect(correlation).toBeGreaterThan(0.7);
  });

  it('says why it cannot be told', () => {
    const still = () => 0;
    expect(reactionDelay(following(still, still), whole).why).toContain('nothing happens');
    expect(reactionDelay(steadyRecording({ ticks: 400 }), whole).why).toContain('less than 10 s');
    const early = following((t) => wandering(3)(t + 0.6), wandering(3));
    expect(reactionDelay(early, whole)).toMatchObject({ seconds: null, why: expect.stringContaining('comes before') });
  });

  it('takes unrelated accelerations for a reaction in few of many drives', () => {
    const found = Array.from({ length: 20 }, (_, i) =>
      reactionDelay(following(wandering(100 + i), wandering(200 + i)), whole),
    ).filter(({ seconds }) => seconds !== null);
    expect(found.length).toBeLessThanOrEqual(3);
  });
});

describe('recordingQuality', () => {
  it('measures the use of the controls, and has nothing to say where none were recorded', () => {
    const plain = steadyRecording({ ticks: 100 });
    expect(recordingQuality([plain])[0]!.input).toBeNull();
    // A tenth of the time steering at the stop of 20 m/s (4.25 m/s² there), throttle pressed half the time and on the
    // floor in half of that.
    const stop = 4.25 * (2.8 / 400 + 0.002);
    const driven = withInputs(plain, (row) => [row % 10 === 0 ? stop : 0, [0, 0, 0.5, 1][row % 4]!, 0]);
    expect(recordingQuality([driven])[0]!.input).toEqual({
      zeroSteer: 0.9,
      zeroSteerInCurves: null,
      steerAtStop: 0.1,
      throttleAtStop: 0.5,
      brakeAtStop: null,
      coasting: 0.5,
    });
  });

  it('stops at the first collision, and says in ticks what is not learned from', () => {
    const crash = { tick: 120, kind: 'collision', other: -1, impact: 3 } as const;
    const recording = steadyRecording({ ticks: 200, events: [crash], ego: { sDot: 0.01 } });
    const card = recordingQuality([recording])[0]!;
    expect(card).toMatchObject({ collisions: 1, ownSeconds: 12, windows: 16, usableWindows: 0, standingSeconds: 20 });
    expect(card.excluded).toEqual([
      { reason: 'standing', fromTick: 0, toTick: 110, windows: 7 },
      { reason: 'afterCollision', fromTick: 70, toTick: 200, windows: 9 },
    ]);
    expect(qualityWarnings(card).map(({ code }) => code)).toEqual(['collisions', 'excluded', 'standing']);
  });

  it('counts once what a drive shares with the one it branches from, as learning does', () => {
    const plain = steadyRecording({ ticks: 160 });
    const drive = { ...plain, hashes: Array.from({ length: 161 }, (_, tick) => `drive ${tick}`) };
    const branch = { ...drive, metadata: { ...drive.metadata, branchTick: 100 } };
    const [whole, rest] = recordingQuality([drive, branch]);
    expect(whole).toMatchObject({ windows: 12, usableWindows: 12, excluded: [] });
    expect(rest).toMatchObject({ windows: 12, usableWindows: 2 });
    expect(rest!.excluded).toEqual([{ reason: 'shared', fromTick: 0, toTick: 140, windows: 10 }]);
  });

  it('leaves out what somebody else drove', () => {
    const recording = steadyRecording({ ticks: 160 });
    const takeOver = (tick: number, driver: string) => ({ tick, kind: 'take-over', driver }) as const;
    const events = [takeOver(60, 'agent'), takeOver(90, recording.metadata.driverName)];
    const card = recordingQuality([{ ...recording, events }])[0]!;
    expect(card.ownSeconds).toBeCloseTo(13, 9);
    expect(card.excluded).toEqual([{ reason: 'handedOver', fromTick: 20, toTick: 130, windows: 7 }]);
  });

  it('warns of a keyboard that hardly steers and of pedals on the floor, and not of good data', () => {
    const plain = steadyRecording({ ticks: 600, acceleration: (t) => 0.5 * Math.sin(t) });
    const poor = withInputs(plain, (row) => [row % 20 === 0 ? 0.003 : 0, 1, 0]);
    expect(qualityWarnings(recordingQuality([poor])[0]!).map(({ code }) => code)).toEqual(['zeroSteer', 'pedalAtStop']);
    const good = withInputs(plain, (row) => [row % 2 === 0 ? 0.003 : 0, 0.4, 0]);
    expect(qualityWarnings(recordingQuality([good])[0]!)).toEqual([]);
    expect(fewWindowsWarning([recordingQuality([good])[0]!])).toEqual([]);
    expect(fewWindowsWarning([{ usableWindows: 20 }, { usableWindows: 14 }])[0]!.message).toContain(
      '34 usable windows',
    );
  });
});

describe('featureCoverage', () => {
  it('tells what the driver had a choice in and what was shown', async () => {
    const recording = steadyRecording({ ticks: 80, others: [{ s: 530, d: centreOf(1), sDot: 20 }] });
    const features = await featureCoverage(recording);
    const of = (name: string) => features.find((feature) => feature.name === name)!;
    expect(of('auxiliaryLane')).toMatchObject({ excited: false, choice: 0 });
    expect(of('speed')).toMatchObject({ excited: true, choice: 1 });
    expect(of('speed').person.mean).toBeCloseTo(20 / 30, 6);
    expect(of('headwayRisk').person.min).toBeGreaterThan(0);
    expect(await featureCoverage(steadyRecording({ ticks: 20 }))).toEqual([]);
  });
});
