/** One made-up vehicle in the units of an NGSIM file: feet, feet a second, frames of 0.1 s. */
export interface FixtureVehicle {
  readonly id: number;
  readonly fromFrame: number;
  readonly frames: number;
  /** Front centre along the road at the first frame [ft]. */
  readonly y: number;
  /** [ft/s] */
  readonly speed: number;
  /** Front centre from the left edge, by frames since the first [ft]. */
  readonly x: (k: number) => number;
  /** NGSIM lane, by frames since the first; from x when missing. */
  readonly lane?: (k: number) => number;
  readonly length?: number;
  readonly width?: number;
  readonly vehicleClass?: number;
  /** Frames since the first that have no row. */
  readonly missing?: (k: number) => boolean;
}

export const NGSIM_HEADER =
  'Vehicle_ID,Frame_ID,Total_Frames,Global_Time,Local_X,Local_Y,Global_X,Global_Y,v_Length,v_Width,v_Class,v_Vel,v_Acc,Lane_ID,Preceding,Following,Space_Headway,Time_Headway';

/** Time of frame 0 [ms since 1970]: 15 June 2005, 14:50 UTC. */
export const FIXTURE_START = 1_118_847_000_000;

/** Rows of vehicles in the columns of the original files, in the order of vehicles and frames. */
export function ngsimRows(vehicles: readonly FixtureVehicle[]): (string | number)[][] {
  return vehicles.flatMap((v) =>
    Array.from({ length: v.frames }, (_, k) => k)
      .filter((k) => !v.missing?.(k))
      .map((k) => {
        const frame = v.fromFrame + k;
        const x = v.x(k);
        const lane = v.lane ? v.lane(k) : Math.floor(x / 12) + 1;
        const y = v.y + v.speed * k * 0.1;
        return [
          v.id,
          frame,
          v.frames,
          FIXTURE_START + frame * 100,
          x.toFixed(3),
          y.toFixed(3),
          0,
          0,
          v.length ?? 15,
          v.width ?? 6,
          v.vehicleClass ?? 2,
          v.speed,
          0,
          lane,
          0,
          0,
          '0.00',
          '9999.99',
        ];
      }),
  );
}

/** The rows as a csv with the original header. */
export function ngsimCsv(vehicles: readonly FixtureVehicle[]): string {
  return [NGSIM_HEADER, ...ngsimRows(vehicles).map((row) => row.join(','))].join('\n');
}

/** A platoon in lane 2, 50 ft/s, ids from 1 at the front, 100 ft from front to front. */
export function platoon(count: number, frames: number): FixtureVehicle[] {
  return Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    fromFrame: 0,
    frames,
    y: 1000 - i * 100,
    speed: 50,
    x: () => 18,
  }));
}
