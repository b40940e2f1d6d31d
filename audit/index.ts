import { join } from 'node:path';
import { accepted } from './accepted.ts';
import { check } from './check.ts';
import { packagesOf } from './packages.ts';

/* Checks every package that the project names for known vulnerabilities: `npm run check:vulnerabilities`. */

const root = join(import.meta.dirname, '..');
const today = new Date().toISOString().slice(0, 10);
const sources = { osv: 'https://api.osv.dev', timeout: 10_000 };
const { lines, code } = await check({ root, packages: packagesOf(root), accepted, today, ...sources });
for (const line of lines) console.log(line);
process.exitCode = code;
