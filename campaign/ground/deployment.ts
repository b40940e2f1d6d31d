import { start } from '../../src/twin/index.ts';
import { type FaultProxy, startProxy } from '../proxy/proxy.ts';
import { type Client, createClient } from './client.ts';
import type { Database } from './database.ts';
import type { Edition } from './edition.ts';

/** An edition that runs in the twin, with a proxy between its functions and DynamoDB. */
export interface Deployment {
  readonly client: Client;
  readonly proxy: FaultProxy;
  stop(): Promise<void>;
}

/**
 * Deploys an edition. All deployments on one database have the same stack name, and therefore the same table. `python` is the
 * interpreter of functions in Python.
 */
export const deploy = async (
  edition: Edition,
  { upstream, region, accountId }: Database,
  python: string,
): Promise<Deployment> => {
  const proxy = await startProxy(upstream);
  try {
    const { outputs, stop } = await start(edition.templateFor(proxy.url), {
      // The campaign does not test throttling by the stage.
      parameters: { AuthorizationType: 'NONE', ThrottlingRateLimit: '10000', ThrottlingBurstLimit: '5000' },
      dynamoDbEndpoint: proxy.url,
      region,
      accountId,
      python,
    });
    const client = createClient(outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '');
    return {
      client,
      proxy,
      async stop() {
        client.close();
        await proxy.rest();
        await stop();
        await proxy.stop();
      },
    };
  } catch (error) {
    await proxy.stop();
    throw error;
  }
};
