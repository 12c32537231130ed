import { describe, expect, it } from 'vitest';
import { findBaselineDriver } from '../../../../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../../../../scenarios/buildScenario.ts';
import { advanceTick } from '../../../../sim/core/advanceWorld.ts';
import { hashWorld } from '../../../../sim/core/hashWorld.ts';
import { createWorld } from '../../../../sim/core/world.ts';
import { createRoad } from '../../../../sim/road/createRoad.ts';
import { PLAIN_CELL_M } from '../../../../sim/road/road.ts';

const FAMILIES = [
  'weaving-section@1#5',
  'on-ramp-merge@1?density=18#1',
  'on-ramp-merge-mainline@1#2',
  'off-ramp-exit@1#3',
  'lane-drop@1#4',
];

describe('where lanes do not change', () => {
  it.each(FAMILIES)('%s: traffic that does not look for lane ends there does the same, bit for bit', (id) => {
    const { spec } = buildScenario(id);
    const [quick, thorough] = [createWorld(spec), createWorld(spec)];
    expect(quick.road.plain).toContain(1);
    thorough.road.plain.fill(0);
    const drivers = [quick, thorough].map((world) => {
      const driver = findBaselineDriver('idm-mobil').create();
      driver.start(world);
      return driver;
    });
    for (let tick = 0; tick < 700; tick++) {
      advanceTick(quick, drivers[0]!);
      advanceTick(thorough, drivers[1]!);
      if (tick % 20 === 0) expect(hashWorld(quick), `tick ${tick}`).toBe(hashWorld(thorough));
    }
  });

  it('is well behind the last change and far before the next', () => {
    const { spec } = createRoad(buildScenario('lane-drop@1#1').spec.road);
    const road = createRoad({ ...spec, pieces: [{ kind: 'straight', length: 9000 }], lanes: withDropAt(spec, 5000) });
    const plainAt = (s: number) => road.plain[Math.floor(s / PLAIN_CELL_M)] === 1;
    expect(plainAt(2300)).toBe(true);
    for (const s of [3300, 4000, 5000, 5080]) expect(plainAt(s), `at ${s} m`).toBe(false);
    for (const s of [5200, 8000, 8999]) expect(plainAt(s), `at ${s} m`).toBe(true);
    expect(road.plain).toHaveLength(9000 / PLAIN_CELL_M);
  });
});

function withDropAt(spec: ReturnType<typeof createRoad>['spec'], to: number) {
  return spec.lanes.map((lane, k) => (k === spec.lanes.length - 1 ? { ...lane, to, openTo: to } : lane));
}
