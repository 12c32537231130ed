import { Body, Box, World as ContactWorld, Material, NaiveBroadphase, Vec3 } from 'cannon-es';
import { atan2, cos, sin } from '../core/deterministicMath.ts';
import { SUBSTEP_S } from '../core/time.ts';
import type { Road, WorldPose } from '../road/road.ts';
import { GRAVITY } from '../vehicle/bicycleParameters.ts';
import type { EgoState } from '../vehicle/egoState.ts';
import type { BodyState } from './bodyState.ts';

/** Bodies that can take part in one step besides the ego. */
export const CONTACT_CAPACITY = 12;
/**
 * Length of the piece of rail that is laid beside the ego [m]. It is one box along the tangent at the ego's s: boxes
 * laid end to end would catch the car at their seams, and over this length a bend of 1000 m radius departs by 5 cm.
 */
export const RAIL_LENGTH = 20;
/**
 * Length of the chord that a rail is laid along where it is not parallel to the road [m]: about a car's, so that it
 * turns by and by where a taper begins or ends and never cuts into a car beside it.
 */
export const RAIL_CHORD = 5;
/** Half thickness of a rail [m]: thick enough that nothing crosses it within one substep. */
const RAIL_HALF_THICKNESS = 0.5;
/** Half height of every box [m]; all motion is planar. */
const HALF_HEIGHT = 0.75;

/**
 * Friction between bodies [1]. cannon-es sizes friction by the weight and not by the normal force, at each of up to
 * four contact points; with this a car that scrapes along a rail loses about 2 m/s².
 */
const SCRAPING_FRICTION = 0.1;

const EGO_GROUP = 1;
const VEHICLE_GROUP = 2;
const RAIL_GROUP = 4;

/** What one contact step did. */
export interface ContactResult {
  /** Bit k is set when the ego touched body k. */
  touchedByEgo: number;
  /** Bit k is set when body k touched a wreck. */
  touchedByWreck: number;
  egoTouchedRail: boolean;
}

/**
 * Planar collision response by cannon-es. The solver holds no state of its own between steps: every body is placed
 * anew from the simulation's arrays, in the given order, so that a restored snapshot solves to the same bits.
 * cannon-es gives each body an id from a global counter; nothing here depends on it.
 */
export interface ContactSolver {
  /**
   * Solves one substep for the ego, `count` vehicles and the rails near the ego; reads and writes pose and velocity.
   * The first `wreckCount` bodies are wrecks.
   */
  step(
    ego: EgoState,
    egoMass: number,
    bodies: readonly BodyState[],
    count: number,
    wreckCount: number,
    road: Road,
    out: ContactResult,
  ): void;
}

/** Makes a solver for an ego of the given box. */
export function createContactSolver(egoLength: number, egoWidth: number): ContactSolver {
  const world = new ContactWorld({ gravity: new Vec3(0, 0, 0), broadphase: new NaiveBroadphase(), allowSleep: false });
  // Gravity is off in the plane; the solver still needs a weight to size its friction, which it applies as an impulse
  // in each step and not as a force: hence the time step.
  world.frictionGravity = new Vec3(0, 0, -GRAVITY * SUBSTEP_S);
  world.defaultContactMaterial.friction = SCRAPING_FRICTION;
  world.defaultContactMaterial.restitution = 0.1;
  const material = new Material('vehicle');
  const planar = { linearDamping: 0, angularDamping: 0, material };

  const egoBody = new Body({
    ...planar,
    mass: 1,
    collisionFilterGroup: EGO_GROUP,
    collisionFilterMask: VEHICLE_GROUP | RAIL_GROUP,
  });
  egoBody.addShape(new Box(new Vec3(egoLength / 2, egoWidth / 2, HALF_HEIGHT)));
  const vehicleBodies = Array.from({ length: CONTACT_CAPACITY }, () => {
    const body = new Body({
      ...planar,
      mass: 1,
      collisionFilterGroup: VEHICLE_GROUP,
      collisionFilterMask: EGO_GROUP | VEHICLE_GROUP | RAIL_GROUP,
    });
    body.addShape(new Box(new Vec3(1, 1, HALF_HEIGHT)));
    return body;
  });
  const railBodies = Array.from({ length: 2 }, () => {
    const body = new Body({
      mass: 0,
      type: Body.STATIC,
      material,
      collisionFilterGroup: RAIL_GROUP,
      collisionFilterMask: EGO_GROUP | VEHICLE_GROUP,
    });
    body.addShape(new Box(new Vec3(RAIL_LENGTH / 2, RAIL_HALF_THICKNESS, HALF_HEIGHT)));
    return body;
  });
  for (const body of [egoBody, ...vehicleBodies]) {
    body.linearFactor.set(1, 1, 0);
    body.angularFactor.set(0, 0, 1);
  }
  const pose: WorldPose = { x: 0, y: 0, heading: 0 };

  return {
    step(ego, egoMass, bodies, count, wreckCount, road, out) {
      // Positions are taken relative to the ego, so that a crash at 100 km solves like one at 0.
      const originX = ego.x;
      const originY = ego.y;
      world.bodies.length = 0;
      const egoYawBefore = ego.yaw;
      const c = cos(ego.yaw);
      const s = sin(ego.yaw);
      shapeBody(egoBody, egoMass, egoLength, egoWidth);
      placeBody(egoBody, 0, 0, ego.yaw, ego.vx * c - ego.vy * s, ego.vx * s + ego.vy * c, ego.yawRate);
      addBody(world, egoBody);
      for (let k = 0; k < count; k++) {
        const state = bodies[k]!;
        const body = vehicleBodies[k]!;
        shapeBody(body, state.mass, state.length, state.width);
        placeBody(body, state.x - originX, state.y - originY, state.yaw, state.vx, state.vy, state.yawRate);
        addBody(world, body);
      }
      placeRails(world, railBodies, ego, road, pose);

      world.step(SUBSTEP_S);

      out.touchedByEgo = 0;
      out.touchedByWreck = 0;
      out.egoTouchedRail = false;
      for (const { bi, bj } of world.contacts) {
        const i = vehicleBodies.indexOf(bi);
        const j = vehicleBodies.indexOf(bj);
        const withEgo = bi === egoBody || bj === egoBody;
        if (withEgo && i < 0 && j < 0) out.egoTouchedRail = true;
        else if (withEgo) out.touchedByEgo |= 1 << Math.max(i, j);
        else if (i >= 0 && j >= 0 && Math.min(i, j) < wreckCount) out.touchedByWreck |= (1 << i) | (1 << j);
      }
      ego.x = originX + egoBody.position.x;
      ego.y = originY + egoBody.position.y;
      ego.yaw = egoYawBefore + yawStep(egoBody);
      ego.yawRate = egoBody.angularVelocity.z;
      const c2 = cos(ego.yaw);
      const s2 = sin(ego.yaw);
      ego.vx = egoBody.velocity.x * c2 + egoBody.velocity.y * s2;
      ego.vy = egoBody.velocity.y * c2 - egoBody.velocity.x * s2;
      for (let k = 0; k < count; k++) {
        const state = bodies[k]!;
        const body = vehicleBodies[k]!;
        state.x = originX + body.position.x;
        state.y = originY + body.position.y;
        state.yaw += yawStep(body);
        state.vx = body.velocity.x;
        state.vy = body.velocity.y;
        state.yawRate = body.angularVelocity.z;
      }
    },
  };
}

