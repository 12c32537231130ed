import cutIn from './cut-in.json' with { type: 'json' };
import cutOut from './cut-out.json' with { type: 'json' };
import dense from './dense.json' with { type: 'json' };
import freeFlow from './free-flow.json' with { type: 'json' };
import hardBrakingLeader from './hard-braking-leader.json' with { type: 'json' };
import laneDrop from './lane-drop.json' with { type: 'json' };
import logReplay from './log-replay.json' with { type: 'json' };
import offRampExit from './off-ramp-exit.json' with { type: 'json' };
import onRampMerge from './on-ramp-merge.json' with { type: 'json' };
import onRampMergeMainline from './on-ramp-merge-mainline.json' with { type: 'json' };
import { parseScenarioFamily } from './parseScenarioFamily.ts';
import { ScenarioError } from './scenarioError.ts';
import type { ScenarioFamily } from './scenarioFamily.ts';
import slowerTraffic from './slower-traffic.json' with { type: 'json' };
import stopAndGoWave from './stop-and-go-wave.json' with { type: 'json' };
import stoppedVehicle from './stopped-vehicle.json' with { type: 'json' };
import tailgater from './tailgater.json' with { type: 'json' };
import truckConvoy from './truck-convoy.json' with { type: 'json' };
import weavingSection from './weaving-section.json' with { type: 'json' };

/** The bundled families, checked like any other file. */
export const SCENARIO_FAMILIES: readonly ScenarioFamily[] = [
  parseScenarioFamily(freeFlow, 'scenarios/free-flow.json'),
  parseScenarioFamily(dense, 'scenarios/dense.json'),
  parseScenarioFamily(slowerTraffic, 'scenarios/slower-traffic.json'),
  parseScenarioFamily(stopAndGoWave, 'scenarios/stop-and-go-wave.json'),
  parseScenarioFamily(onRampMerge, 'scenarios/on-ramp-merge.json'),
  parseScenarioFamily(onRampMergeMainline, 'scenarios/on-ramp-merge-mainline.json'),
  parseScenarioFamily(offRampExit, 'scenarios/off-ramp-exit.json'),
  parseScenarioFamily(weavingSection, 'scenarios/weaving-section.json'),
  parseScenarioFamily(laneDrop, 'scenarios/lane-drop.json'),
  parseScenarioFamily(cutIn, 'scenarios/cut-in.json'),
  parseScenarioFamily(cutOut, 'scenarios/cut-out.json'),
  parseScenarioFamily(hardBrakingLeader, 'scenarios/hard-braking-leader.json'),
  parseScenarioFamily(truckConvoy, 'scenarios/truck-convoy.json'),
  parseScenarioFamily(tailgater, 'scenarios/tailgater.json'),
  parseScenarioFamily(stoppedVehicle, 'scenarios/stopped-vehicle.json'),
  parseScenarioFamily(logReplay, 'scenarios/log-replay.json'),
];

/**
 * Finds a family by name.
 * @throws ScenarioError when there is none
 */
export function findFamily(name: string, additional: readonly ScenarioFamily[] = []): ScenarioFamily {
  const family = [...additional, ...SCENARIO_FAMILIES].find((candidate) => candidate.family === name);
  if (family) return family;
  const known = [...additional, ...SCENARIO_FAMILIES].map((candidate) => candidate.family).join(', ');
  throw new ScenarioError('scenario id', 'family', `"${name}"`, `one of: ${known}`);
}
