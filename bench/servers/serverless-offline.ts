import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '../../test/free-port.ts';
import { operationCalled, operationNames } from '../events.ts';
import { writeFunctions } from '../functions.ts';
import { installPackages } from '../install.ts';
import type { Table } from '../table.ts';
import { run, type Server } from './server.ts';

/** Installs serverless-offline and what it needs. */
export const installServerlessOffline = (): Promise<string> => installPackages('peers-offline');

/** Starts serverless-offline with the functions of template.yaml, in its own folder in `folder`. The functions use the table. */
export const serverlessOffline = async (table: Table, folder: string): Promise<Server> => {
  const packages = await installServerlessOffline();
  const own = mkdtempSync(join(folder, 'serverless-'));
  const functions = writeFunctions('template.yaml', 'index.js', join(own, 'functions'));
  symlinkSync(join(packages, 'node_modules'), join(own, 'node_modules'));
  writeFileSync(join(own, 'serverless.json'), JSON.stringify(service(table, functions)));
  const home = join(own, 'home');
  mkdirSync(home);
  const [httpPort, lambdaPort] = [await freePort(), await freePort()];
  const { pid, line, stop } = run(
    process.execPath,
    [
      join(packages, 'node_modules/serverless/bin/serverless.js'),
      ...['offline', 'start', '--httpPort', `${httpPort}`, '--lambdaPort', `${lambdaPort}`, '--host', '127.0.0.1'],
    ],
    {
      folder: own,
      variables: {
        PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
        HOME: home,
        // These settings prevent outgoing requests.
        SLS_TELEMETRY_DISABLED: '1',
        SLS_NOTIFICATIONS_MODE: 'off',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
      },
    },
  );
  try {
    await line(/Server ready/);
    return { url: `http://127.0.0.1:${httpPort}/v1`, pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

type Functions = ReturnType<typeof writeFunctions>;

/** Returns the content of serverless.yml. */
const service = ({ name, region, url }: Table, functions: Functions) => ({
  service: 'items',
  frameworkVersion: '3',
  // The newest runtime that it supports. The functions run on the Node.js that runs it.
  provider: { name: 'aws', runtime: 'nodejs20.x', region, stage: 'v1' },
  plugins: ['serverless-offline'],
  functions: Object.fromEntries(
    operationNames.map((operation) => {
      const { method, path } = operationCalled(operation);
      const { variables, memorySize } = functions[operation];
      const own = {
        handler: `functions/${operation}/index.lambda_handler`,
        memorySize,
        timeout: 29,
        environment: { ...variables, TABLE_NAME: name, AWS_ENDPOINT_URL_DYNAMODB: url.href },
        events: [{ http: { method: method.toLowerCase(), path: path.slice(1) } }],
      };
      return [operation, own];
    }),
  ),
});
