import { isForeign } from './endpoint.ts';
import { DeployError } from './errors.ts';
import { remedyFor } from './remedies.ts';

/**
 * Converts an error of the AWS SDK to a DeployError with one sentence and its remedy. The user can fix every error of a service.
 * Other errors are returned unchanged.
 */
export const explained = (error: unknown, env: NodeJS.ProcessEnv = process.env): unknown => {
  if (!(error instanceof Error) || error instanceof DeployError) return error;
  const sentence = causes.find(({ of }) => of.test(codesOf(error)))?.sentence(error.message, env) ?? serviceError(error);
  return sentence === undefined ? error : new DeployError(sentence, { cause: error });
};

/** Returns the response; undefined if the call is not supported or not permitted. */
export const ifPermitted = async <Response>(ask: () => Promise<Response>): Promise<Response | undefined> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && (denied.test(codesOf(error)) || unknown.test(codesOf(error)) || statusOf(error) === 501)) {
      return undefined;
    }
    throw error;
  }
};

const unknown =
  /^(NotImplemented\w*|InvalidAction|UnknownOperation\w*|UnknownAction\w*|UnsupportedOperation\w*|UnknownService\w*|OptInRequired)$/m;

const denied = /^(AccessDenied\w*|UnauthorizedOperation|NotAuthorized\w*|AuthorizationError\w*)$/m;

/** Sentences that contain their own remedy, by error code. */
const causes: readonly { readonly of: RegExp; readonly sentence: (message: string, env: NodeJS.ProcessEnv) => string }[] = [
  {
    of: /^ForeignAnswer$/m,
    sentence: (url) => `the server at ${url} is not AWS: check AWS_ENDPOINT_URL`,
  },
  {
    of: /^(ExpiredToken\w*|RequestExpired|TokenRefreshRequired)$/m,
    sentence: () => 'the AWS credentials have expired: renew them, for example with "aws sso login", and try again',
  },
  {
    of: /^(CredentialsProviderError|TokenProviderError|ProviderError)$/m,
    sentence: (message, env) =>
      /expired|sso login/i.test(message)
        ? `the AWS credentials have expired: renew them, for example with "aws sso login", and try again (${firstLine(message)})`
        : `${withoutCredentials(env)} (${firstLine(message)})`,
  },
  {
    of: /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|AuthFailure|InvalidAccessKeyId|IncompleteSignature\w*)$/m,
    sentence: (message) =>
      `AWS does not accept the credentials: check AWS_PROFILE or AWS_ACCESS_KEY_ID, and the secret that belongs to it (${firstLine(message)})`,
  },
  {
    of: denied,
    sentence: (message) => `AWS denies this: ${firstLine(message)}; ask for the permission, or choose another AWS_PROFILE`,
  },
  {
    of: /^(RequestTimeTooSkewed)$/m,
    sentence: () => 'AWS rejects the request as the clock of this machine is wrong: set it, and try again',
  },
  {
    of: /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|EHOSTUNREACH|ENETUNREACH|EPIPE|TimeoutError)$/m,
    sentence: (message) =>
      `the endpoint cannot be reached (${firstLine(message) || 'no connection'}): check the network, the region and AWS_ENDPOINT_URL`,
  },
  {
    of: /^(Throttl(ing|ed)\w*|TooManyRequests\w*|RequestLimitExceeded)$/m,
    sentence: () => 'AWS throttles the requests of this account: wait a minute, and try again',
  },
];

const withoutCredentials = ({
  AWS_PROFILE: profile,
  AWS_CONFIG_FILE: config = '~/.aws/config',
  AWS_SHARED_CREDENTIALS_FILE: file = '~/.aws/credentials',
}: NodeJS.ProcessEnv): string =>
  profile
    ? `the profile ${profile} of AWS_PROFILE gives no credentials: is it in ${config} or ${file}?`
    : 'there are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with "aws sso login"';

const serviceError = (error: Error): string | undefined =>
  isForeign(error)
    ? 'the server is not AWS: check AWS_ENDPOINT_URL and those of single services, such as AWS_ENDPOINT_URL_EC2'
    : '$metadata' in error
      ? `AWS rejects this with ${error.name}: ${firstLine(error.message)}${remedyFor(error.message)}`
      : undefined;

/** Returns name and code of an error and of its causes, one per line. The SDK may use either. */
const codesOf = (error: Error): string => {
  const { code, Code } = error as { code?: unknown; Code?: unknown };
  const members = error instanceof AggregateError ? (error.errors as Error[]) : [];
  const inner = [error.cause, ...members].filter((one) => one instanceof Error).map(codesOf);
  return [error.name, code, Code, ...inner].filter(Boolean).join('\n');
};

const statusOf = (error: Error): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

const firstLine = (text: string): string => text.split('\n', 1)[0]?.trim().replace(/\.$/, '') ?? '';
