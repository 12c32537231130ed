/** A figure with its 95 % interval over drivers. */
interface Estimate {
  readonly mean: number;
  readonly interval: readonly [number, number];
}
interface RecoveredAt {
  readonly fits: number;
  readonly cosineMedian: number;
  readonly cosineWorst: number;
  readonly nevdMedian: number;
}
interface Matched {
  readonly style: string;
  readonly method: string;
  readonly largestGap: number;
  /** Agents of which one is drawn for each drive; 1 where it is not told. */
  readonly agentsInMixture?: number;
}
interface Coverage {
  readonly scenes: number;
  readonly simulations: number;
  readonly overall: { readonly coverage: number };
  readonly perFeature: readonly { readonly name: string; readonly coverage: number }[];
}
interface Foretold {
  readonly fde1: Estimate;
  readonly nllWithFamilyOptions: Estimate;
  readonly rank: Estimate;
  readonly manoeuvreAccuracy: Estimate;
}

/** What the parts of `understudy bench learn` write, as far as the README shows it. */
export interface ValidationResults {
  readonly recovery: {
    readonly date: string;
    readonly machine: string;
    readonly weightVectors: number;
    readonly seeds: number;
    readonly at200: RecoveredAt;
    readonly at35: RecoveredAt;
    readonly everydayScenes: { readonly at200: RecoveredAt; readonly at35: RecoveredAt };
    readonly huang2021: { readonly at200: RecoveredAt; readonly at35: RecoveredAt };
  };
  readonly closedLoop: {
    readonly seeds: { readonly learned: readonly number[]; readonly heldOut: readonly number[] };
    readonly rows: readonly Matched[];
  };
  readonly styles: {
    readonly ticks: number;
    readonly seeds: { readonly taught: readonly number[]; readonly unseen: readonly number[] };
    readonly rows: readonly Matched[];
  };
  readonly drivers: {
    readonly data: string;
    readonly drivers: number;
    readonly folds: number;
    readonly methods: readonly (Foretold & { readonly method: string })[];
    readonly baselines: {
      readonly random: Pick<Foretold, 'fde1' | 'rank' | 'manoeuvreAccuracy'> & { readonly nll: Estimate };
    };
  };
  readonly calibration: Coverage & { readonly few: Coverage };
}

/** The README's tables of what was asked of the learner and what came out. */
export function validationTable(results: ValidationResults): string {
  const { recovery, closedLoop, styles, drivers, calibration } = results;
  const { random } = drivers.baselines;
  return [
    '| weights planted, learned from what such a driver does | 35 scenes | 200 scenes | value lost, 200 scenes |',
    '|---|---|---|---|',
    recovered('`maxent`, scenes chosen to tell weights apart', recovery),
    recovered('`maxent`, everyday scenes', recovery.everydayScenes),
    recovered('`huang2021`', recovery.huang2021),
    '',
    `Cosine of learned and true weights, median (worst) of ${recovery.at200.fits} fits, ${recovery.weightVectors} vectors of weights and ${recovery.seeds} seeds;`,
    `${recovery.everydayScenes.at200.fits} fits in the other rows. Value lost: share of what the best weights gain over random ones, median.`,
    '',
    ...matchedTable(
      'agent and scripted style in closed loop, largest gap of a feature [its deviation]',
      ['maxent', 'closed-loop'],
      closedLoop.rows,
    ),
    '',
    `Learned from ${2 * closedLoop.seeds.learned.length} minutes of driving; agent and style drive seeds that were not learned from. Gap: mean of the agent`,
    "less that of the style, in units of the feature's deviation within scenes. A mixture draws one of its agents for each",
    'drive.',
    '',
    ...matchedTable(
      'the styles of Abbeel & Ng 2004, largest gap of a share',
      ['closed-loop', 'projection'],
      styles.rows,
    ),
    '',
    `Learned from ${styles.seeds.taught.length} drives of ${styles.ticks / 600} minutes. Shares: of the time in each lane and off the road to either side, and of`,
    'the drives with a collision.',
    '',
    "| real drivers left out of learning | off at 5 s [m] | nll, `maxent`'s candidates [nat] | rank | manoeuvre right |",
    '|---|---|---|---|---|',
    ...drivers.methods.map((one) => foretoldRow(`\`${one.method}\``, one)),
    foretoldRow('a candidate at random: a reward of zero', { ...random, nllWithFamilyOptions: random.nll }),
    '',
    `${drivers.data}: ${drivers.drivers} drivers in ${drivers.folds} folds; mean and 95 % interval (bootstrap by driver).`,
    'The likelihood is that among the same candidates for all, with which `huang2021` did not learn; its other columns are',
    'of its own. The table at the top of the results repeats the commands above, for several splits and beside all',
    'baselines; here every driver is left out once, which gives intervals by driver, and `closed-loop` takes part, its agent',
    'in traffic that only replays.',
    '',
    `95 % intervals of the weights' direction hold the true one in ${covered(calibration)} of cases with ${calibration.scenes} scenes`,
    `(single features ${range(calibration)}), in ${covered(calibration.few)} with ${calibration.few.scenes} (${range(calibration.few)}); ${calibration.simulations} simulations each. ${recovery.date}, ${recovery.machine}.`,
  ].join('\n');
}

function recovered(name: string, { at35, at200 }: { readonly at35: RecoveredAt; readonly at200: RecoveredAt }): string {
  const cosine = (one: RecoveredAt) => `${one.cosineMedian.toFixed(3)} (${one.cosineWorst.toFixed(3)})`;
  return `| ${name} | ${cosine(at35)} | ${cosine(at200)} | ${at200.nevdMedian.toFixed(4)} |`;
}

function stylesOf(rows: readonly Matched[]): string[] {
  return [...new Set(rows.map(({ style }) => style))];
}

/** A line for each style, a column for each learner. */
function matchedTable(title: string, methods: readonly string[], rows: readonly Matched[]): string[] {
  const cell = (style: string, method: string) => {
    const row = rows.find((one) => one.style === style && one.method === method);
    if (row === undefined) return '';
    const { largestGap, agentsInMixture = 1 } = row;
    return agentsInMixture > 1 ? `${largestGap.toFixed(3)} (mixture of ${agentsInMixture})` : largestGap.toFixed(3);
  };
  return [
    `| ${title} | ${methods.map((method) => `\`${method}\``).join(' | ')} |`,
    `|---|${methods.map(() => '---|').join('')}`,
    ...stylesOf(rows).map((style) => `| ${style} | ${methods.map((method) => cell(style, method)).join(' | ')} |`),
  ];
}

function foretoldRow(name: string, { fde1, nllWithFamilyOptions, rank, manoeuvreAccuracy }: Foretold): string {
  const show = ({ mean, interval: [low, high] }: Estimate) =>
    low === high ? String(mean) : `${mean.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})`;
  const cells = [fde1, nllWithFamilyOptions, rank, manoeuvreAccuracy].map(show);
  return `| ${name} | ${cells.join(' | ')} |`;
}

function covered({ overall }: Coverage): string {
  return percent(overall.coverage);
}

/** Smallest and largest coverage of a single feature. */
function range({ perFeature }: Coverage): string {
  const each = perFeature.map(({ coverage }) => coverage);
  return `${percent(Math.min(...each))} to ${percent(Math.max(...each))}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
