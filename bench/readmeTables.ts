import { readmeTable, type Us101Results } from './readmeTable.ts';
import { type SpeedResults, speedTable } from './speedTable.ts';
import { type ValidationResults, validationTable } from './validationTable.ts';

/** Reads a committed result by the name of its file in bench/results. */
type ReadResult = (name: string) => unknown;

/** The results of these names, as one object. */
function resultsOf<Results>(read: ReadResult, names: readonly (keyof Results & string)[]): Results {
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Results;
}

/** The README's generated parts, by the name of their markers. */
export const README_TABLES: Readonly<Record<string, (read: ReadResult) => string>> = {
  results: (read) => readmeTable(read('us101') as Us101Results),
  validation: (read) =>
    validationTable(resultsOf<ValidationResults>(read, ['recovery', 'closedLoop', 'styles', 'drivers', 'calibration'])),
  speed: (read) =>
    speedTable(resultsOf<SpeedResults>(read, ['peerSumo', 'traffic', 'snapshot', 'candidates', 'maxent'])),
};
