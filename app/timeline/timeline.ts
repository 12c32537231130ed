import { element, setText, svgElement } from '../shell/element.ts';
import { formatDuration } from '../shell/formatQuantity.ts';
import type { Playback } from './playback.ts';
import type { TimelineMarker } from './timelineMarker.ts';

/** What the buttons of the timeline ask for. */
export interface TimelineActions {
  readonly playPause: () => void;
  readonly seek: (timeS: number) => void;
  readonly slower: () => void;
  readonly faster: () => void;
  readonly loop: () => void;
  readonly candidates: () => void;
  readonly plots: () => void;
  readonly handOver: () => void;
}

/** What the timeline shows besides the cursor. */
export interface TimelineState {
  readonly availableS: number;
  readonly personDrives: boolean;
  readonly candidates: boolean;
  readonly plots: boolean;
}

/** The bar with the time cursor. */
export interface Timeline {
  readonly element: HTMLElement;
  setMarkers(markers: readonly TimelineMarker[]): void;
  update(playback: Playback, state: TimelineState): void;
}

export function createTimeline(durationS: number, actions: TimelineActions): Timeline {
  const button = (label: string, testid: string, run: () => void, content: string | SVGElement) =>
    element(
      'button',
      {
        class: 'button button--quiet button--icon',
        attributes: { type: 'button', 'aria-label': label, title: label },
        data: { testid },
        on: { click: run },
      },
      content,
    );
  const play = button('Play (Space)', 'play', actions.playPause, '');
  const playIcon = icon('M7 5v14l12-7z');
  const pauseIcon = icon('M7 5h4v14H7zM13 5h4v14h-4z');
  const slower = button('Slower ([)', 'slower', actions.slower, '−');
  const faster = button('Faster (])', 'faster', actions.faster, '+');
  const rate = element('span', { class: 'timeline__rate', data: { testid: 'rate' } });
  const loop = button(
    'Loop (L)',
    'loop',
    actions.loop,
    icon('M7 7h10v3l4-4-4-4v3H5v6h2zM17 17H7v-3l-4 4 4 4v-3h12v-6h-2z'),
  );
  const candidates = button(
    'Candidates on the road (K)',
    'toggle-candidates',
    actions.candidates,
    icon('M4 20C6 12 5 8 3 4M12 20V4M20 20c-2-8-1-12 1-16', true),
  );
  const plots = button('Plots (G)', 'toggle-plots', actions.plots, icon('M3 18l5-7 4 4 8-10', true));
  plots.classList.add('timeline__plots');
  const wheel = element('button', {
    class: 'button timeline__wheel',
    attributes: { type: 'button' },
    data: { testid: 'hand-over' },
    on: { click: actions.handOver },
  });
  const time = element('span', { class: 'timeline__time', data: { testid: 'time' } });

  const available = element('div', { class: 'timeline__available' });
  const played = element('div', { class: 'timeline__played' });
  const thumb = element('div', { class: 'timeline__thumb' });
  const markers = element('div', { class: 'timeline__markers' });
  const track = element('div', { class: 'timeline__track' }, available, played, markers, thumb);
  const slider = element(
    'div',
    {
      class: 'timeline__slider',
      data: { testid: 'timeline' },
      attributes: {
        role: 'slider',
        tabindex: 0,
        'aria-label': 'Time',
        'aria-valuemin': 0,
        'aria-valuemax': durationS.toFixed(1),
        'aria-valuenow': '0.0',
      },
    },
    track,
  );
  const seekTo = (event: PointerEvent) => {
    const box = track.getBoundingClientRect();
    actions.seek(((event.clientX - box.left) / Math.max(box.width, 1)) * durationS);
  };
  slider.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    slider.setPointerCapture(event.pointerId);
    seekTo(event);
  });
  slider.addEventListener('pointermove', (event) => {
    if (slider.hasPointerCapture(event.pointerId)) seekTo(event);
  });

  let shownPlaying: boolean | null = null;
  let shownTick = -1;
  // A click with the mouse leaves the focus where it is, so that Space goes on to mean play and pause.
  const keepFocus = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('button')) event.preventDefault();
  };
  return {
    element: element(
      'div',
      { class: 'timeline', on: { mousedown: keepFocus } },
      play,
      time,
      slider,
      element('div', { class: 'timeline__rates' }, slower, rate, faster),
      loop,
      candidates,
      plots,
      wheel,
    ),
    setMarkers(list) {
      markers.replaceChildren(
        ...list.map(({ timeS, kind, whose, text }) => {
          const mark = element('span', {
            class: `timeline__marker timeline__marker--${kind} timeline__marker--${whose}`,
            attributes: { title: text },
            data: { kind, whose },
          });
          mark.style.left = `${(timeS / durationS) * 100}%`;
          return mark;
        }),
      );
    },
    update(playback, state) {
      const share = playback.timeS / durationS;
      played.style.transform = `scaleX(${share})`;
      thumb.style.left = `${share * 100}%`;
      available.style.transform = `scaleX(${state.availableS / durationS})`;
      if (shownTick !== playback.tick) {
        shownTick = playback.tick;
        setText(time, `${formatDuration(playback.timeS, true)} / ${formatDuration(durationS, true)}`);
        slider.setAttribute('aria-valuenow', playback.timeS.toFixed(1));
        slider.setAttribute('aria-valuetext', `${playback.timeS.toFixed(1)} of ${durationS.toFixed(1)} seconds`);
      }
      setText(rate, `${playback.rate}×`);
      loop.setAttribute('aria-pressed', String(playback.loop));
      candidates.setAttribute('aria-pressed', String(state.candidates));
      plots.setAttribute('aria-pressed', String(state.plots));
      setText(wheel, state.personDrives ? 'Give back (P)' : 'Take the wheel (P)');
      wheel.classList.toggle('button--primary', state.personDrives);
      if (shownPlaying !== playback.playing) {
        shownPlaying = playback.playing;
        play.replaceChildren(playback.playing ? pauseIcon : playIcon);
        play.setAttribute('aria-label', playback.playing ? 'Pause (Space)' : 'Play (Space)');
      }
    },
  };
}

function icon(path: string, stroked = false): SVGElement {
  const look = stroked
    ? { fill: 'none', stroke: 'currentColor', 'stroke-width': 2.2, 'stroke-linecap': 'round' }
    : { fill: 'currentColor' };
  return svgElement('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svgElement('path', { d: path, ...look }));
}
