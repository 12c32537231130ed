/** What kind of vehicle a slot holds. The numbers are written to recordings. */
export const VEHICLE_KIND = { car: 0, truck: 1, motorcycle: 2, obstacle: 3 } as const;
export type VehicleKind = (typeof VEHICLE_KIND)[keyof typeof VEHICLE_KIND];

/**
 * Who moves a slot: the ego's dynamics, the traffic model, a recorded track, the contact solver after a crash, or
 * nobody.
 */
export const VEHICLE_CONTROL = { ego: 0, model: 1, track: 2, wreck: 3, standing: 4 } as const;
export type VehicleControl = (typeof VEHICLE_CONTROL)[keyof typeof VEHICLE_CONTROL];

/** Value of `indicator` while both sides blink. */
export const HAZARD_LIGHTS = 2;

/**
 * Every vehicle of a world as a struct of arrays, in insertion order. Slot 0 is the ego; it is refreshed from the
 * ego's dynamics so that traffic, features and the renderer see it like any other vehicle. `count` slots are in use;
 * a slot that is freed is filled by moving the last one into it, so a slot number is not an identity: `id` is.
 */
export interface VehicleColumns {
  readonly capacity: number;
  count: number;
  /** Identity, unique within a world; the ego's is 0. */
  readonly id: Int32Array;
  /** See VEHICLE_KIND. */
  readonly kind: Uint8Array;
  /** See VEHICLE_CONTROL. */
  readonly control: Uint8Array;
  /** Centre of the box along the reference line [m]. */
  readonly s: Float64Array;
  /** Centre of the box, left of the reference line [m]. */
  readonly d: Float64Array;
  /** ds/dt [m/s]. */
  readonly sDot: Float64Array;
  /** dd/dt [m/s]. */
  readonly dDot: Float64Array;
  /** d²s/dt² over the present tick [m/s²]. */
  readonly a: Float64Array;
  /** Yaw relative to the reference line [rad]. */
  readonly headingOffset: Float64Array;
  /** Box length [m]. */
  readonly length: Float64Array;
  /** Box width [m]. */
  readonly width: Float64Array;
  /** Lane the vehicle is in (by its centre). */
  readonly lane: Int16Array;
  /** Lane it is driving towards; equals `lane` when it is not changing. */
  readonly targetLane: Int16Array;
  /** Turn indicator: 1 left, 0 off, -1 right, 2 both: hazard lights. */
  readonly indicator: Int8Array;
  /** 1 while the brake lights are on. */
  readonly braking: Uint8Array;
}

/** Columns with room for `capacity` vehicles, none in use. */
export function createVehicleColumns(capacity: number): VehicleColumns {
  const doubles = () => new Float64Array(capacity);
  return {
    capacity,
    count: 0,
    id: new Int32Array(capacity),
    kind: new Uint8Array(capacity),
    control: new Uint8Array(capacity),
    s: doubles(),
    d: doubles(),
    sDot: doubles(),
    dDot: doubles(),
    a: doubles(),
    headingOffset: doubles(),
    length: doubles(),
    width: doubles(),
    lane: new Int16Array(capacity),
    targetLane: new Int16Array(capacity),
    indicator: new Int8Array(capacity),
    braking: new Uint8Array(capacity),
  };
}
