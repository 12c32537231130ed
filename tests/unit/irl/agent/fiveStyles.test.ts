import { describe, expect, it } from 'vitest';
import { FIVE_STYLES } from '../../../../irl/agent/fiveStyles.ts';
import { quantile } from '../../../../irl/learn/quantile.ts';
import { buildScenario } from '../../../../scenarios/buildScenario.ts';
import { advanceTick } from '../../../../sim/core/advanceWorld.ts';
import { createWorld } from '../../../../sim/core/world.ts';
import { gapTo } from '../../../../sim/traffic/carFollowing.ts';
import { leaderOf } from '../../../../sim/traffic/neighbours.ts';

const SEEDS = [1, 2, 3];
const SECONDS = 60;

interface Drives {
  /** Shares of the ticks in the left, middle and right lane. */
  readonly lanes: readonly number[];
  readonly accidents: number;
  /** Mean speed [m/s]. */
  readonly speed: number;
  /** 10 % quantile of the time headway, Infinity counted where nobody is ahead [s]. */
  readonly headway: number;
  /** Last tick outside the right lane, of all drives. */
  readonly lastOutsideRight: number;
}

function driven(name: string): Drives {
  const lanes = [0, 0, 0];
  const ticks = SEEDS.length * SECONDS * 10;
  let accidents = 0;
  let speed = 0;
  let lastOutsideRight = -1;
  const headways: number[] = [];
  for (const seed of SEEDS) {
    const world = createWorld(buildScenario(`slower-traffic@1#${seed}`).spec);
    const driver = FIVE_STYLES.find((style) => style.name === name)!.create();
    driver.start(world);
    for (let k = 0; k < SECONDS * 10; k++) {
      advanceTick(world, driver);
      lanes[world.vehicles.lane[0]!]! += 1 / ticks;
      speed += world.ego.sDot / ticks;
      if (world.vehicles.lane[0] !== 2) lastOutsideRight = Math.max(lastOutsideRight, k);
      headways.push(gapTo(world.traffic, 0, leaderOf(world.traffic.neighbours, 0)) / world.ego.sDot);
    }
    accidents += world.events.filter(({ kind }) => kind === 'collision' || kind === 'off-road').length;
  }
  const headway = quantile(headways, 0.1);
  return { lanes, accidents, speed, headway, lastOutsideRight };
}

describe('the five styles', () => {
  const styles = new Map(FIVE_STYLES.map(({ name }) => [name, driven(name)]));

  it('never collide and never leave the road', () => {
    for (const [name, { accidents }] of styles) expect(accidents, name).toBe(0);
  });

  it('nice uses all it needs to get past, the right lane most and the left one least', () => {
    const [left, middle, right] = styles.get('nice')!.lanes;
    expect(right).toBeGreaterThan(middle!);
    expect(middle).toBeGreaterThan(left!);
    expect(middle).toBeGreaterThan(0.1);
  });

  it('right-lane styles are in the right lane but for the way there, and the middle one never leaves the middle', () => {
    // It may take some time until there is a gap for it.
    for (const name of ['right-lane-nice', 'right-lane-nasty']) {
      expect(styles.get(name)!.lastOutsideRight, name).toBeLessThan(200);
    }
    expect(styles.get('middle-lane')!.lanes[1]).toBeCloseTo(1, 9);
  });

  it('whoever is nasty is faster with all lanes to choose from, and keeps less distance with one', () => {
    expect(styles.get('nasty')!.speed).toBeGreaterThan(styles.get('nice')!.speed + 0.5);
    expect(styles.get('right-lane-nasty')!.headway).toBeLessThan(styles.get('right-lane-nice')!.headway - 0.5);
  });
});
