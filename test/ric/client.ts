import { existsSync, realpathSync } from 'node:fs';
import { findRuntime, type Runtime } from '../../src/twin/lambda/runtimes.ts';

const path = process.env.AWS_LAMBDA_RIC ?? '';
if (!existsSync(path))
  throw new Error('AWS_LAMBDA_RIC must name the program of aws-lambda-ric: run npm run check:ric, which installs it.');

/** The program of aws-lambda-ric, AWS's own client of the Runtime API, as `npm run check:ric` installs it. */
export const client = realpathSync(path);

/** Version 4 of it is the runtime of Node.js 24, with the flags that Lambda starts it with. */
export const runtimes: ReadonlyMap<string, Runtime> = new Map([
  [
    'nodejs24.x',
    {
      ...findRuntime('nodejs24.x', 'client'),
      hasChannel: false,
      command: [process.execPath, '--no-experimental-require-module', '--no-experimental-detect-module', client],
    },
  ],
]);
