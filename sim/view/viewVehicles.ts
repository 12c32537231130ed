/**
 * The columns of a snapshot that the view reads. A world's `VehicleColumns` and a recording's `TrafficFrame` both fit.
 */
export interface VehicleSource {
  readonly count: number;
  readonly id: Int32Array;
  readonly kind: Uint8Array;
  readonly s: Float64Array;
  readonly d: Float64Array;
  readonly sDot: Float64Array;
  readonly a: Float64Array;
  readonly headingOffset: Float64Array;
  readonly length: Float64Array;
  readonly width: Float64Array;
  readonly indicator: Int8Array;
  readonly braking: Uint8Array;
}

/** Vehicles at one instant, as the view draws them; slot 0 is the ego. Reused between frames. Shapes: [capacity]. */
export interface ViewVehicles {
  readonly capacity: number;
  count: number;
  /** Time of the snapshot [s]. */
  timeS: number;
  readonly id: Int32Array;
  /** See VEHICLE_KIND. */
  readonly kind: Uint8Array;
  /** [m] */
  readonly s: Float64Array;
  /** [m], left positive. */
  readonly d: Float64Array;
  /** [m/s] */
  readonly sDot: Float64Array;
  /** [m/s²] */
  readonly a: Float64Array;
  /** [rad] */
  readonly headingOffset: Float64Array;
  /** [m] */
  readonly length: Float64Array;
  /** [m] */
  readonly width: Float64Array;
  /** 1 left, 0 off, -1 right. */
  readonly indicator: Int8Array;
  /** 1 while the brake lights are on. */
  readonly braking: Uint8Array;
}

/** What the view needs to know of an ego that is kept apart from the traffic, as in a recording. */
export interface EgoRow {
  readonly s: number;
  readonly d: number;
  readonly sDot: number;
  readonly headingOffset: number;
  readonly ax: number;
  readonly length: number;
  readonly width: number;
  readonly indicator: number;
  readonly braking: boolean;
}

/** Room for `capacity` vehicles, none in use. */
export function createViewVehicles(capacity: number): ViewVehicles {
  return {
    capacity,
    count: 0,
    timeS: 0,
    id: new Int32Array(capacity),
    kind: new Uint8Array(capacity),
    s: new Float64Array(capacity),
    d: new Float64Array(capacity),
    sDot: new Float64Array(capacity),
    a: new Float64Array(capacity),
    headingOffset: new Float64Array(capacity),
    length: new Float64Array(capacity),
    width: new Float64Array(capacity),
    indicator: new Int8Array(capacity),
    braking: new Uint8Array(capacity),
  };
}

/**
 * Copies a snapshot whose slot 0 is the ego, such as `world.vehicles`.
 * @throws RangeError when `out` has too little room.
 */
export function captureVehicles(source: VehicleSource, timeS: number, out: ViewVehicles): void {
  reserve(out, source.count);
  out.count = source.count;
  out.timeS = timeS;
  for (let i = 0; i < source.count; i++) copySlot(source, i, out, i);
}

/**
 * Copies an ego and the others around it, as recordings keep them.
 * @throws RangeError when `out` has too little room.
 */
export function captureEgoAndTraffic(ego: EgoRow, traffic: VehicleSource, timeS: number, out: ViewVehicles): void {
  reserve(out, traffic.count + 1);
  out.count = traffic.count + 1;
  out.timeS = timeS;
  out.id[0] = 0;
  out.kind[0] = 0;
  out.s[0] = ego.s;
  out.d[0] = ego.d;
  out.sDot[0] = ego.sDot;
  out.a[0] = ego.ax;
  out.headingOffset[0] = ego.headingOffset;
  out.length[0] = ego.length;
  out.width[0] = ego.width;
  out.indicator[0] = ego.indicator;
  out.braking[0] = ego.braking ? 1 : 0;
  for (let i = 0; i < traffic.count; i++) copySlot(traffic, i, out, i + 1);
}

/** Copies one vehicle between snapshots. */
export function copySlot(source: VehicleSource, from: number, out: ViewVehicles, to: number): void {
  out.id[to] = source.id[from]!;
  out.kind[to] = source.kind[from]!;
  out.s[to] = source.s[from]!;
  out.d[to] = source.d[from]!;
  out.sDot[to] = source.sDot[from]!;
  out.a[to] = source.a[from]!;
  out.headingOffset[to] = source.headingOffset[from]!;
  out.length[to] = source.length[from]!;
  out.width[to] = source.width[from]!;
  out.indicator[to] = source.indicator[from]!;
  out.braking[to] = source.braking[from]!;
}

function reserve(out: ViewVehicles, count: number): void {
  if (count > out.capacity) {
    throw new RangeError(`ViewVehicles has room for ${out.capacity} vehicles, but ${count} are to be drawn.`);
  }
}
