import type { LaneSpec, RoadSpec } from '../../sim/road/road.ts';
import { RecordingError } from '../recordingError.ts';

/** Metres in a foot. The survey foot of the files differs by 2 ppm: 1.3 mm over the whole road. */
export const FOOT = 0.3048;
/** Metres per second in a mile per hour. */
const MPH = 0.44704;
/** Lane width of both freeways [m]: 12 ft. */
export const NGSIM_LANE_WIDTH = 12 * FOOT;
/** Our s of Local_Y = 0 [m], so that the rear of the longest vehicle still stands on the road. */
export const ENTRY_S = 20;
/** Road beyond the last place seen [m]: room for a plan over 5 s. */
const RUN_OUT = 250;
/** Auxiliary lanes and ramps are drawn this much longer than the positions seen in them [m]. */
const AUXILIARY_MARGIN = 10;

/** How the lane numbers of one NGSIM site map to ours. */
export interface NgsimSite {
  readonly name: string;
  /** NGSIM lanes 1..main are our lanes 0..main - 1. */
  readonly main: number;
  /**
   * NGSIM lanes that lie one after the other beside the last main lane: on-ramp, auxiliary lane, off-ramp. They are one
   * strip of road, so they all become our lane `main`; its marking may be crossed where the auxiliary lane is.
   */
  readonly strip: readonly number[];
  /** NGSIM numbers within the strip. */
  readonly onRamp: number;
  readonly auxiliary: number;
  readonly offRamp: number;
  /** [m/s] */
  readonly speedLimit: number;
}

/** The mapping table: NGSIM lane numbers and limits of the two freeways. Streets with junctions are not imported. */
export const NGSIM_SITES = {
  'us-101': { name: 'us-101', main: 5, strip: [6, 7, 8], onRamp: 7, auxiliary: 6, offRamp: 8, speedLimit: 65 * MPH },
  'i-80': { name: 'i-80', main: 6, strip: [7], onRamp: 7, auxiliary: 7, offRamp: 7, speedLimit: 65 * MPH },
} as const satisfies Record<string, NgsimSite>;
export type NgsimSiteName = keyof typeof NGSIM_SITES;

/** The site of a name. @throws RecordingError for a place whose lanes are not known. */
export function ngsimSite(name: string, where: string): NgsimSite {
  if (Object.hasOwn(NGSIM_SITES, name)) return NGSIM_SITES[name as NgsimSiteName];
  throw new RecordingError({
    what: `the place is ${JSON.stringify(name)}`,
    where,
    expected: `a freeway whose lanes are known: ${Object.keys(NGSIM_SITES).join(' or ')}`,
  });
}

/** First and last s seen in a lane [m]. */
export interface LaneExtent {
  from: number;
  to: number;
}

/**
 * The straight road of a site: its main lanes over the whole length, and the strip beside them as far as it was seen.
 * @param extents by NGSIM lane number [m].
 * @param laneWidth [m]
 * @param speedLimit [m/s]
 */
export function ngsimRoad(
  site: NgsimSite,
  extents: ReadonlyMap<number, LaneExtent>,
  laneWidth: number,
  speedLimit: number,
): RoadSpec {
  const length = Math.ceil(Math.max(0, ...[...extents.values()].map((extent) => extent.to))) + RUN_OUT;
  const lane = (kind: LaneSpec['kind'], from: number, to: number, openFrom: number, openTo: number): LaneSpec => ({
    kind,
    width: laneWidth,
    speedLimit,
    from,
    to,
    openFrom,
    openTo,
  });
  const lanes = Array.from({ length: site.main }, () => lane('main', 0, length, 0, length));
  const seen = site.strip.map((number) => extents.get(number)).filter((extent) => extent !== undefined);
  if (seen.length > 0) {
    const from = Math.max(0, Math.floor(Math.min(...seen.map((extent) => extent.from)) - AUXILIARY_MARGIN));
    const to = Math.min(length, Math.ceil(Math.max(...seen.map((extent) => extent.to)) + AUXILIARY_MARGIN));
    const open = extents.get(site.auxiliary);
    const openFrom = open ? Math.max(from, Math.floor(open.from - AUXILIARY_MARGIN)) : from;
    const openTo = open ? Math.min(to, Math.ceil(open.to + AUXILIARY_MARGIN)) : to;
    lanes.push(lane('auxiliary', from, to, openFrom, openTo));
  }
  return {
    pieces: [{ kind: 'straight', length }],
    lanes,
    shoulderLeft: 1,
    shoulderRight: 3,
    railLeft: true,
    railRight: true,
  };
}
