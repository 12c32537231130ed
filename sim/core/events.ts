/** What happened to the ego, by tick; recorded on `/event` and shown on the timeline. */
export type DriveEvent =
  | { readonly tick: number; readonly kind: 'lane-change'; readonly from: number; readonly to: number }
  /** Time to collision or gap fell under the near-miss threshold against vehicle `other`. */
  | {
      readonly tick: number;
      readonly kind: 'near-miss';
      readonly other: number;
      readonly ttc: number;
      readonly gap: number;
    }
  /** Contact with vehicle `other`, or with a guard rail (`other` = -1); `impact` is the change of speed [m/s]. */
  | { readonly tick: number; readonly kind: 'collision'; readonly other: number; readonly impact: number }
  | { readonly tick: number; readonly kind: 'off-road'; readonly d: number }
  /** The wheel changed hands. */
  | { readonly tick: number; readonly kind: 'take-over'; readonly driver: string };
