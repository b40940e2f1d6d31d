import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { problems as catalogue, type Problem } from '../../../src/contract/problems.ts';
import { idPattern } from '../../../src/functions/typescript/item.ts';
import { environment, python, whyNot } from './python.ts';

const run = (...args: string[]) => promisify(execFile)(python, args, { env: environment() });

it.skipIf(whyNot !== undefined)('the functions in Python pass their unit tests', async () => {
  const { stderr } = await run('-W', 'error', '-m', 'unittest', 'discover', '-s', resolve('test/functions/python'));
  expect(stderr).toMatch(/^Ran [1-9]\d+ tests .*\n\nOK\n$/m);
});

it.skipIf(whyNot !== undefined)('the functions in Python say what the contract says', async () => {
  const code = `import json
from functions.python.item import ID_PATTERN
from functions.python.problem import PROBLEMS
print(json.dumps([ID_PATTERN.pattern, PROBLEMS]))`;
  const [pattern, problems] = JSON.parse((await run('-c', code)).stdout);
  expect(pattern).toBe(idPattern.source);
  for (const [slug, row] of Object.entries(problems)) {
    const { status, title }: Problem = catalogue[slug as keyof typeof catalogue];
    expect(row, slug).toEqual([status, title]);
  }
});
