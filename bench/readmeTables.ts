import { readmeTable, type Us101Results } from './readmeTable.ts';
import { type SpeedResults, speedTable } from './speedTable.ts';
import { type ValidationResults, validationTable } from './validationTable.ts';

/** Reads a committed result by the name of its file in bench/results. */
type ReadResult = (name: string) => unknown;

/** The README's generated parts, by the name of their markers. */
export const README_TABLES: Readonly<Record<string, (read: ReadResult) => string>> = {
  results: (read) => readmeTable(read('us101') as Us101Results),
  validation: (read) =>
    validationTable({
      recovery: read('recovery') as ValidationResults['recovery'],
      closedLoop: read('closedLoop') as ValidationResults['closedLoop'],
      styles: read('styles') as ValidationResults['styles'],
      stylesMixed: read('stylesMixed') as ValidationResults['styles'],
      drivers: read('drivers') as ValidationResults['drivers'],
      calibration: read('calibration') as ValidationResults['calibration'],
    }),
  speed: (read) =>
    speedTable({
      peerSumo: read('peerSumo') as SpeedResults['peerSumo'],
      traffic: read('traffic') as SpeedResults['traffic'],
      snapshot: read('snapshot') as SpeedResults['snapshot'],
      candidates: read('candidates') as SpeedResults['candidates'],
      maxent: read('maxent') as SpeedResults['maxent'],
    }),
};
