/** Mean of a figure over the splits, with its smallest and largest value. */
interface Spread {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** What bench/us101.ts writes, as far as the README shows it. */
export interface Us101Results {
  readonly date: string;
  readonly machine: string;
  readonly data: string;
  readonly recordings: number;
  readonly heldOutDrivers: number;
  readonly seeds: readonly number[];
  readonly methods: readonly {
    readonly method: string;
    readonly scenesScored: Spread;
    readonly learningSeconds: Spread;
    readonly projectionErrorP95: Spread;
    readonly fde1: Spread;
    readonly minFde3: Spread;
    readonly ade: Spread;
    readonly rank: Spread;
    readonly baselines: Readonly<Record<'constantVelocity' | 'idmMobil' | 'random' | 'oracle', Spread>>;
  }[];
}

/** The README's table of results: mean over the splits, smallest to largest in brackets. */
export function readmeTable(results: Us101Results): string {
  const show = ({ mean, min, max }: Spread) => `${mean.toFixed(2)} (${min.toFixed(2)}-${max.toFixed(2)})`;
  const maxent = results.methods.find(({ method }) => method === 'maxent')!;
  const huang = results.methods.find(({ method }) => method === 'huang2021')!;
  const learned = [
    ['`maxent`, on plans of 5 s', maxent],
    ['`huang2021`, the published method with its own candidates', huang],
  ] as const;
  const { constantVelocity, idmMobil } = maxent.baselines;
  return [
    '| how the next 5 s are foretold | off at 5 s [m] | best of 3 [m] | mean over 5 s [m] | rank |',
    '|---|---|---|---|---|',
    ...learned.map(
      ([name, m]) => `| ${name} | ${show(m.fde1)} | ${show(m.minFde3)} | ${show(m.ade)} | ${show(m.rank)} |`,
    ),
    `| IDM + MOBIL, calibrated on the other drivers | ${show(idmMobil)} | | | |`,
    `| constant velocity | ${show(constantVelocity)} | | | |`,
    ...learned.flatMap(([, { method, baselines }]) => [
      `| one of \`${method}\`'s candidates at random | ${show(baselines.random)} | | | 0.5 |`,
      `| the nearest of \`${method}\`'s candidates: no reward can do better with them | ${show(baselines.oracle)} | | | |`,
    ]),
    '',
    `${results.data}: ${results.recordings} demonstrators, ${results.heldOutDrivers} of them kept from the learner and scored,`,
    `${results.seeds.length} such splits; mean (smallest-largest). Rank: share of candidates preferred to what the person did, 0 is best.`,
    `Learning takes ${maxent.learningSeconds.mean.toFixed(1)} s. ${results.date}, ${results.machine}.`,
  ].join('\n');
}
