import type { Reward } from '../../../irl/features/reward.ts';
import type { DriveOutcome } from '../../../scenarios/driveOutcome.ts';
import type { AppContext } from '../../shell/appContext.ts';
import type { OutcomeInterface, OutcomeSubject } from '../../workers/outcomeInterface.ts';
import { createWorkerClient, type WorkerClient } from '../../workers/workerClient.ts';

/** Drives one scenario from its start to its end, out of sight. */
export interface WholeDrives {
  /** What came of the recorded drive; null without one. */
  person(): Promise<DriveOutcome | null>;
  /** What comes of the agent under a reward. */
  drive(reward: Reward): Promise<DriveOutcome>;
  /** Ends what is under way. */
  dispose(): void;
}

/** What is driven: the world of a kept recording, or a scenario. */
export interface WholeDriveChoice {
  /** Id on the shelf, or null. */
  readonly recording: string | null;
  /** Scenario id; of the recording, where there is one. */
  readonly scenario: string;
}

/** Whole drives in a worker of their own, so that the picture goes on. */
export function createWholeDrives(
  recordings: AppContext['recordings'],
  { recording, scenario }: WholeDriveChoice,
): WholeDrives {
  let worker: WorkerClient<OutcomeInterface> | null = createWorkerClient<OutcomeInterface>(
    () => new Worker(new URL('../../workers/outcomeWorker.ts', import.meta.url), { type: 'module', name: 'outcomes' }),
  );
  /** The worker, unless nobody waits for it any more: a call would start it again. */
  const working = (): WorkerClient<OutcomeInterface> => {
    if (worker) return worker;
    throw new DOMException('The whole drives were ended.', 'AbortError');
  };
  const open = async () => {
    const subject: OutcomeSubject =
      recording === null
        ? { kind: 'scenario', id: scenario }
        : { kind: 'recording', recording: { name: scenario, bytes: await recordings.bytes(recording) } };
    return working().call('open', subject);
  };
  const opened = open();
  // Whoever asks gets the error.
  opened.catch(() => {});
  return {
    person: () => opened,
    async drive(reward) {
      await opened;
      return working().call('drive', reward);
    },
    dispose() {
      worker?.dispose();
      worker = null;
    },
  };
}
