import type { DriverLabel } from '../recordings/recording.ts';
import type { CommandConsole } from './commandConsole.ts';
import type { LoadedRecording } from './loadRecording.ts';

/** Labels of drives that say nothing of how people drive, and may repeat what was learned from. */
const BY_PROGRAM: readonly DriverLabel[] = ['agent', 'baseline'];

/** Says which recordings an agent or a baseline drove. @returns the warnings, for the report */
export function warnOfPrograms(recordings: readonly LoadedRecording[], out: CommandConsole): readonly string[] {
  const programs = recordings.filter(({ recording }) => BY_PROGRAM.includes(recording.metadata.driverLabel));
  if (programs.length === 0) return [];
  const warning = `driven by a program, not by a person: ${programs.map(({ path }) => path).join(', ')}`;
  out.note(`warning: ${warning}`);
  return [warning];
}
