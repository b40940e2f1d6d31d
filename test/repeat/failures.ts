import { stripVTControlCharacters } from 'node:util';

/** What Vitest's JSON reporter writes, as far as it is read here. */
export interface Report {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** A test that failed in one round. */
export interface Failure {
  readonly name: string;
  /** The start of what the test runner says of it. */
  readonly message: string;
}

/** The tests that failed, with their files; a file that failed as a whole, as when it cannot be loaded, counts as one. */
export const failuresOf = ({ testResults }: Report): Failure[] =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults
      .filter((one) => one.status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        name: `${short(name)}: ${fullName}`,
        message: start(failureMessages.join('\n')),
      }));
    if (failed.length > 0 || status !== 'failed') return failed;
    return [{ name: `${short(name)}: ${message.split('\n', 1)}`, message: start(message) }];
  });

const start = (message: string): string => stripVTControlCharacters(message).split('\n').slice(0, 20).join('\n');

/** How often each test failed, the most frequent first. */
export const table = (failures: ReadonlyMap<string, number>, times: number, tests: number): string => {
  const rows = [...failures]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${String(count).padStart(4)} of ${times}  ${name}`);
  return [
    ...rows,
    `${tests} tests in ${times} runs, ${failures.size === 0 ? 'no test failed' : `${failures.size} tests failed`}`,
  ].join('\n');
};

const short = (file: string): string => file.replace(/^.*?\/(?=test\/)/, '');
