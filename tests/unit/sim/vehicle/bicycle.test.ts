import { describe, expect, test } from 'vitest';
import { SUBSTEP_S } from '../../../../sim/core/time.ts';
import { stepBicycle } from '../../../../sim/vehicle/bicycle.ts';
import { GRAVITY, MIDSIZE_CAR } from '../../../../sim/vehicle/bicycleParameters.ts';
import { neutralCommand } from '../../../../sim/vehicle/egoCommand.ts';
import type { EgoState } from '../../../../sim/vehicle/egoState.ts';

function egoAt(vx: number): EgoState {
  return {
    x: 0,
    y: 0,
    yaw: 0,
    vx,
    vy: 0,
    yawRate: 0,
    steer: 0,
    ax: 0,
    ay: 0,
    s: 0,
    d: 0,
    headingOffset: 0,
    sDot: 0,
    dDot: 0,
  };
}

/**
 * Drives for some time; `command` sees the state before each substep. Returns the seconds until `done`, or the limit.
 */
function drive(
  ego: EgoState,
  seconds: number,
  command: (ego: EgoState, time: number) => Partial<ReturnType<typeof neutralCommand>>,
  done: (ego: EgoState) => boolean = () => false,
): number {
  let time = 0;
  while (time < seconds && !done(ego)) {
    stepBicycle(ego, { ...neutralCommand(), ...command(ego, time) }, MIDSIZE_CAR, true);
    time += SUBSTEP_S;
  }
  return time;
}

const holdSpeed = (target: number, steer: number) => (ego: EgoState) => ({
  steer,
  throttle: Math.max(0, 0.1 + (target - ego.vx)),
});

test.each([-1.5, -5, -10])('rolling backwards at %d m/s it turns to where its wheels lead, slow or fast', (vx) => {
  const ego = { ...egoAt(vx), steer: 0.05 };
  drive(ego, 1, () => ({ steer: 0.05 }));
  const kinematic = (ego.vx * Math.tan(ego.steer)) / (MIDSIZE_CAR.frontAxle + MIDSIZE_CAR.rearAxle);
  expect(ego.yawRate).toBeLessThan(0);
  expect(ego.yawRate / kinematic).toBeGreaterThan(0.8);
  expect(ego.yawRate / kinematic).toBeLessThan(1.3);
});

describe('longitudinal', () => {
  test('0 to 100 km/h takes 7 to 9 s', () => {
    const time = drive(
      egoAt(0),
      30,
      () => ({ throttle: 1 }),
      (ego) => ego.vx >= 100 / 3.6,
    );
    expect(time).toBeGreaterThan(7);
    expect(time).toBeLessThan(9);
  });

  test('100 to 0 km/h takes 38 to 45 m and ends at rest', () => {
    const ego = egoAt(100 / 3.6);
    drive(ego, 10, () => ({ brake: 1 }));
    expect(ego.vx).toBe(0);
    expect(ego.x).toBeGreaterThan(38);
    expect(ego.x).toBeLessThan(45);
  });

  test('the brakes never push the car backwards and it stands still', () => {
    const ego = egoAt(1);
    drive(ego, 5, () => ({ brake: 0.3, steer: 0.2 }));
    const { x, y } = ego;
    drive(ego, 5, () => ({ brake: 0.3, steer: 0.2 }));
    expect([ego.vx, ego.vy, ego.yawRate]).toEqual([0, 0, 0]);
    expect([ego.x, ego.y]).toEqual([x, y]);
  });
});

describe('lateral', () => {
  test('a left steering angle turns to the left', () => {
    const ego = egoAt(20);
    drive(ego, 2, holdSpeed(20, 0.01));
    expect(ego.yaw).toBeGreaterThan(0.05);
    expect(ego.y).toBeGreaterThan(0);
    expect(ego.ay).toBeGreaterThan(0);
  });

  test('at low speed the yaw rate is that of rolling wheels', () => {
    const ego = egoAt(2);
    drive(ego, 4, holdSpeed(2, 0.1));
    const wheelbase = MIDSIZE_CAR.frontAxle + MIDSIZE_CAR.rearAxle;
    expect(ego.yawRate).toBeCloseTo((ego.vx * Math.tan(0.1)) / wheelbase, 2);
  });

  test('the car understeers: the yaw gain flattens with speed', () => {
    const gain = (speed: number) => {
      const ego = egoAt(speed);
      drive(ego, 5, holdSpeed(speed, 0.004));
      return ego.yawRate / 0.004;
    };
    const [at10, at20, at30, at40] = [gain(10), gain(20), gain(30), gain(40)];
    expect(at20).toBeGreaterThan(at10);
    expect(at30 / at20).toBeLessThan(1.25);
    expect(at40 / at30).toBeLessThan(1.1);
  });

  test('no steering gives more lateral acceleration than the tyres have grip', () => {
    const ego = egoAt(30);
    let most = 0;
    drive(ego, 6, (state) => {
      most = Math.max(most, Math.abs(state.ay));
      return { steer: 0.3 };
    });
    expect(most).toBeGreaterThan(0.7 * GRAVITY);
    expect(most).toBeLessThan(1.1 * GRAVITY);
    expect(Number.isFinite(ego.x + ego.y + ego.yaw)).toBe(true);
  });
});
