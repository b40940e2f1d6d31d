import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Variables } from './contenders.ts';
import { certificateAuthority, type Relay, startRelay } from './relay.ts';
import { startTable, type Table } from './table.ts';
import { inFolder } from './temporary.ts';

/** The environment in which functions are measured. */
export interface Ground {
  /** A temporary folder, removed afterwards. */
  readonly folder: string;
  /** The DynamoDB endpoint that `variables` refers to. Its table is empty. */
  readonly relay: Relay;
  /** Variables that Lambda would set for any function, and the certificate authority to trust. */
  readonly variables: Variables;
}

/** Creates a ground, runs `work` on it, and removes it. */
export const onGround = <Result>(work: (ground: Ground) => Promise<Result>): Promise<Result> =>
  inFolder(async (folder) => {
    const table = await startTable();
    // A stand-in for the X-Ray daemon, which receives segments and ignores them.
    const daemon = createSocket('udp4').bind(0, '127.0.0.1');
    let relay: Relay | undefined;
    try {
      await once(daemon, 'listening');
      relay = await startRelay(table.url);
      return await work({ folder, relay, variables: variablesFor(table, relay.url, folder, daemon.address().port) });
    } finally {
      daemon.close();
      await relay?.stop();
      await table.stop();
    }
  });

const variablesFor = ({ name, region }: Table, endpoint: string, home: string, daemonPort: number): Variables => ({
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  PATH: '/usr/local/bin:/usr/bin:/bin',
  // Folder in which the SDKs look for settings. There are none.
  HOME: home,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE00',
  AWS_SECRET_ACCESS_KEY: 'EXAMPLEKEYEXAMPLEKEYEXAMPLEKEYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'EXAMPLE'.repeat(100),
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_LOG_LEVEL: 'INFO',
  AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemonPort}`,
  _X_AMZN_TRACE_ID: 'Root=1-6890c0de-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1',
  POWERTOOLS_SERVICE_NAME: 'items',
  POWERTOOLS_METRICS_NAMESPACE: 'items',
  TABLE_NAME: name,
  // The first is for clients that do not support an endpoint for DynamoDB only.
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  NODE_EXTRA_CA_CERTS: certificateAuthority,
});
