import type { Scene } from '../irl/features/scene.ts';
import { createRandomStream, type RandomStream } from '../sim/core/randomStream.ts';
import {
  centreOf,
  LANE_WIDTH,
  mainRoad,
  type OtherSpec,
  randomScene,
  trafficScene,
} from '../tests/fixtures/irl/trafficScene.ts';

/** Kinds of situations, each a seeded scene on three lanes. */
export const SITUATIONS = { everyday: randomScene, laneChange, laneChangeInCurve, slowLeader, freeRoad } as const;

/** A kind of situation. */
export type Situation = keyof typeof SITUATIONS;

/** The situations of eight scenes; `bench/sceneDesign.ts` says what they can tell. */
export const PLANTED_MIX: readonly Situation[] = [
  'everyday',
  'laneChangeInCurve',
  'laneChange',
  'freeRoad',
  'laneChangeInCurve',
  'slowLeader',
  'laneChange',
  'laneChangeInCurve',
];

/**
 * Scenes as an experimenter chooses them who wants to learn every weight, not only those that everyday driving shows:
 * `PLANTED_MIX` over and over. Seeded; decided before any weight was learned from them.
 */
export function plantedScene(seed: number): Scene {
  const { length } = PLANTED_MIX;
  return SITUATIONS[PLANTED_MIX[((seed % length) + length) % length]!](seed);
}

/** The ego has left its lane's centre by 0.7 to 2.1 m towards a neighbouring lane and goes on at 0.4 to 1.2 m/s. */
function laneChange(seed: number): Scene {
  return changing(createRandomStream(seed, 'lane change'), () => mainRoad());
}

/**
 * The same in a curve to either side, at whose pace the lateral acceleration is 1 to 4 m/s², and whose radius is at
 * least 120 m: there it depends on the speed and comes apart from the lateral jerk.
 */
function laneChangeInCurve(seed: number): Scene {
  const stream = createRandomStream(seed, 'lane change in a curve');
  return changing(stream, (pace) => {
    const radius = Math.max((pace * pace) / 4, 120) * (1 + 3 * stream.uniform());
    return mainRoad({ pieces: [{ kind: 'arc', length: 3000, curvature: (stream.uniform() < 0.5 ? -1 : 1) / radius }] });
  });
}

function changing(stream: RandomStream, roadAt: (pace: number) => ReturnType<typeof mainRoad>): Scene {
  const from = Math.floor(stream.uniform() * 3);
  const to = from === 1 ? (stream.uniform() < 0.5 ? 0 : 2) : 1;
  const side = Math.sign(from - to);
  const pace = 14 + 12 * stream.uniform();
  const d = centreOf(from) + side * LANE_WIDTH * (0.2 + 0.4 * stream.uniform());
  const others = traffic(stream, pace, (lane, s) => (lane === from || lane === to) && Math.abs(s - 500) < 9);
  const ego = {
    d,
    sDot: pace + 1.5 * stream.normal(),
    sDdot: 0.4 * stream.normal(),
    dDot: side * (0.4 + 0.8 * stream.uniform()),
  };
  return trafficScene(others, ego, roadAt(pace));
}

/** A leader 8 to 38 m ahead that is 1 to 7 m/s slower, with traffic in the other lanes. */
function slowLeader(seed: number): Scene {
  const stream = createRandomStream(seed, 'slow leader');
  const lane = Math.floor(stream.uniform() * 3);
  const pace = 14 + 12 * stream.uniform();
  const leader = { s: 512.5 + 30 * stream.uniform(), d: centreOf(lane), sDot: pace - 1 - 6 * stream.uniform() };
  const others = traffic(stream, pace, (other, s) => other === lane && s > 484);
  return trafficScene([...others, leader], {
    d: centreOf(lane) + 0.3 * stream.normal(),
    sDot: pace + stream.normal(),
    sDdot: 0.4 * stream.normal(),
    dDot: 0.15 * stream.normal(),
  });
}

/** An empty road at 2 to 40 m/s where 30 are allowed: speed and its square come apart. */
function freeRoad(seed: number): Scene {
  const stream = createRandomStream(seed, 'free road');
  return trafficScene([], {
    d: centreOf(Math.floor(stream.uniform() * 3)) + 0.3 * stream.normal(),
    sDot: 2 + 38 * stream.uniform(),
    sDdot: 0.4 * stream.normal(),
    dDot: 0.15 * stream.normal(),
  });
}

/** Vehicles on three lanes at about the pace [m/s], 14 to 64 m apart; none where `kept` wants the lane free. */
function traffic(stream: RandomStream, pace: number, kept: (lane: number, s: number) => boolean): OtherSpec[] {
  const others: OtherSpec[] = [];
  for (let lane = 0; lane < 3; lane++) {
    for (let s = 400 + 30 * stream.uniform(); s < 680; s += 14 + 50 * stream.uniform()) {
      const d = centreOf(lane) + 0.3 * stream.normal();
      const sDot = Math.max(pace + 2 * stream.normal(), 1);
      if (!kept(lane, s)) others.push({ s, d, sDot });
    }
  }
  return others;
}
