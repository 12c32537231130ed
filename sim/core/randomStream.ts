import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { cos, log } from './deterministicMath.ts';

/** One seeded stream of random numbers. Each concern has its own, so that one more draw here moves nothing there. */
export interface RandomStream {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal (Box & Muller 1958, cosine branch). */
  normal(): number;
  /** Copy of the generator's state, for snapshots. */
  state(): readonly number[];
  /** Puts the generator into a state taken from `state()`. */
  restore(state: readonly number[]): void;
}

/**
 * Stream for one concern of one seed.
 * @param seed any integer; only its low 32 bits count
 * @param concern name such as `population`; different names give unrelated streams
 */
export function createRandomStream(seed: number, concern: string): RandomStream {
  let generator = xoroshiro128plus(mixedSeed(seed, concern));
  const uniform = () => uniformFloat64(generator);
  return {
    uniform,
    normal() {
      const radius = Math.sqrt(-2 * log(1 - uniform()));
      return radius * cos(2 * Math.PI * uniform());
    },
    state: () => generator.getState().slice(),
    restore(state) {
      generator = xoroshiro128plusFromState(state);
    },
  };
}

/** FNV-1a (Fowler, Noll & Vo) over the concern's characters and the seed's bytes. */
function mixedSeed(seed: number, concern: string): number {
  let hash = 0x811c9dc5;
  const mix = (byte: number) => {
    hash = Math.imul(hash ^ byte, 0x01000193);
  };
  for (let i = 0; i < concern.length; i++) mix(concern.charCodeAt(i) & 0xff);
  for (let shift = 0; shift < 32; shift += 8) mix((seed >>> shift) & 0xff);
  return hash | 0;
}
