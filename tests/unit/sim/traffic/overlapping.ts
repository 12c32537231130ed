import type { VehicleColumns } from '../../../../sim/traffic/vehicleColumns.ts';

/** Pairs of vehicles whose boxes overlap, by their ids; slots from `first` on. */
export function overlapping(v: VehicleColumns, first: number): string[] {
  const slots = Array.from({ length: v.count - first }, (_, k) => first + k).sort((a, b) => v.s[a]! - v.s[b]!);
  const pairs: string[] = [];
  for (const [k, i] of slots.entries()) {
    for (const j of slots.slice(k + 1)) {
      const along = v.s[j]! - v.s[i]!;
      if (along > 40) break;
      const across = Math.abs(v.d[j]! - v.d[i]!);
      if (along < (v.length[i]! + v.length[j]!) / 2 && across < (v.width[i]! + v.width[j]!) / 2) {
        pairs.push(`${v.id[i]} and ${v.id[j]}`);
      }
    }
  }
  return pairs;
}
