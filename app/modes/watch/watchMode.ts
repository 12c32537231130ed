import type { AppContext, Mode } from '../../shell/appContext.ts';
export function createWatchMode(_context: AppContext, _tune: boolean): Mode {
  return { keys: 'learn', enter() {}, leave() {}, frame: () => null, act: () => false };
}
