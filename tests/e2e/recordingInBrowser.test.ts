import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordDrive } from '../../cli/recordDrive.ts';
import { createLearnedDriver } from '../../irl/agent/learnedDriver.ts';
import { readRecording } from '../../recordings/readRecording.ts';
import { verifyRecording } from '../../recordings/resimulate.ts';
import { worldSpecOf } from '../../recordings/worldSpecOf.ts';
import { buildScenario } from '../../scenarios/buildScenario.ts';
import { createWorld } from '../../sim/core/world.ts';
import { openServedBrowser, type ServedBrowser } from '../../tools/servedBrowser.ts';
import { handmadeReward } from '../fixtures/handmadeReward.ts';
import type {} from './recordingInBrowser.page.ts';

let served: ServedBrowser;
beforeAll(async () => {
  served = await openServedBrowser();
});
afterAll(() => served?.close());

test('a recording of the agent made in Node re-simulates to the same bits in Chromium, and so does the agent itself', async () => {
  const { spec, id } = buildScenario('dense@1#1');
  const ticks = 150;
  const { bytes, summary } = recordDrive({
    spec,
    driver: createLearnedDriver(handmadeReward()),
    ticks,
    description: { scenarioId: id, driverLabel: 'agent', driverName: 'handmade', device: 'program', startedAt: '' },
  });
  const recording = readRecording(bytes, { name: 'agent.mcap' });
  const inNode = verifyRecording(recording, createWorld(worldSpecOf(recording)));
  expect(inNode).toMatchObject({ ticks, identical: true });

  const page = await served.browser.newPage();
  await page.goto(new URL('tests/e2e/recordingInBrowser.html', served.url).href);
  await page.waitForFunction(() => 'verifyRecordingHere' in globalThis);
  const inChromium = await page.evaluate(
    ({ base64, reward, scenario }) => globalThis.verifyRecordingHere(base64, reward, scenario),
    { base64: Buffer.from(bytes).toString('base64'), reward: handmadeReward(), scenario: id },
  );
  expect(inChromium.verification).toEqual(inNode);
  expect(inChromium.hashes).toEqual(recording.hashes);
  expect(inChromium.driven).toBe(summary.hash);
});
