import type { Road, RoadSpec } from '../road/road.ts';
import type { VehicleColumns } from '../traffic/vehicleColumns.ts';
import type { EgoState } from '../vehicle/egoState.ts';
import type { DriveEvent } from './events.ts';

/** A running world. Mutated by `advanceSubstep` only; read by drivers, recorder, features and renderer. */
export interface World {
  readonly road: Road;
  readonly ego: EgoState;
  /** All vehicles; slot 0 is the ego. */
  readonly vehicles: VehicleColumns;
  /** Finished ticks. */
  tick: number;
  /** Substep within the running tick, 0..5. */
  substep: number;
  /** Events of the ego since the start, oldest first. */
  readonly events: readonly DriveEvent[];
}
export type { RoadSpec };
