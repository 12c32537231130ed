import { Group } from 'three';
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

/** Drawn stretch of road behind and before the viewer (the last one in low quality), and how far the viewer may move before it is rebuilt [m]. */
const BEHIND_M = 420;
const AHEAD_M = 1680;
const SHORT_AHEAD_M = 1300;
const STALE_M = 90;

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
  let builtAt = Number.NaN;
  const density = fine ? 1 : 0.4;

  return {
    group,
    update(s) {
      if (Math.abs(s - builtAt) < STALE_M) return;
      builtAt = s;
      fillRoadRows(road, s - BEHIND_M, s + (fine ? AHEAD_M : SHORT_AHEAD_M), s, profile.breaks, rows);
      for (const part of parts) part.rebuild(profile, rows);
      rails.rebuild(profile, rows, s);
      vegetation.rebuild(profile, rows, s, density);
      delineators.rebuild(profile, rows, s);
      gantries.rebuild(profile, rows);
      for (const child of group.children) child.position.set(rows.originX, 0, -rows.originY);
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
