import type { ValueFault } from '../../cloudformation/schema.ts';
import { didYouMean } from '../../text/nearest.ts';

export const nodeRuntimes = ['24', '22', '20', '18', '16'].map((major) => `nodejs${major}.x`);
export const pythonRuntimes = ['14', '13', '12', '11', '10', '9', '8'].map((minor) => `python3.${minor}`);
/** With these runtimes, the program `bootstrap` of the function’s code uses the Runtime API. */
export const customRuntimes = ['provided.al2023', 'provided.al2'];

/** Returns the fault of a Runtime that Lambda no longer accepts for new functions, or that the twin does not support. */
export const runtimeFault = (name: string): ValueFault | undefined => {
  const ended = endedRuntimes.get(name);
  if (ended !== undefined) {
    const family =
      [nodeRuntimes, pythonRuntimes].find(([first = '']) => name.startsWith(first.slice(0, 6))) ?? customRuntimes;
    return {
      kind: 'invalid',
      message: `is ${name}, with which Lambda creates no functions since ${ended}; use ${family[0]}`,
    };
  }
  const known = [...nodeRuntimes, ...pythonRuntimes, ...customRuntimes];
  if (known.includes(name)) return undefined;
  const remedy = `use one of ${known.join(', ')}`;
  return /^(?:java|dotnet|ruby)\d/.test(name)
    ? { kind: 'unsupported', message: `is ${name}, which the twin does not support; ${remedy}` }
    : { kind: 'invalid', message: `is ${name}, which is not a Lambda runtime${didYouMean(name, known) || `; ${remedy}`}` };
};

/** Date of "Block function create": https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, as of November 2026. */
const endedRuntimes = new Map(
  Object.entries({
    'dotnetcore1.0': '2019-06-30',
    'dotnetcore2.0': '2019-04-30',
    'dotnetcore2.1': '2022-01-05',
    'dotnetcore3.1': '2023-04-03',
    'go1.x': '2024-02-08',
    java8: '2024-02-08',
    nodejs: '2016-09-30',
    'nodejs10.x': '2021-07-30',
    'nodejs12.x': '2023-03-31',
    'nodejs14.x': '2024-01-09',
    'nodejs4.3': '2020-02-03',
    'nodejs4.3-edge': '2019-03-31',
    'nodejs6.10': '2019-07-12',
    'nodejs8.10': '2020-02-04',
    provided: '2024-02-08',
    'python2.7': '2021-07-15',
    'python3.6': '2022-07-18',
    'python3.7': '2024-01-09',
    'ruby2.5': '2021-07-30',
    'ruby2.7': '2024-01-09',
  }),
);
