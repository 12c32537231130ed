/**
 * One device report, before any shaping.
 * - `keyboard`: `KeyboardEvent.code` of every driving key that is held, sorted.
 * - `gamepad`: a device of the standard mapping; `wheel`: one without a mapping. Axes -1..1, buttons 0..1 (analogue value).
 * - `program`: nobody's hands.
 */
export type RawInput =
  | { readonly device: 'keyboard'; readonly keys: readonly string[] }
  | { readonly device: 'gamepad' | 'wheel'; readonly axes: readonly number[]; readonly buttons: readonly number[] }
  | { readonly device: 'program' };
