import { type GatheredShare, gatherHere } from '../../irl/learn/gatherKept.ts';
import { readRecording } from '../../recordings/readRecording.ts';
import type { Recording } from '../../recordings/recording.ts';
import type { SceneInterface } from './sceneInterface.ts';
import { serveCalls } from './serveCalls.ts';
import type { MessageEnd } from './workerProtocol.ts';

let recordings: readonly Recording[] = [];
let share: GatheredShare;

serveCalls<SceneInterface>(self as unknown as MessageEnd, {
  async open(inputs) {
    recordings = inputs.map(({ name, bytes }) => readRecording(bytes, { name }));
    return null;
  },
  async gather({ picked, ...plan }) {
    const own = picked.map((one) => ({ ...one, recording: recordings[one.recording]! }));
    share = await gatherHere(own, plan, {});
    const { kept: _, ...counts } = share;
    return counts;
  },
  choices: () => share.kept.choices(),
  async follow({ weight, ...options }) {
    await share.kept.follow(weight, options);
    return null;
  },
});
