/** What bench/styles.ts writes, as far as docs/learning.md shows it. */
export interface StylesResults {
  readonly date: string;
  readonly machine: string;
  readonly rows: readonly {
    readonly style: string;
    readonly method: string;
    readonly agents: readonly unknown[];
    readonly largestGap: number;
    readonly largestGapOf: string;
    readonly expectations: readonly {
      readonly name: string;
      readonly teacher: number;
      readonly learned: number;
      readonly standardError: number;
    }[];
  }[];
}

const SHOWN = [
  'collision',
  'offRoadLeft',
  'leftLane',
  'middleLane',
  'rightLane',
  'offRoadRight',
  'headwayRisk',
] as const;

/** The table of docs/learning.md: a teacher, then the agents that learned from it. */
export function stylesTable({ date, machine, rows }: StylesResults): string {
  const cells = (row: StylesResults['rows'][number], who: 'teacher' | 'learned') =>
    SHOWN.map((name) => row.expectations.find((one) => one.name === name)![who].toFixed(3)).join(' | ');
  const error = (row: StylesResults['rows'][number]) =>
    row.expectations.find((one) => one.name === row.largestGapOf)!.standardError.toFixed(3);
  const lines = rows.flatMap((row, i) => [
    ...(rows[i - 1]?.style === row.style ? [] : [`| ${row.style} | teacher | | ${cells(row, 'teacher')} | |`]),
    `| | \`${row.method}\` | ${row.agents.length === 1 ? 'one reward' : `mixture of ${row.agents.length}`} | ${cells(row, 'learned')} | ${row.largestGap.toFixed(3)} ± ${error(row)} |`,
  ]);
  return [
    '| style | who | drives by | collision | off left | left | middle | right | off right | headway risk | largest gap |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
    `${date}, ${machine}.`,
  ].join('\n');
}
