import type { GhostTrack } from '../modes/watch/ghostTrack.ts';
import type { Rollout } from '../modes/watch/rollout.ts';
import { element } from '../shell/element.ts';
import type { PlotSource } from './plotSeries.ts';
import { createTimePlot } from './timePlot.ts';

/** Speed, acceleration and headway of agent and ghost, side by side under one time cursor. */
export interface TimePlots {
  readonly element: HTMLElement;
  /** Follows the rollout and the cursor; redraws curves a few times a second while they grow. */
  update(timeS: number, nowMs: number): void;
  dispose(): void;
}

/** Time between two redraws of growing curves [ms]. */
const REDRAW_MS = 250;

export function createTimePlots(
  rollout: Rollout,
  ghost: GhostTrack | null,
  onSeek: (timeS: number) => void,
): TimePlots {
  const shared = { ticks: rollout.ticks, syncKey: 'watch', onSeek };
  const rows: { plot: ReturnType<typeof createTimePlot>; source: PlotSource }[] = [
    {
      plot: createTimePlot({ title: 'Speed', unit: 'km/h', digits: 0, ...shared }),
      source: { agent: rollout.speed, ghost: ghost?.speed ?? null, factor: 3.6 },
    },
    {
      plot: createTimePlot({ title: 'Acceleration', unit: 'm/s²', digits: 1, ...shared }),
      source: { agent: rollout.acceleration, ghost: ghost?.acceleration ?? null, factor: 1 },
    },
    {
      plot: createTimePlot({ title: 'Headway', unit: 's', digits: 1, range: [0, 6], ...shared }),
      source: { agent: rollout.headway, ghost: ghost?.headway ?? null, factor: 1 },
    },
  ];
  const root = element('div', { class: 'plots', data: { testid: 'plots' } }, ...rows.map(({ plot }) => plot.element));
  const observer = new ResizeObserver(() => {
    for (const { plot } of rows) plot.resize();
  });
  observer.observe(root);
  let drawnHead = -1;
  let drawnAt = Number.NEGATIVE_INFINITY;

  return {
    element: root,
    update(timeS, nowMs) {
      const { head } = rollout;
      if (head !== drawnHead && (nowMs - drawnAt > REDRAW_MS || rollout.complete)) {
        drawnHead = head;
        drawnAt = nowMs;
        for (const { plot, source } of rows) plot.setData(source, head);
      }
      for (const { plot } of rows) plot.setTime(timeS);
    },
    dispose() {
      observer.disconnect();
      for (const { plot } of rows) plot.dispose();
    },
  };
}
