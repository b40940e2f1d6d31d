import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';
import { failuresOf, table } from './failures.ts';

describe('npm run test:repeat', () => {
  it('repeats the conformance suite and the tests of the command line, beside other load every second time', () => {
    expect(readArguments([])).toEqual({
      times: 10,
      load: 'alternate',
      quick: false,
      paths: ['test/conformance', 'test/cli'],
    });
    expect(readArguments(['30', 'test/twin', '--busy', '--quick'])).toEqual({
      times: 30,
      load: 'busy',
      quick: true,
      paths: ['test/twin'],
    });
  });

  it.each([
    [['many'], /^many is not a number of times/],
    [['0'], /^0 is not a number of times/],
    [['--busy', '--idle'], /exclude each other/],
    [['--fast'], /--fast.*npm run test:repeat/],
  ])('rejects %j in a sentence', (args, message) => {
    expect(readArguments(args)).toMatch(message);
  });

  it('counts each test that failed, and a file that could not be loaded', () => {
    const failed = failuresOf({
      numTotalTests: 3,
      testResults: [
        {
          name: '/a/test/cli/a.test.ts',
          status: 'failed',
          message: '',
          assertionResults: [
            { fullName: 'a works', status: 'passed', failureMessages: [] },
            { fullName: 'a ends', status: 'failed', failureMessages: ['Error: \x1b[31mno end\x1b[0m'] },
          ],
        },
        { name: '/a/test/cli/b.test.ts', status: 'failed', message: 'Cannot find module\nx', assertionResults: [] },
      ],
    });
    expect(failed).toEqual([
      { name: 'test/cli/a.test.ts: a ends', message: 'Error: no end' },
      { name: 'test/cli/b.test.ts: Cannot find module', message: 'Cannot find module\nx' },
    ]);
    expect(table(new Map(failed.map(({ name }, index) => [name, index + 1])), 5, 15)).toBe(
      '   2 of 5  test/cli/b.test.ts: Cannot find module\n   1 of 5  test/cli/a.test.ts: a ends\n15 tests in 5 runs, 2 tests failed',
    );
    expect(table(new Map(), 2, 6)).toBe('6 tests in 2 runs, no test failed');
  });
});
