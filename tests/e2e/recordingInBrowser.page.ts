import { createLearnedDriver } from '../../irl/agent/learnedDriver.ts';
import type { Reward } from '../../irl/features/reward.ts';
import { readRecording } from '../../recordings/readRecording.ts';
import { verifyRecording } from '../../recordings/resimulate.ts';
import { worldSpecOf } from '../../recordings/worldSpecOf.ts';
import { buildScenario } from '../../scenarios/buildScenario.ts';
import { advanceTick } from '../../sim/core/advanceWorld.ts';
import { hashWorld } from '../../sim/core/hashWorld.ts';
import { createWorld } from '../../sim/core/world.ts';

/** Verifies the recording, drives its scenario again under the reward, and returns what Node should have found too. */
function verifyHere(base64: string, reward: Reward, scenarioId: string) {
  const file = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const recording = readRecording(file, { name: 'agent.mcap' });
  const verification = verifyRecording(recording, createWorld(worldSpecOf(recording)));
  const world = createWorld(buildScenario(scenarioId).spec);
  const driver = createLearnedDriver(reward);
  driver.start(world);
  for (let k = 0; k < recording.ticks; k++) advanceTick(world, driver);
  return { verification, hashes: recording.hashes, driven: hashWorld(world) };
}

declare global {
  var verifyRecordingHere: typeof verifyHere;
}
globalThis.verifyRecordingHere = verifyHere;
