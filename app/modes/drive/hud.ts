import type { World } from '../../../sim/core/world.ts';
import type { EgoCommand } from '../../../sim/vehicle/egoCommand.ts';
import type { ViewVehicles } from '../../../sim/view/viewVehicles.ts';
import { element, setText } from '../../shell/element.ts';
import { formatDuration, kilometresPerHour } from '../../shell/formatQuantity.ts';
import { createLaneDiagram } from './laneDiagram.ts';
import type { RoadReading } from './roadReading.ts';

/** What the head-up display shows besides the road reading. */
export interface HudState {
  readonly world: World;
  readonly vehicles: ViewVehicles;
  readonly reading: RoadReading;
  readonly command: Readonly<EgoCommand>;
  readonly timeLeftS: number;
  readonly recording: boolean;
  /** Who drives, when it is not the person. */
  readonly driver: string | null;
}

export interface Hud {
  readonly element: HTMLElement;
  /** Height at the lower edge that the instruments take, once they are in the page [px]. */
  readonly coveredHeight: number;
  update(state: HudState): void;
}

/** Headway at the right end of the bar [s]. */
const LONGEST_HEADWAY_S = 4;
/** Under this a rear-end collision is hard to avoid; and the two seconds driving schools teach [s]. */
const SHORT_HEADWAY_S = 1;
const GOOD_HEADWAY_S = 2;

/** Distance of the instruments from the lower edge [px]. */
const EDGE = 16;

/** Makes the head-up display of a drive: speed, limit, headway, lanes, pedals, time, recording light. */
export function createHud(): Hud {
  const lanes = createLaneDiagram();
  const limit = element('span', { class: 'hud__limit', data: { testid: 'hud-limit' } });
  const speed = element('span', { class: 'hud__speed', data: { testid: 'hud-speed' } });
  const metres = element('span', { class: 'hud__metres' });
  const headwayText = element('span', { class: 'hud__value', data: { testid: 'hud-headway' } });
  const gapText = element('span', { class: 'hud__faint' });
  const headwayBar = element('span', { class: 'hud__bar-fill' });
  const throttle = element('span', { class: 'hud__pedal hud__pedal--throttle' });
  const brake = element('span', { class: 'hud__pedal hud__pedal--brake' });
  const steer = element('span', { class: 'hud__steer-mark' });
  const time = element('span', { class: 'hud__value', data: { testid: 'hud-time' } });
  const rec = element('span', { class: 'hud__rec', text: 'REC', data: { testid: 'hud-rec' } });
  const driver = element('span', { class: 'hud__driver', data: { testid: 'hud-driver' } });

  const cluster = element(
    'div',
    { class: 'hud__cluster' },
    element('div', { class: 'hud__limit-sign', attributes: { title: 'Speed limit of this lane [km/h]' } }, limit),
    element(
      'div',
      { class: 'hud__speedometer' },
      element('div', {}, speed, element('span', { class: 'hud__unit', text: 'km/h' })),
      metres,
    ),
    element(
      'div',
      { class: 'hud__headway' },
      element('div', { class: 'hud__row' }, element('span', { class: 'hud__label', text: 'Headway' }), headwayText),
      element('div', { class: 'hud__bar' }, headwayBar),
      gapText,
    ),
    element(
      'div',
      { class: 'hud__controls', attributes: { 'aria-hidden': 'true' } },
      element('div', { class: 'hud__pedals' }, brake, throttle),
      element('div', { class: 'hud__steer' }, steer),
    ),
  );
  const root = element(
    'div',
    { class: 'hud', data: { testid: 'hud' } },
    element('div', { class: 'hud__status' }, rec, driver, element('span', { class: 'hud__faint', text: 'left' }), time),
    element('div', { class: 'hud__side' }, lanes.element),
    cluster,
  );

  return {
    element: root,
    get coveredHeight() {
      return cluster.offsetHeight + EDGE;
    },
    update({ world, vehicles, reading, command, timeLeftS, recording, driver: name }) {
      setText(speed, kilometresPerHour(reading.speed));
      setText(metres, `${Math.max(0, reading.speed).toFixed(1)} m/s`);
      setText(limit, kilometresPerHour(reading.limit));
      root.classList.toggle('hud--speeding', reading.speed > reading.limit * 1.03);
      updateHeadway(reading, headwayText, gapText, headwayBar);
      throttle.style.setProperty('--level', String(command.throttle));
      brake.style.setProperty('--level', String(command.brake));
      steer.style.setProperty('--turn', String(Math.max(-1, Math.min(1, -world.ego.ay / 5))));
      setText(time, formatDuration(timeLeftS));
      rec.hidden = !recording;
      driver.hidden = name === null;
      setText(driver, name ?? '');
      lanes.draw(world.road, vehicles);
    },
  };
}

function updateHeadway(reading: RoadReading, text: HTMLElement, gap: HTMLElement, bar: HTMLElement): void {
  const { headwayS } = reading;
  const free = !Number.isFinite(reading.gap);
  const told = Number.isFinite(headwayS);
  setText(text, free ? 'free' : told ? `${headwayS.toFixed(1)} s` : '–');
  setText(gap, Number.isFinite(reading.gap) ? `${reading.gap.toFixed(0)} m to the car ahead` : 'nobody ahead');
  bar.style.setProperty('--level', String(free ? 1 : told ? Math.min(headwayS / LONGEST_HEADWAY_S, 1) : 0));
  bar.dataset['state'] = headwayS < SHORT_HEADWAY_S ? 'short' : headwayS < GOOD_HEADWAY_S ? 'fair' : 'good';
}
