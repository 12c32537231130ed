import type { Command } from 'commander';
import { learnPopulation } from '../../irl/learn/population.ts';
import { formatPopulation } from '../../irl/learn/populationFile.ts';
import { BadInput } from '../badInput.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { counted } from '../counted.ts';
import { expandPaths } from '../inputFiles.ts';
import { loadRecordings, RECOVER_OPTION } from '../loadRecording.ts';
import { numberOption } from '../numberOption.ts';
import { claimOutputFile, writeOutputFile } from '../outputFiles.ts';
import type { Progress } from '../progress.ts';
import { textTable } from '../textTable.ts';
import { warnOfPrograms } from '../warnOfPrograms.ts';

interface PopulationOptions {
  readonly out: string;
  readonly name?: string;
  readonly seed: number;
  readonly candidates?: number;
  readonly stride?: number;
  readonly recover?: boolean;
  readonly force?: boolean;
}

/** `understudy population`. */
export function definePopulation(command: Command, out: CommandConsole): void {
  command
    .description('Learn from recordings of many drivers how they differ, for learn --population.')
    .argument('<files...>', 'recordings (.mcap), or folders of them')
    .requiredOption('--out <file>', 'population file to write (.json)')
    .option('--name <text>', 'name of the population')
    .option('--seed <n>', 'seed of the candidates', numberOption({ min: 0, max: 0xffffffff, integer: true }), 0)
    .option('--candidates <n>', 'candidates a scene', numberOption({ min: 10, max: 5000, integer: true }))
    .option('--stride <ticks>', 'ticks of 0.1 s between two scenes', numberOption({ min: 1, integer: true }))
    .option(...RECOVER_OPTION)
    .option('--force', 'replace the file if it exists')
    .action((paths: string[], options: PopulationOptions) => population(paths, options, out));
}

async function population(paths: readonly string[], options: PopulationOptions, out: CommandConsole): Promise<void> {
  const files = expandPaths(paths, '.mcap');
  claimOutputFile(options.out, '.json', options.force ?? false);
  const loaded = loadRecordings(files, options.recover ?? false, out);
  warnOfPrograms(loaded, out);
  const { name, seed, candidates, stride } = options;
  let progress: Progress | undefined;
  try {
    const learned = await learnPopulation(
      loaded,
      {
        seed,
        ...(name === undefined ? {} : { name }),
        ...(candidates === undefined ? {} : { candidates }),
        ...(stride === undefined ? {} : { strideTicks: stride }),
      },
      {
        onProgress({ stage, done, total }) {
          if (stage !== 'scenes' || total === 0) return;
          progress ??= out.progress('scenes', total);
          progress.update(done);
        },
      },
    );
    writeOutputFile(options.out, formatPopulation(learned), options.force ?? false);
    const { features, fit } = learned;
    if (!fit.settled) {
      out.note(
        `warning: the spread of drivers has not settled after ${counted(fit.rounds, 'round')}; more drivers, or longer drives of these, decide it better`,
      );
    }
    const rows = features.map((feature) => [
      feature.name,
      feature.mean.toFixed(3),
      feature.spread.toFixed(3),
      feature.sd.toFixed(3),
    ]);
    const columns = [
      { heading: 'feature' },
      { heading: 'mean weight', align: 'right' },
      { heading: 'spread of drivers', align: 'right' },
      { heading: 'sd for a new one', align: 'right' },
    ] as const;
    out.result(
      { ...fit, features, out: options.out },
      [
        textTable(columns, rows),
        '',
        `${counted(fit.drivers, 'driver')}, ${counted(fit.scenes, 'scene')}, ${counted(fit.rounds, 'round')}${fit.settled ? '' : ', not settled'}`,
        `population ${options.out}`,
      ].join('\n'),
    );
  } catch (error) {
    const refusal = error instanceof RangeError ? /^learning: (.*); expected (.*)$/s.exec(error.message) : null;
    if (!refusal) throw error;
    throw new BadInput('population', refusal[1]!, refusal[2]!);
  } finally {
    progress?.end();
  }
}
