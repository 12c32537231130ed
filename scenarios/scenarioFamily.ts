import { z } from 'zod';

/** Version of the scenario file's layout. */
export const SCENARIO_FORMAT_VERSION = 1;

/** A number, or `$name` for the value of a parameter, or `-$name` for its negative. */
const quantity = z.union([z.number(), z.string().regex(/^-?\$[a-z][A-Za-z0-9]*$/, 'a number or "$parameter"')]);
export type Quantity = z.infer<typeof quantity>;

const parameter = z.strictObject({
  default: z.number(),
  min: z.number(),
  max: z.number(),
  unit: z.string(),
  description: z.string().min(1),
});

const textParameter = z.strictObject({ unit: z.literal('text'), description: z.string().min(1) });

const length = z.number().positive().describe('[m]');

const curvature = z.number().min(-0.01).max(0.01).describe('[1/m], left positive');

const roadPiece = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('straight'), length }),
  z.strictObject({
    kind: z.literal('arc'),
    length,
    curvature,
  }),
  z.strictObject({ kind: z.literal('clothoid'), length, startCurvature: curvature, endCurvature: curvature }),
]);

const lane = z.strictObject({
  kind: z.enum(['main', 'auxiliary', 'on-ramp', 'off-ramp']),
  width: z.number().min(2.5).max(5).describe('[m]'),
  speedLimit: z.number().positive().max(70).describe('[m/s]'),
  from: z.number().optional().describe('start [m]; the whole road where absent'),
  to: z.number().optional().describe('end [m]'),
  openFrom: z.number().optional().describe('the marking to the left neighbour may be crossed from here [m]'),
  openTo: z.number().optional().describe('... to here [m]'),
});

const road = z.strictObject({
  pieces: z.array(roadPiece).min(1),
  lanes: z.array(lane).min(1).max(8),
  shoulderLeft: z.number().min(0).max(5),
  shoulderRight: z.number().min(0).max(5),
  railLeft: z.boolean(),
  railRight: z.boolean(),
});

const mix = z.strictObject({
  timid: z.number().min(0),
  normal: z.number().min(0),
  brisk: z.number().min(0),
  truck: z.number().min(0),
});

const laneIndex = z.int().min(0);

const jams = z.strictObject({
  count: quantity.describe('stretches of slow traffic in all main lanes, rounded to a whole number'),
  first: quantity.describe('start of the nearest one ahead of the ego [m]'),
  spacing: quantity.describe('from the end of one to the start of the next [m]'),
  length: quantity.describe('of each [m]'),
  density: quantity.describe('within them [veh/km/lane]'),
});

const traffic = z.strictObject({
  density: quantity.describe('[veh/km/lane]'),
  mix,
  ramps: z
    .array(z.strictObject({ lane: laneIndex, density: quantity.describe('[veh/km]') }))
    .optional()
    .describe('on-ramps and auxiliary lanes with traffic of their own'),
  exitShare: quantity.optional().describe('share of the traffic on main lanes that leaves by the next exit, 0 to 1'),
  jams: jams.optional(),
  free: z
    .array(z.strictObject({ lane: laneIndex, behind: z.number(), ahead: z.number() }))
    .optional()
    .describe('stretches of lanes left free, from behind to ahead of the ego [m]'),
  clearAhead: z.number().min(0).describe('free stretch ahead of the ego in its lane [m]'),
  clearBehind: z.number().min(0).describe('free stretch behind the ego in its lane [m]'),
});

const actorDriver = z.strictObject({
  type: z.enum(['timid', 'normal', 'brisk', 'truck']).describe('the mean driver of this type'),
  timeHeadway: quantity.optional().describe('instead of that of the type [s]'),
  speedFactor: quantity.optional().describe('desired speed as a share of the limit, instead of that of the type'),
  speedCap: quantity.optional().describe('never faster than this [m/s]'),
});

const actor = z.strictObject({
  kind: z.enum(['car', 'truck']),
  lane: laneIndex,
  gap: quantity.describe('bumper to bumper ahead of the ego [m]; negative is behind it'),
  relativeSpeed: quantity.optional().describe('[m/s] against the ego'),
  speed: quantity.optional().describe('[m/s]; instead of relativeSpeed'),
  stands: z.literal(true).optional().describe('instead of both: never moves, with its hazard lights on'),
  count: quantity.optional().describe('this many in a row, one ahead of the other; rounded to a whole number'),
  spacing: quantity.optional().describe('bumper to bumper in that row [m]'),
  driver: actorDriver.optional().describe('able to keep up with any ego where absent'),
  choosesLane: z.boolean().optional().describe('whether it changes lanes by itself; no where absent'),
});

const trigger = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('time'), at: quantity.describe('[s]') }),
  z.strictObject({ kind: z.literal('gap-below'), gap: quantity.describe('[m]') }),
  z.strictObject({
    kind: z.literal('ttc-below'),
    ttc: quantity.describe('time to collision of the actor with the vehicle ahead of it [s]'),
  }),
]);

const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cut-in'), lane: laneIndex, relativeSpeed: quantity, holdS: quantity }),
  z.strictObject({ kind: z.literal('cut-out'), lane: laneIndex, holdS: quantity }),
  z.strictObject({ kind: z.literal('brake'), deceleration: quantity, untilSpeed: quantity, holdS: quantity }),
]);

const script = z.strictObject({
  actor: z.int().min(0).describe('index into actors'),
  keepGap: quantity.optional().describe('gap ahead of the ego to be kept until the trigger [m]'),
  trigger,
  action,
});

const head = {
  $schema: z.string().optional(),
  format: z.literal(SCENARIO_FORMAT_VERSION),
  family: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens'),
  version: z.int().min(1),
  summary: z.string().min(1),
};

const generated = z.strictObject({
  ...head,
  kind: z.literal('generated'),
  durationS: z.number().positive().max(3600),
  goal: z
    .enum(['merge', 'exit'])
    .optional()
    .describe(
      'what the ego is there for: to leave the lane that it starts in before it ends or leads off, or to leave by the exit',
    ),
  adversarial: z
    .string()
    .min(1)
    .optional()
    .describe('why some draws cannot be driven without a collision; absent where all can'),
  parameters: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), parameter),
  road,
  ego: z.strictObject({ lane: laneIndex, s: z.number(), speed: quantity }),
  traffic,
  actors: z.array(actor),
  scripts: z.array(script),
});

const logReplay = z.strictObject({
  ...head,
  kind: z.literal('log-replay'),
  parameters: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), textParameter),
});

/** Schema of a scenario family's file; `scenarios/scenario.schema.json` is generated from it. */
export const scenarioFamilySchema = z.discriminatedUnion('kind', [generated, logReplay]);

/** A family of scenarios: what is fixed, and parameters with ranges for what varies. */
export type ScenarioFamily = z.infer<typeof scenarioFamilySchema>;
/** A family whose worlds are generated from parameters and a seed. */
export type GeneratedFamily = z.infer<typeof generated>;
