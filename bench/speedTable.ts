/**
 * What bench/peers/sumo.sh, bench/traffic.ts, bench/snapshot.ts, bench/candidates.ts and bench/maxent.ts write, as far
 * as the README shows it.
 */
export interface SpeedResults {
  readonly peerSumo: {
    readonly date: string;
    readonly machine: string;
    readonly road: string;
    readonly vehicles: number;
    readonly updatesPerCpuSecond: Readonly<Record<string, number>>;
    readonly ratio: { readonly toLC2013: number; readonly toSL2015: number };
  };
  readonly traffic: {
    readonly results: readonly {
      readonly vehicles: number;
      readonly updatesPerCpuSecond: number;
      readonly besideRamp: number;
    }[];
  };
  readonly snapshot: { readonly vehicles: number; readonly forkMicroseconds: number };
  readonly candidates: {
    readonly vehicles: number;
    readonly microsecondsPerCandidate: number;
    readonly candidatesPerDecision: number;
    readonly decisionMsMedian: number;
    readonly decisionMsP95: number;
  };
  readonly maxent: { readonly scenes: number; readonly candidates: number; readonly seconds: number };
}

/** The README's table of speeds. */
export function speedTable({ peerSumo, traffic, snapshot, candidates, maxent }: SpeedResults): string {
  const millions = (value: number) => `${(value / 1e6).toFixed(value < 1e6 ? 3 : 1)} million`;
  const sizes = traffic.results.map(
    ({ vehicles, updatesPerCpuSecond }, i) =>
      `${millions(updatesPerCpuSecond)} ${i === 0 ? `vehicle updates among ${vehicles} vehicles` : `among ${vehicles}`}`,
  );
  const ramp = traffic.results.find(({ vehicles }) => vehicles >= 500)!;
  return [
    '| vehicle updates a CPU second | |',
    '|---|---|',
    ...Object.entries(peerSumo.updatesPerCpuSecond).map(([name, value]) => `| ${name} | ${millions(value)} |`),
    '',
    `Measured side by side, the best of three runs: ${peerSumo.vehicles} vehicles, ${peerSumo.road};`,
    `${peerSumo.date}, ${peerSumo.machine}. That is ${Math.round(peerSumo.ratio.toLC2013)} times SUMO with instant lane changes,`,
    `${Math.round(peerSumo.ratio.toSL2015)} times with continuous ones; SUMO simulates whole networks, which costs.`,
    'At that density a CPU second makes, in the mean of all runs,',
    `${sizes.slice(0, -1).join(', ')} and ${sizes.at(-1)}; where a ramp joins the road within its first km,`,
    `${millions(ramp.besideRamp)} among ${ramp.vehicles}.`,
    `Branching a world of ${snapshot.vehicles} vehicles takes ${Math.round(snapshot.forkMicroseconds)} µs.`,
    `One 5 s candidate among ${candidates.vehicles} vehicles takes ${candidates.microsecondsPerCandidate.toFixed(1)} µs, a decision over ${candidates.candidatesPerDecision} of them ${candidates.decisionMsMedian.toFixed(1)} ms in the median`,
    `(95 %: ${candidates.decisionMsP95.toFixed(1)} ms), and \`maxent\` on ${maxent.scenes} scenes of ${maxent.candidates} candidates ${maxent.seconds.toFixed(1)} s.`,
  ].join('\n');
}
