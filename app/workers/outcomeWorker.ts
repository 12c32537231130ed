import { createLearnedDriver } from '../../irl/agent/learnedDriver.ts';
import { createLogReplayDriver } from '../../irl/agent/logReplayDriver.ts';
import { createCommandReplayDriver } from '../../recordings/commandReplayDriver.ts';
import { readRecording } from '../../recordings/readRecording.ts';
import type { Recording } from '../../recordings/recording.ts';
import { worldSpecOf } from '../../recordings/worldSpecOf.ts';
import { buildScenario } from '../../scenarios/buildScenario.ts';
import { type DrivenScenario, driveOutcome } from '../../scenarios/driveOutcome.ts';
import type { Driver } from '../../sim/core/driver.ts';
import { SIMULATOR_VERSION, TICK_S } from '../../sim/core/time.ts';
import type { OutcomeInterface } from './outcomeInterface.ts';
import { serveCalls } from './serveCalls.ts';
import type { MessageEnd } from './workerProtocol.ts';

let scenario: DrivenScenario;

serveCalls<OutcomeInterface>(self as unknown as MessageEnd, {
  async open(subject) {
    if (subject.kind === 'scenario') {
      scenario = buildScenario(subject.id);
      return null;
    }
    const { name, bytes } = subject.recording;
    const recording = readRecording(bytes, { name });
    scenario = {
      id: recording.metadata.scenarioId,
      spec: worldSpecOf(recording),
      durationS: recording.ticks * TICK_S,
      goal: null,
    };
    return driveOutcome(scenario, replayDriver(recording));
  },
  drive: async (reward) => driveOutcome(scenario, createLearnedDriver(reward)),
});

/** Drives as was driven: by the commands where they lead to the same bits, else along the recorded motion. */
function replayDriver(recording: Recording): Driver {
  const resimulates = recording.metadata.simulatorVersion === SIMULATOR_VERSION && recording.input.rows > 0;
  return resimulates ? createCommandReplayDriver(recording) : createLogReplayDriver(recording);
}
