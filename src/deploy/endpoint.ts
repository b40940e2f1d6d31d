import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DeployError } from './errors.ts';

/**
 * Raises an endpoint that is not a URL, whichever variable or profile names it: the SDK would fall over it later, with a
 * sentence that names none.
 */
export const checkEndpoint = async (
  { config }: Pick<CloudFormationClient, 'config'>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> => {
  const isIgnored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true';
  const faults = Object.entries(env)
    // Also those of other services: deploying asks EC2, API Gateway and IAM as well.
    .filter(([name, value]) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && value && !isUrl(value))
    .map(([name, value]) => `${name} is "${value}", which is not an http or https URL: ${form}`);
  if (faults.length > 0 && !isIgnored) throw new DeployError(faults.join('\n'));
  const endpoint = await config.serviceConfiguredEndpoint?.();
  if (endpoint && !isUrl(endpoint)) {
    throw new DeployError(`endpoint_url of the AWS profile is "${endpoint}", which is not an http or https URL: ${form}`);
  }
};

/** Makes a client name the URL of a server that responds as AWS never does, where the SDK only says that it cannot read the response. */
export const nameForeign = (client: Pick<CloudFormationClient, 'middlewareStack'>): void => {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const foreign = (cause?: unknown) => new ForeignAnswer(urlOf(args.request), { cause });
        const result = await next(args).catch((error: unknown) => {
          throw isForeign(error) ? foreign(error) : error;
        });
        // A page that happens to be XML is read as a response without content.
        if (commandName === 'DescribeStacksCommand' && !('Stacks' in result.output && result.output.Stacks)) throw foreign();
        return result;
      },
    // Around the retries, with the request at hand.
    { step: 'build', name: 'nameForeign' },
  );
};

/** The message is the URL. */
export class ForeignAnswer extends Error {
  override readonly name = 'ForeignAnswer';
}

/** True if the SDK found neither a result nor an error of AWS in a response. */
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
