/** Parameters of the ego's planar bicycle model: a mid-size car. */
export interface BicycleParameters {
  /** Mass [kg]. */
  readonly mass: number;
  /** Yaw inertia [kg m²]. */
  readonly yawInertia: number;
  /** Centre of gravity to front axle [m]. */
  readonly frontAxle: number;
  /** Centre of gravity to rear axle [m]. */
  readonly rearAxle: number;
  /** Height of the centre of gravity [m]. */
  readonly gravityHeight: number;
  /** Cornering stiffness of both front tyres together [N/rad]. */
  readonly frontStiffness: number;
  /** Cornering stiffness of both rear tyres together [N/rad]. */
  readonly rearStiffness: number;
  /** Friction of tyre on road [1]. */
  readonly friction: number;
  /** Power at the wheels [W]. */
  readonly power: number;
  /** Largest drive force at low speed [N]. */
  readonly driveForce: number;
  /** Share of the friction that the anti-lock system uses when braking [1]. */
  readonly brakeUse: number;
  /** Air drag: force = drag v² [N s²/m²]. */
  readonly drag: number;
  /** Rolling resistance as a share of the weight [1]. */
  readonly rollingResistance: number;
  /** Largest road-wheel angle [rad]. */
  readonly steerLimit: number;
  /** Largest rate of the road-wheel angle [rad/s]. */
  readonly steerRate: number;
  /** Below this speed [m/s] the tyres roll without slip; up to twice of it the two models are blended. */
  readonly blendSpeed: number;
  /** Box length and width [m]. */
  readonly length: number;
  readonly width: number;
}

/** Standard gravity [m/s²]. */
export const GRAVITY = 9.81;

/**
 * A mid-size front-driven saloon, understeering. Masses, axle distances and stiffnesses are of the order of Rajamani,
 * Vehicle Dynamics and Control (2nd ed., 2012), table 2.1 example values; power and drag give 0-100 km/h in about 8 s.
 */
export const MIDSIZE_CAR: BicycleParameters = {
  mass: 1500,
  yawInertia: 2600,
  frontAxle: 1.25,
  rearAxle: 1.5,
  gravityHeight: 0.52,
  frontStiffness: 105_000,
  rearStiffness: 125_000,
  friction: 1,
  power: 110_000,
  driveForce: 6_800,
  brakeUse: 0.92,
  drag: 0.4,
  rollingResistance: 0.012,
  steerLimit: 0.55,
  steerRate: 0.7,
  blendSpeed: 2,
  length: 4.7,
  width: 1.84,
};
