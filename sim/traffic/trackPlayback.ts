import type { Road } from '../road/road.ts';
import { meanProfile } from './driverProfile.ts';
import { approachFactor, idmAcceleration } from './idm.ts';
import { leaderOf, NOBODY, otherLeaderOf } from './neighbours.ts';
import { addVehicle, headFor, removeVehicle, slotOf, type TrafficState } from './trafficState.ts';
import { VEHICLE_CONTROL, type VehicleKind } from './vehicleColumns.ts';

/** The recorded motion of one vehicle, one row a tick. Shapes: [rows]. */
export interface VehicleTrack {
  readonly id: number;
  readonly kind: VehicleKind;
  readonly length: number;
  readonly width: number;
  /** World tick of row 0. */
  readonly fromTick: number;
  readonly rows: number;
  readonly s: Float64Array;
  readonly d: Float64Array;
  readonly sDot: Float64Array;
  readonly dDot: Float64Array;
  readonly a: Float64Array;
  readonly headingOffset: Float64Array;
}

/** Driver given to a recorded vehicle that has to leave its track. */
const REACTING = meanProfile('normal');

/** Puts the tracks that exist at `tick` where they were recorded; adds and removes vehicles as tracks begin and end. */
export function playTracks(traffic: TrafficState, road: Road, tracks: readonly VehicleTrack[], tick: number): void {
  const { vehicles } = traffic;
  for (let slot = vehicles.count - 1; slot > 0; slot--) {
    if (vehicles.control[slot] !== VEHICLE_CONTROL.track) continue;
    const track = trackAt(tracks, vehicles.id[slot]!, tick);
    if (track) writeRow(traffic, slot, track, tick);
    else removeVehicle(traffic, slot);
  }
  for (const track of tracks) {
    // A vehicle that left its track is still driving when a later stretch of its recording begins.
    if (tick !== track.fromTick || slotOf(vehicles, track.id) >= 0) continue;
    const slot = addVehicle(traffic, road, {
      id: track.id,
      kind: track.kind,
      control: VEHICLE_CONTROL.track,
      s: track.s[0]!,
      d: track.d[0]!,
      speed: track.sDot[0]!,
      length: track.length,
      width: track.width,
      profile: REACTING,
      choosesLane: false,
    });
    writeRow(traffic, slot, track, tick);
  }
}

/**
 * Lets recorded vehicles that would run into the ego, or into one that already left its track, drive on by IDM for the
 * rest of the world's life (after Huang, Wu & Lv 2021, section III-C: override when the gap is under the desired gap).
 * Needs fresh neighbour tables.
 */
export function releaseBlockedTracks(traffic: TrafficState): void {
  const { vehicles, neighbours } = traffic;
  for (let slot = 1; slot < vehicles.count; slot++) {
    if (vehicles.control[slot] !== VEHICLE_CONTROL.track) continue;
    if (blocks(traffic, slot, leaderOf(neighbours, slot)) || blocks(traffic, slot, otherLeaderOf(neighbours, slot))) {
      vehicles.control[slot] = VEHICLE_CONTROL.model;
      headFor(traffic, slot, vehicles.lane[slot]!);
    }
  }
}

function blocks(traffic: TrafficState, slot: number, leader: number): boolean {
  const { vehicles } = traffic;
  if (leader === NOBODY || vehicles.control[leader] === VEHICLE_CONTROL.track) return false;
  const gap = vehicles.s[leader]! - vehicles.s[slot]! - (vehicles.length[leader]! + vehicles.length[slot]!) / 2;
  const needed = idmAcceleration(
    vehicles.sDot[slot]!,
    gap,
    vehicles.sDot[leader]!,
    1 / Math.max(vehicles.sDot[slot]!, 1),
    REACTING.timeHeadway,
    REACTING.minimumGap,
    REACTING.acceleration,
    REACTING.deceleration,
    approachFactor(REACTING.acceleration, REACTING.deceleration),
  );
  // The recorded driver copes as long as following the ego asks for no more than comfortable braking.
  return needed < Math.min(vehicles.a[slot]!, 0) - REACTING.deceleration;
}

function trackAt(tracks: readonly VehicleTrack[], id: number, tick: number): VehicleTrack | undefined {
  return tracks.find((track) => track.id === id && tick >= track.fromTick && tick < track.fromTick + track.rows);
}

function writeRow(traffic: TrafficState, slot: number, track: VehicleTrack, tick: number): void {
  const row = tick - track.fromTick;
  const { vehicles } = traffic;
  vehicles.s[slot] = track.s[row]!;
  vehicles.d[slot] = track.d[row]!;
  vehicles.sDot[slot] = track.sDot[row]!;
  vehicles.dDot[slot] = track.dDot[row]!;
  vehicles.a[slot] = track.a[row]!;
  vehicles.headingOffset[slot] = track.headingOffset[row]!;
  vehicles.braking[slot] = track.a[row]! < -0.7 ? 1 : 0;
  vehicles.indicator[slot] = track.dDot[row]! > 0.35 ? 1 : track.dDot[row]! < -0.35 ? -1 : 0;
}