/**
 * cannon-es integrates the yaw by the velocity after the solve; the same product avoids reading it back by an arc
 * function.
 */
function yawStep(body: Body): number {
  return body.angularVelocity.z * SUBSTEP_S;
}

function addBody(world: ContactWorld, body: Body): void {
  body.index = world.bodies.length;
  body.world = world;
  world.bodies.push(body);
}

function placeBody(body: Body, x: number, y: number, yaw: number, vx: number, vy: number, yawRate: number): void {
  body.position.set(x, y, 0);
  body.previousPosition.set(x, y, 0);
  body.interpolatedPosition.set(x, y, 0);
  body.quaternion.set(0, 0, sin(yaw / 2), cos(yaw / 2));
  body.previousQuaternion.copy(body.quaternion);
  body.interpolatedQuaternion.copy(body.quaternion);
  body.velocity.set(vx, vy, 0);
  body.angularVelocity.set(0, 0, yawRate);
  body.force.set(0, 0, 0);
  body.torque.set(0, 0, 0);
  body.wakeUp();
  body.updateInertiaWorld(true);
  body.aabbNeedsUpdate = true;
}

/**
 * Gives a body its box and mass. cannon-es takes the inertia from the world-aligned bounds, so the body must lie
 * straight meanwhile.
 */
function shapeBody(body: Body, mass: number, length: number, width: number): void {
  const box = body.shapes[0] as Box;
  if (body.mass === mass && box.halfExtents.x === length / 2 && box.halfExtents.y === width / 2) return;
  box.halfExtents.set(length / 2, width / 2, HALF_HEIGHT);
  box.updateConvexPolyhedronRepresentation();
  box.updateBoundingSphereRadius();
  body.quaternion.set(0, 0, 0, 1);
  body.aabbNeedsUpdate = true;
  body.mass = mass;
  body.updateBoundingRadius();
  body.updateMassProperties();
}

function placeRails(world: ContactWorld, rails: readonly Body[], ego: EgoState, road: Road, pose: WorldPose): void {
  const { spec } = road;
  for (const left of [true, false]) {
    if (left ? !spec.railLeft : !spec.railRight) continue;
    const behind = railFace(road, ego.s - RAIL_CHORD / 2, left);
    const ahead = railFace(road, ego.s + RAIL_CHORD / 2, left);
    const d = (behind + ahead) / 2 + (left ? RAIL_HALF_THICKNESS : -RAIL_HALF_THICKNESS);
    road.toWorld(ego.s, d, pose);
    const heading = pose.heading + atan2(ahead - behind, RAIL_CHORD);
    const body = rails[left ? 0 : 1]!;
    body.position.set(pose.x - ego.x, pose.y - ego.y, 0);
    body.quaternion.set(0, 0, sin(heading / 2), cos(heading / 2));
    body.aabbNeedsUpdate = true;
    addBody(world, body);
  }
}

/** d of the face of the guard rail that the road shows to the traffic [m]. */
export function railFace(road: Road, s: number, left: boolean): number {
  return left ? road.spec.shoulderLeft : road.rightEdge(s) - road.spec.shoulderRight;
}
