import type { ServiceCalls } from '../requests/service-calls.ts';
import { startNotSimulatedEndpoint } from './not-simulated.ts';
import { findSdk, linkSdk, type SdkPlace } from './sdk.ts';

/** Environment variables of functions with an AWS SDK, in addition to DynamoDB's. */
export interface SdkEnvironment {
  /** Returns the environment variables of a function with this runtime. */
  variables(runtime: string): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Finds the SDK, links it in `folder`, and starts the endpoint of the services that the twin does not have. */
export const openSdk = async (
  place: SdkPlace,
  { calls, folder }: { readonly calls: ServiceCalls; readonly folder: string },
): Promise<SdkEnvironment> => {
  const endpoint = await startNotSimulatedEndpoint(calls);
  let nodePath: string | undefined;
  return {
    variables(runtime) {
      // Not a variable of Lambda: without it, an SDK would send calls of other services to AWS.
      const common = { AWS_ENDPOINT_URL: endpoint.url };
      if (!runtime.startsWith('nodejs')) return common;
      nodePath ??= linkSdk(findSdk(place), folder);
      return { ...common, NODE_PATH: nodePath };
    },
    close: endpoint.close,
  };
};
