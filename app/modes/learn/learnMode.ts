import type { AppContext, Mode } from '../../shell/appContext.ts';
export function createLearnMode(_context: AppContext): Mode {
  return { keys: 'learn', enter() {}, leave() {}, frame: () => null, act: () => false };
}
