import { LocalError } from '../../../cloudformation/errors.ts';
import type { AuthorizerConfiguration, MethodConfiguration } from '../configuration.ts';
import type { Context } from '../context.ts';
import { type Failure, failure } from '../failure.ts';
import { type HttpRequest, headerValue } from '../http.ts';
import type { ThrottledMethod } from '../throttling/throttle.ts';
import type { Usage } from '../throttling/usage.ts';

/**
 * Says whether a request may pass; who it is from goes into `context.identity` and `context.authorizer`. `onAllowed` is told the
 * statements of policies that allow it, if any are asked.
 */
export type Authorize = (
  request: HttpRequest,
  context: Context,
  onAllowed?: (statements: readonly string[]) => void,
) => Promise<Failure | undefined>;

/** Verifies what a request proves its sender with. */
export interface Verifiers {
  /** AWS_IAM: a Signature Version 4 for `execute-api`, and a policy that allows the call. */
  readonly iam: Authorize;
  /**
   * COGNITO_USER_POOLS: a token of one of the authorizer's user pools, with one of the scopes if there are any. Without keys to
   * verify tokens with there is none, and methods that ask for it are not deployed.
   */
  readonly cognito?: (authorizer: AuthorizerConfiguration, scopes: readonly string[]) => Authorize;
}

/** Prepares the authorization of a method: first its AuthorizationType, then its API key, as API Gateway does. */
export const compileAuthorization = (
  method: Pick<MethodConfiguration, 'authorizationType' | 'authorizerId' | 'authorizationScopes' | 'apiKeyRequired'>,
  authorizer: AuthorizerConfiguration | undefined,
  {
    verifiers,
    usage,
    throttled,
    userPools = new Set(),
  }: { verifiers: Verifiers; usage: Usage; throttled: ThrottledMethod; userPools?: ReadonlySet<string> },
): Authorize => {
  const authenticate = compileAuthenticate(method, authorizer, verifiers, userPools);
  return async (request, context, onAllowed) =>
    (await authenticate?.(request, context, onAllowed)) ??
    (method.apiKeyRequired ? checkApiKey(request, context, { usage, throttled }) : undefined);
};

const compileAuthenticate = (
  { authorizationType, authorizationScopes = [] }: Pick<MethodConfiguration, 'authorizationType' | 'authorizationScopes'>,
  authorizer: AuthorizerConfiguration | undefined,
  { iam, cognito }: Verifiers,
  userPools: ReadonlySet<string>,
): Authorize | undefined => {
  switch (authorizationType) {
    case 'NONE':
      return undefined;
    case 'AWS_IAM':
      return iam;
    case 'COGNITO_USER_POOLS':
      if (authorizer === undefined) {
        throw new LocalError(
          'INVALID_PROPERTY',
          'AuthorizationType is COGNITO_USER_POOLS, but AuthorizerId is missing: name an authorizer',
        );
      }
      if (cognito === undefined && authorizer.providerArns.some((arn) => userPools.has(arn))) return deniesTokens;
      if (cognito === undefined) {
        throw new LocalError(
          'INVALID_PARAMETER',
          'AuthorizationType is COGNITO_USER_POOLS, but there are no keys to verify tokens with: name the JSON Web Key Set of the user pool, a file or a URL, with --jwks',
        );
      }
      return cognito(authorizer, authorizationScopes);
  }
};

/** Authorization by user pools of the stack without keys to verify tokens with: nobody can have a token of these. */
const deniesTokens: Authorize = async () =>
  failure('UNAUTHORIZED', {
    explanation:
      'no token can be verified: the user pool of the stack issues none here; name a JSON Web Key Set of yours, a file or a URL, with --jwks',
  });

const checkApiKey = (
  request: HttpRequest,
  context: Context,
  { usage, throttled }: { usage: Usage; throttled: ThrottledMethod },
): Failure | undefined => {
  const { apiId, stage } = context;
  const value = headerValue(request.headers, 'x-api-key');
  if (value === undefined) {
    return failure('INVALID_API_KEY', { explanation: 'the request has no x-api-key header, which the method asks for' });
  }
  const client = usage.find(value, apiId, stage);
  if (client === undefined) {
    return failure('INVALID_API_KEY', { explanation: usage.explain(value, stage) });
  }
  context.identity.apiKey = client.key.value;
  context.identity.apiKeyId = client.key.id;
  return client.use(apiId, stage, throttled);
};
