import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkTable } from '../../../bench/figures/measuredCheck.ts';
import { vehicleChecks } from '../../../bench/vehicle/vehicleChecks.ts';

const checks = vehicleChecks();

describe('docs/vehicle.md', () => {
  test.each(checks.map((check) => [check.name, check] as const))('%s', (_name, { value, low, high }) => {
    expect(value).toBeGreaterThanOrEqual(low);
    expect(value).toBeLessThanOrEqual(high);
  });

  test('says what is measured', () => {
    const page = readFileSync(new URL('../../../docs/vehicle.md', import.meta.url), 'utf8');
    expect(page).toContain(checkTable(checks));
  });
});
