// Puts the families and the figures of bench/results/sweeps.json into docs/scenarios.md, between its markers. Run after
// a change of a family.
import { readFileSync, writeFileSync } from 'node:fs';
import { SCENARIO_FAMILIES } from '../scenarios/registry.ts';
import type { GeneratedFamily } from '../scenarios/scenarioFamily.ts';
import type { SweepStatistics } from '../scenarios/sweepStatistics.ts';

interface SweepResults {
  readonly date: string;
  readonly machine: string;
  readonly seed: number;
  readonly sweeps: readonly (SweepStatistics & {
    readonly family: string;
    readonly driver: string;
    readonly worst: readonly { id: string }[];
  })[];
}

const GOALS = { merge: 'leave the lane before it ends or leads off', exit: 'leave by the exit' } as const;

function familySection(family: GeneratedFamily): string {
  const { family: name, version, summary, durationS, goal, adversarial, parameters } = family;
  const facts = [
    `${durationS} s`,
    ...(goal ? [`goal: ${GOALS[goal]}`] : []),
    ...(adversarial ? [`adversarial: ${adversarial}`] : []),
  ];
  const rows = Object.entries(parameters).map(
    ([key, p]) => `| \`${key}\` | ${p.default} | ${p.min} to ${p.max} | ${p.unit} | ${p.description} |`,
  );
  return `### ${name}@${version}

![${name}](figures/scenarios/${name}.png)

${summary} ${facts.join('; ')}.

| parameter | default | range | unit | what |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

function sweepTable({ date, machine, seed, sweeps }: SweepResults): string {
  const seconds = (value: number | null) => (value === null ? '-' : value.toFixed(1));
  const rows = sweeps.map((s) =>
    [
      `\`${s.family}\``,
      `\`${s.driver}\``,
      s.drives,
      s.scripted === null ? '' : s.scripted.met,
      s.collisions.total,
      s.withNearMiss,
      s.withOffRoad,
      s.withHardBraking,
      s.reachedGoal > 0 ? s.reachedGoal : '',
      seconds(s.minTtc.p00),
      seconds(s.minTtc.p01),
      seconds(s.minTtc.p50),
      s.rmsJerk.p50.toFixed(2),
      s.meanSpeed.toFixed(1),
      `\`${s.worst[0]!.id}\``,
    ].join(' | '),
  );
  return `| family | driver | drives | met | collision | near miss | off the road | braked hard | goal | smallest TTC [s] | 1 % | half | jerk [m/s³] | speed [m/s] | worst drive |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join('\n')}

Seed of the draws ${seed}; ${date}, ${machine}. Met: drives that met what the family
scripts. TTC columns: quantiles over the drives of each drive's smallest time to collision. Braked hard: over 4.05 m/s² (nuPlan's bound). Jerk: root mean square of a drive, median over the
drives. Speed: all drives together.
`;
}

const page = new URL('../docs/scenarios.md', import.meta.url);
const sweeps = JSON.parse(
  readFileSync(new URL('../bench/results/sweeps.json', import.meta.url), 'utf8'),
) as SweepResults;
const families = SCENARIO_FAMILIES.filter((family): family is GeneratedFamily => family.kind === 'generated');
const parts = { families: families.map(familySection).join('\n'), sweeps: sweepTable(sweeps) };
let text = readFileSync(page, 'utf8');
for (const [name, content] of Object.entries(parts)) {
  const marked = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*(<!-- /${name} -->)`);
  if (!marked.test(text)) throw new Error(`docs/scenarios.md: expected <!-- ${name} --> and <!-- /${name} -->`);
  text = text.replace(marked, (_, start: string, end: string) => `${start}${content}${end}`);
}
writeFileSync(page, text);
