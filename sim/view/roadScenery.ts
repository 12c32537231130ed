import { Group, type Object3D } from 'three';
import type { Road } from '../road/road.ts';
import { createAsphalt } from './asphalt.ts';
import { createDelineators } from './delineators.ts';
import { createGantries } from './gantries.ts';
import { createGuardRails } from './guardRails.ts';
import { createMarkings } from './markings.ts';
import { createRoadProfile } from './roadProfile.ts';
import { createRoadRows, fillRoadRows, roadRowCapacity } from './roadRows.ts';
import { createAsphaltTexture, createGrassTexture } from './surfaceTextures.ts';
import { createTerrain } from './terrain.ts';
import { createVegetation } from './vegetation.ts';
import { createVerge } from './verge.ts';
import type { ViewQuality } from './viewFrame.ts';

/**
 * Drawn stretch of road behind and before the viewer (the last one in low quality), and how far the viewer may move
 * before it is rebuilt [m].
 */
const BEHIND_M = 420;
const AHEAD_M = 1680;
const SHORT_AHEAD_M = 1300;
const STALE_M = 90;
/** Farther than this is a jump [m]. */
const JUMP_M = 180;

/** Everything that stands still beside and under the traffic, for a stretch of road around the viewer. */
export interface RoadScenery {
  /** Children are placed in scene axes around the world's origin; the caller shifts the group. */
  readonly group: Group;
  /** Rebuilds what the viewer at s [m] has outrun. */
  update(s: number): void;
  dispose(): void;
}

/** Builds the scenery of a road; nothing is shown before the first `update`. */
export function createRoadScenery(road: Road, quality: ViewQuality): RoadScenery {
  const profile = createRoadProfile(road);
  const rows = createRoadRows(roadRowCapacity(BEHIND_M + AHEAD_M, profile.breaks.length));
  const fine = quality === 'high';
  const asphaltTexture = createAsphaltTexture(fine ? 8 : 1);
  const grassTexture = createGrassTexture(fine ? 4 : 1);
  const parts = [
    createAsphalt(asphaltTexture),
    createMarkings(),
    createVerge(grassTexture),
    createTerrain(grassTexture, fine ? 48 : 80),
  ];
  const rails = createGuardRails();
  const vegetation = createVegetation();
  const delineators = createDelineators();
  const gantries = createGantries(road);
  const group = new Group();
  group.add(
    ...parts.map((part) => part.mesh),
    rails.beams,
    rails.posts,
    ...vegetation.meshes,
    delineators.posts,
    ...gantries.meshes,
  );
  const place = (mesh: Object3D) => mesh.position.set(rows.originX, 0, -rows.originY);
  let builtAt = Number.NaN;
  const density = fine ? 1 : 0.4;
  const jobs: (() => void)[] = [
    ...parts.map((part) => () => {
      part.rebuild(profile, rows);
      place(part.mesh);
    }),
    () => {
      rails.rebuild(profile, rows, builtAt);
      for (const mesh of [rails.beams, rails.posts]) place(mesh);
    },
    () => {
      vegetation.rebuild(profile, rows, builtAt, density);
      for (const mesh of vegetation.meshes) place(mesh);
    },
    () => {
      delineators.rebuild(profile, rows, builtAt);
      gantries.rebuild(profile, rows);
      for (const mesh of [delineators.posts, ...gantries.meshes]) place(mesh);
    },
  ];
  /** Jobs that are still to be done for the present rows. */
  let pending = 0;

  return {
    group,
    update(s) {
      const travelled = Math.abs(s - builtAt);
      if (travelled < JUMP_M) {
        if (pending > 0) jobs[jobs.length - pending--]!();
        if (pending > 0 || travelled < STALE_M) return;
      }
      builtAt = s;
      fillRoadRows(road, s - BEHIND_M, s + (fine ? AHEAD_M : SHORT_AHEAD_M), s, profile.breaks, rows);
      pending = jobs.length;
      // After a jump there is nothing to look at meanwhile; else one part a frame keeps the frames even.
      if (!(travelled < JUMP_M)) for (; pending > 0; pending--) jobs[jobs.length - pending]!();
    },
    dispose() {
      for (const part of parts) part.dispose();
      rails.dispose();
      vegetation.dispose();
      delineators.dispose();
      gantries.dispose();
      asphaltTexture.dispose();
      grassTexture.dispose();
      group.removeFromParent();
    },
  };
}
