#!/usr/bin/env node
// Entry of the `understudy` command. Plain JavaScript, so that it also starts in a clone whose packages are not installed.
import '../tools/bootstrap.mjs';

const { register } = await import('tsx/esm/api');
register();
const { runUnderstudy } = await import('./main.ts');
process.exitCode = await runUnderstudy(process.argv.slice(2));
