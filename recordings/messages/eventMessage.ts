import { z } from 'zod';
import type { DriveEvent } from '../../sim/core/events.ts';
import { type JsonMessage, wrong } from './fields.ts';

const tick = z.number().int().min(0);
const eventSchema = z.discriminatedUnion('kind', [
  z.object({ tick, kind: z.literal('lane-change'), from: z.number().int(), to: z.number().int() }),
  z.object({ tick, kind: z.literal('near-miss'), other: z.number().int(), ttc: z.number(), gap: z.number() }),
  z.object({ tick, kind: z.literal('collision'), other: z.number().int(), impact: z.number() }),
  z.object({ tick, kind: z.literal('off-road'), d: z.number() }),
  z.object({ tick, kind: z.literal('take-over'), driver: z.string() }),
]);

/**
 * JSON of one `/event` message; an infinite time to collision is written as the largest double, since JSON has no
 * infinity.
 * @throws RecordingError when the event is not one of `DriveEvent`.
 */
export function encodeEvent(event: DriveEvent, where: string): string {
  const finite =
    event.kind === 'near-miss' && event.ttc === Number.POSITIVE_INFINITY ? { ...event, ttc: Number.MAX_VALUE } : event;
  return JSON.stringify(checkEvent(finite, where));
}

/** The event of a message. @throws RecordingError naming a wrong field. */
export function decodeEvent(message: JsonMessage, where: string): DriveEvent {
  const event = checkEvent(message, where);
  return event.kind === 'near-miss' && event.ttc === Number.MAX_VALUE
    ? { ...event, ttc: Number.POSITIVE_INFINITY }
    : event;
}

function checkEvent(candidate: JsonMessage | DriveEvent, where: string): DriveEvent {
  const checked = eventSchema.safeParse(candidate);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  const path = issue.path.map(String).join('.');
  throw wrong((candidate as JsonMessage)[path], `${where}, field ${path}`, issue.message);
}
