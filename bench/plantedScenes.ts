import type { Scene } from '../irl/features/scene.ts';
import { createRandomStream } from '../sim/core/randomStream.ts';
import { centreOf, LANE_WIDTH, type OtherSpec, randomScene, trafficScene } from '../tests/fixtures/irl/trafficScene.ts';

/**
 * Scenes as an experimenter chooses them who wants to learn every weight, not only those that everyday driving shows.
 * Of four scenes two are any moment of three-lane traffic (`randomScene`), one is in the middle of a lane change
 * beside others, and one has a slower leader near ahead. Seeded; decided before any weight was learned from them.
 */
export function plantedScene(seed: number): Scene {
  switch (((seed % 4) + 4) % 4) {
    case 1:
      return laneChange(seed);
    case 3:
      return slowLeader(seed);
    default:
      return randomScene(seed);
  }
}

/** The ego has left its lane's centre by 0.7 to 2.1 m towards a neighbouring lane and goes on at 0.4 to 1.2 m/s. */
function laneChange(seed: number): Scene {
  const stream = createRandomStream(seed, 'lane change');
  const from = Math.floor(stream.uniform() * 3);
  const to = from === 1 ? (stream.uniform() < 0.5 ? 0 : 2) : 1;
  const side = Math.sign(from - to);
  const pace = 14 + 12 * stream.uniform();
  const d = centreOf(from) + side * LANE_WIDTH * (0.2 + 0.4 * stream.uniform());
  const others = traffic(stream, pace, (lane, s) => (lane === from || lane === to) && Math.abs(s - 500) < 9);
  return trafficScene(others, {
    d,
    sDot: pace + 1.5 * stream.normal(),
    sDdot: 0.4 * stream.normal(),
    dDot: side * (0.4 + 0.8 * stream.uniform()),
  });
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

/** Vehicles on three lanes at about the pace [m/s], 14 to 64 m apart; none where `kept` wants the lane free. */
function traffic(
  stream: ReturnType<typeof createRandomStream>,
  pace: number,
  kept: (lane: number, s: number) => boolean,
): OtherSpec[] {
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
