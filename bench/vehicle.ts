import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkTable, fillMarked, isInBand } from './figures/measuredCheck.ts';
import { vehicleChecks } from './vehicle/vehicleChecks.ts';
import { courseSearchText, vehicleFigures } from './vehicle/vehicleFigures.ts';

// Measures the vehicle and rewrites docs/vehicle.md and its figures: npx tsx bench/vehicle.ts
// The numbers are the same on every machine; a minute, mostly the search of the double lane change.

const docs = fileURLToPath(new URL('../docs/', import.meta.url));
const checks = vehicleChecks();
for (const [name, svg] of Object.entries(vehicleFigures())) writeFileSync(`${docs}figures/${name}.svg`, svg);
let page = readFileSync(`${docs}vehicle.md`, 'utf8');
page = fillMarked(page, 'checks', checkTable(checks));
page = fillMarked(page, 'search', courseSearchText());
writeFileSync(`${docs}vehicle.md`, page);
const outside = checks.filter((check) => !isInBand(check));
console.log(`${checks.length} figures, ${outside.length} outside their band`);
for (const check of outside) console.log(`  ${check.name}: ${check.value} ${check.unit}`);
process.exitCode = outside.length === 0 ? 0 : 1;
