import type { ViewVehicles } from './viewVehicles.ts';

/** A second ego beside the first: the person's recorded drive, or the agent's. */
export interface GhostFrame {
  /** [m] */
  readonly s: number;
  /** [m], left positive. */
  readonly d: number;
  /** [rad] */
  readonly headingOffset: number;
  /** [m] */
  readonly length: number;
  /** [m] */
  readonly width: number;
  readonly braking: boolean;
  /** 1 left, 0 off, -1 right. */
  readonly indicator: number;
  /** Written above it. */
  readonly label?: string;
}

/** What the view draws at one instant, already interpolated. */
export interface ViewFrame {
  /** Time in the drive [s]; all that moves by itself (camera lag, blinking) follows it, so pausing stops everything. */
  readonly timeS: number;
  /** Slot 0 is the ego. */
  readonly vehicles: ViewVehicles;
  /** Speed of the ego [m/s]. */
  readonly speed: number;
  readonly ghost?: GhostFrame | null;
  /** Road-wheel angle of the ego [rad], for the wheel in the cockpit. */
  readonly egoSteer?: number;
  /** Acceleration of the ego in its own frame [m/s²], drawn as pitch and roll. */
  readonly egoAx?: number;
  readonly egoAy?: number;
}

/** Motions to draw on the road. */
export interface CandidateOverlay {
  /** Points of each motion in the road frame [m]; `Motion` fits. */
  readonly motions: readonly { readonly s: Float64Array; readonly d: Float64Array }[];
  /** Rank of each by reward, 0 worst to 1 best. Shape: [motions]. */
  readonly merit: ArrayLike<number>;
  /** Not 0 where the hard filter refused the motion. Shape: [motions]. */
  readonly refused: ArrayLike<number>;
  /** Index of the chosen motion, or -1. */
  readonly chosen: number;
}

export type CameraMode = 'chase' | 'cockpit' | 'top' | 'orbit';
export type ViewQuality = 'low' | 'high';
