import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { environment, python, whyNot } from './python.ts';

const run = (...args: string[]) => promisify(execFile)(python, args, { env: environment() });

it.skipIf(whyNot !== undefined)('the functions in Python pass their unit tests', async () => {
  const { stderr } = await run('-W', 'error', '-m', 'unittest', 'discover', '-s', resolve('test/functions/python'));
  expect(stderr).toMatch(/^Ran [1-9]\d+ tests .*\n\nOK\n$/m);
});
