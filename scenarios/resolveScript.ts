import type { ScriptAction, ScriptSpec, ScriptTrigger } from '../sim/traffic/script.ts';
import type { VehicleSpec } from '../sim/traffic/trafficState.ts';
import type { Resolve } from './placeActors.ts';
import type { GeneratedFamily } from './scenarioFamily.ts';

type ScriptFamily = GeneratedFamily['scripts'][number];

/**
 * A script with its quantities decided. The first vehicle of the actor's row acts.
 * @param rows vehicles of each actor
 */
export function resolveScript(
  script: ScriptFamily,
  rows: readonly (readonly VehicleSpec[])[],
  quantity: Resolve,
): ScriptSpec {
  return {
    actor: rows[script.actor]![0]!.id,
    keepGap: script.keepGap === undefined ? null : quantity(script.keepGap),
    trigger: resolveTrigger(script.trigger, quantity),
    action: resolveAction(script.action, quantity),
  };
}

function resolveTrigger(trigger: ScriptFamily['trigger'], quantity: Resolve): ScriptTrigger {
  switch (trigger.kind) {
    case 'time':
      return { kind: 'time', at: quantity(trigger.at) };
    case 'gap-below':
      return { kind: 'gap-below', gap: quantity(trigger.gap) };
    case 'ttc-below':
      return { kind: 'ttc-below', ttc: quantity(trigger.ttc) };
  }
}

function resolveAction(action: ScriptFamily['action'], quantity: Resolve): ScriptAction {
  const holdS = quantity(action.holdS);
  switch (action.kind) {
    case 'cut-in':
      return { kind: 'cut-in', lane: action.lane, relativeSpeed: quantity(action.relativeSpeed), holdS };
    case 'cut-out':
      return { kind: 'cut-out', lane: action.lane, holdS };
    case 'brake':
      return {
        kind: 'brake',
        deceleration: quantity(action.deceleration),
        untilSpeed: quantity(action.untilSpeed),
        holdS,
      };
  }
}
