/** Topics of a recording. The index of a topic in this list is its MCAP channel id. */
export const TOPICS = ['/ego/input', '/ego/state', '/traffic', '/event', '/hash'] as const;
export type Topic = (typeof TOPICS)[number];

/** MCAP channel id of a topic. */
export function channelId(topic: Topic): number {
  return TOPICS.indexOf(topic);
}

const number = (description: string) => ({ type: 'number', description });
const integer = (description: string) => ({ type: 'integer', description });
const numbers = (description: string) => ({ type: 'array', items: { type: 'number' }, description });
const integers = (description: string) => ({ type: 'array', items: { type: 'integer' }, description });

/** JSON Schema of each topic's messages, written into every file so that other programs can read it. */
export const MESSAGE_SCHEMAS: Readonly<Record<Topic, { readonly name: string; readonly schema: object }>> = {
  '/ego/input': {
    name: 'understudy.EgoInput',
    schema: {
      type: 'object',
      description: 'Command that acts on the ego for one substep of 1/60 s from the log time on, exact to the bit.',
      required: ['steer', 'throttle', 'brake', 'indicator'],
      properties: {
        steer: number('requested road-wheel angle [rad], left positive'),
        throttle: number('drive request, 0..1'),
        brake: number('brake request, 0..1'),
        indicator: integer('1 left, 0 off, -1 right'),
        raw: {
          type: 'object',
          description:
            'what the device reported before shaping; absent while it stays the same, always there in the first message of a chunk',
          properties: {
            device: { type: 'string', enum: ['keyboard', 'gamepad', 'wheel', 'program'] },
            keys: { type: 'array', items: { type: 'string' } },
            axes: numbers('device axes'),
            buttons: numbers('device buttons'),
          },
        },
      },
    },
  },
  '/ego/state': {
    name: 'understudy.EgoState',
    schema: {
      type: 'object',
      description: 'State of the ego in the road frame, box centre; the sequence number is the row.',
      properties: {
        s: number('distance along the reference line [m], to 0.1 mm'),
        d: number('offset to the left of the reference line [m], to 0.1 mm'),
        sDot: number('ds/dt [m/s], to 0.01 mm/s'),
        dDot: number('dd/dt [m/s], to 0.01 mm/s'),
        headingOffset: number('yaw relative to the reference line [rad], to 1e-6'),
        ax: number('longitudinal acceleration [m/s^2], to 1e-4'),
        ay: number('lateral acceleration, left positive [m/s^2], to 1e-4'),
        yawRate: number('[rad/s], to 1e-6'),
        steer: number('road-wheel angle [rad], to 1e-6'),
      },
    },
  },
  '/traffic': {
    name: 'understudy.Traffic',
    schema: {
      type: 'object',
      description:
        'Everyone but the ego at one tick of 0.1 s, one column per quantity; the sequence number is the tick.',
      properties: {
        id: integers('identity of each vehicle'),
        s: numbers('box centre along the reference line [m], to 1 mm'),
        d: numbers('box centre left of the reference line [m], to 1 mm'),
        sDot: numbers('ds/dt [m/s], to 1 mm/s'),
        dDot: numbers('dd/dt [m/s], to 1 mm/s'),
        a: numbers('d2s/dt2 [m/s^2], to 1 mm/s^2'),
        headingOffset: numbers('yaw relative to the reference line [rad], to 1e-4'),
        left: integers('ids of the vehicles that indicate left; with hazard lights in both lists'),
        right: integers('ids of the vehicles that indicate right'),
        braking: integers('ids of the vehicles with brake lights on'),
        bodies: {
          type: 'array',
          description:
            'id, kind (0 car, 1 truck, 2 motorcycle, 3 obstacle), length [m], width [m] of vehicles not told yet in this chunk',
          items: { type: 'array', items: { type: 'number' } },
        },
      },
    },
  },
  '/event': {
    name: 'understudy.Event',
    schema: {
      type: 'object',
      description: 'Something that happened to the ego.',
      required: ['tick', 'kind'],
      properties: {
        tick: integer('tick of 0.1 s'),
        kind: { type: 'string', enum: ['lane-change', 'near-miss', 'collision', 'off-road', 'take-over'] },
      },
    },
  },
  '/hash': {
    name: 'understudy.Hash',
    schema: {
      type: 'object',
      description: 'State hashes of consecutive ticks; re-simulating the inputs must give the same.',
      required: ['tick', 'hashes'],
      properties: {
        tick: integer('tick of the first hash'),
        hashes: { type: 'array', items: { type: 'string', pattern: '^[0-9a-f]{8}$' } },
      },
    },
  },
};
