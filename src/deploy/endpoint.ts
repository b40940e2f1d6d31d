import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DeployError } from './errors.ts';

/**
 * Rejects with a DeployError for an endpoint that is not a URL, and names the variable or profile. The SDK would fail later, with
 * a message that names neither.
 */
export const checkEndpoint = async (
  { config }: Pick<CloudFormationClient, 'config'>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> => {
  const isIgnored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true';
  const faults = Object.entries(env)
    // Includes the endpoints of other services: a deployment also calls EC2, API Gateway and IAM.
    .filter(([name, value]) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && value && !isUrl(value))
    .map(([name, value]) => `${name} is "${value}", which is not an http or https URL: ${form}`);
  if (faults.length > 0 && !isIgnored) throw new DeployError(faults.join('\n'));
  const endpoint = await config.serviceConfiguredEndpoint?.();
  if (endpoint && !isUrl(endpoint)) {
    throw new DeployError(`endpoint_url of the AWS profile is "${endpoint}", which is not an http or https URL: ${form}`);
  }
};

/**
 * Makes a client report the URL of a server that does not respond as AWS does. The SDK itself reports only that it cannot parse
 * the response.
 */
export const nameForeign = (client: Pick<CloudFormationClient, 'middlewareStack'>): void => {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const foreign = (cause?: unknown) => new ForeignAnswer(urlOf(args.request), { cause });
        const result = await next(args).catch((error: unknown) => {
          throw isForeign(error) ? foreign(error) : error;
        });
        // The SDK parses a page that happens to be XML as a response without content.
        if (commandName === 'DescribeStacksCommand' && !('Stacks' in result.output && result.output.Stacks)) throw foreign();
        return result;
      },
    // Runs outside of the retries, where the request is available.
    { step: 'build', name: 'nameForeign' },
  );
};

/** Thrown for a response of a server other than AWS. The message is the URL. */
export class ForeignAnswer extends Error {
  override readonly name = 'ForeignAnswer';
}

/** Returns true if the SDK found neither a result nor an error of AWS in a response. */
export const isForeign = (error: unknown): boolean =>
  error instanceof Error &&
  '$metadata' in error &&
  (error.message === 'Unknown' || error instanceof SyntaxError || /XML parse error/.test(error.message));

const form = 'write it as in http://127.0.0.1:4566, or leave it out for AWS itself';

const isUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const urlOf = (request: unknown): string => {
  const { protocol, hostname, port } = request as { protocol: string; hostname: string; port?: number };
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
};
