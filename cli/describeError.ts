import { CommanderError } from 'commander';
import { RecordingError } from '../recordings/recordingError.ts';
import { ScenarioError } from '../scenarios/scenarioError.ts';
import { BadInput } from './badInput.ts';
import { WorkFailed } from './workFailed.ts';

/** An error as the command reports it. */
export interface ErrorReport {
  /** One or two lines: where, what, what was expected. */
  readonly message: string;
  /** 1 the work failed, 2 bad arguments or bad input. */
  readonly exitCode: 1 | 2;
  readonly where?: string | undefined;
  readonly expected?: string | undefined;
}

/** @param debug whether the message carries the stack */
export function describeError(error: unknown, debug: boolean): ErrorReport {
  const report = classify(error);
  return debug && error instanceof Error && error.stack
    ? { ...report, message: `${report.message}\n${error.stack}` }
    : report;
}

function classify(error: unknown): ErrorReport {
  if (error instanceof CommanderError) return { message: commanderMessage(error), exitCode: 2 };
  if (error instanceof BadInput || error instanceof RecordingError) {
    return { message: error.message, exitCode: 2, where: error.where, expected: error.expected };
  }
  if (error instanceof ScenarioError) {
    return { message: error.message, exitCode: 2, where: error.path, expected: error.expected };
  }
  // Told by name: the learner's code is not loaded by every command.
  if (error instanceof Error && (error.name === 'RewardError' || error.name === 'ContentError')) {
    return { message: error.message, exitCode: 2 };
  }
  if (error instanceof WorkFailed) return { message: error.message, exitCode: 1 };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { message: `the work failed: ${message} (--debug shows where)`, exitCode: 1 };
}

/** Help that is shown because no command was given has been printed already. */
function commanderMessage(error: CommanderError): string {
  if (error.code === 'commander.help') return '';
  return error.message.replace(/^error: /, '');
}
