import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { formatScenarioId, parseScenarioId } from '../../../scenarios/scenarioId.ts';
import type { Road } from '../../../sim/road/road.ts';
import type { ViewFrame } from '../../../sim/view/viewFrame.ts';
import { DriveSession } from './driveSession.ts';
import { programWheel } from './wheel.ts';

/** Traffic that moves behind panels: a scripted driver in a scenario, one seed after the other. */
export interface AmbientScene {
  /** Name of the scripted style at the wheel. */
  readonly driverName: string;
  readonly scenarioId: string;
  frame(elapsedS: number): ViewFrame;
  /** Puts its road on the stage again after something else was shown. */
  show(): void;
}

/** @param onRoad told of the road by `show` and at the start of every later round */
export function createAmbientScene(scenarioId: string, driverName: string, onRoad: (road: Road) => void): AmbientScene {
  let id = scenarioId;
  const start = () => {
    const scenario = buildScenario(id);
    const session = new DriveSession({
      spec: scenario.spec,
      durationS: scenario.durationS,
      wheel: programWheel(findBaselineDriver(driverName).create()),
    });
    return session;
  };
  let session = start();
  return {
    driverName,
    get scenarioId() {
      return id;
    },
    show: () => onRoad(session.world.road),
    frame(elapsedS) {
      if (session.finished) {
        const parts = parseScenarioId(id);
        id = formatScenarioId({ ...parts, seed: parts.seed + 1 });
        session = start();
        onRoad(session.world.road);
      }
      session.advance(elapsedS);
      return session.frame();
    },
  };
}
