import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { wholeCheckout } from './checkout.ts';
import { extend } from './cloud/extend.ts';
import { addEntities } from './orders.ts';

/*
 * Adds a row to a checkout as a developer does, and runs what a change must pass: the row breaks no test that is about something else.
 */

const parent = mkdtempSync(join(tmpdir(), 'items-rows-test-'));
afterAll(() => rmSync(parent, { recursive: true }));

/** Tests that are about the contract, the template and the documents, and take seconds. */
const tests = [
  'test/stack/',
  'test/docs/',
  'test/openapi/',
  'test/functions/contract.test.ts',
  'test/functions/fidelity.test.ts',
  'test/conformance/checklist.test.ts',
  'test/conformance/described.test.ts',
  'test/conformance/runner.test.ts',
  'test/cli/launch.test.ts',
  'test/prove/report.test.ts',
  'test/page/console/routes.all.test.ts',
  'test/scripts/synth-templates.all.test.ts',
  'test/contributing.test.ts',
  'test/readme.test.ts',
];

/** The environment without the variables of the Vitest that runs this file. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));

describe.each([
  // A request for each operation on items is in examples/items.http, which a developer writes.
  { what: 'an entity', add: (directory: string) => addEntities(directory), own: ['test/examples/items-http.all.test.ts'] },
  { what: 'an operation', add: extend, own: [] },
])('the row of $what', ({ what, add, own }) => {
  const directory = wholeCheckout(join(parent, what.replace(' ', '-')));
  add(directory);
  /** Runs a script of the checkout; settles with its output if it fails, otherwise with an empty text. */
  const faultOf = (...args: readonly string[]): Promise<string> =>
    new Promise((settle) => {
      const options = { cwd: directory, env: environment, encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
      execFile(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], options, (error, stdout, stderr) =>
        settle(error ? `${args.join(' ')}: ${error.code}\n${stdout}${stderr}` : ''),
      );
    });

  it('is all that synth, check and types need', async () => {
    expect(await faultOf('scripts/synth.ts')).toBe('');
    expect(await faultOf('scripts/synth.ts', '--check')).toBe('');
    expect(await faultOf('node_modules/typescript/bin/tsc')).toBe('');
  });

  it('breaks no test of the contract, the template and the documents', async () => {
    expect(await faultOf('node_modules/vitest/vitest.mjs', 'run', '--mode', 'all', ...tests, ...own)).toBe('');
  });
});
