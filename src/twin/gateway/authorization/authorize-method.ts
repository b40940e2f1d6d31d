import { LocalError } from '../../../cloudformation/errors.ts';
import type { StackIdentity } from '../../../cloudformation/stack-identity.ts';
import type { AuthorizerConfiguration, MethodConfiguration } from '../configuration.ts';
import type { Context } from '../context.ts';
import { type Failure, failure } from '../failure.ts';
import { type HttpRequest, headerValue } from '../http.ts';
import type { ThrottledMethod } from '../throttling/throttle.ts';
import type { Usage } from '../throttling/usage.ts';
import { setIdentity } from '../write-context.ts';
import { longArnFailure } from './method-arn.ts';

/**
 * Verifies the credentials of a request and sets the identity of the caller in `context`. Returns a failure if the request is
 * denied. Calls `onAllowed` with the policy statements that allow the request, if policies decide.
 */
export type Verify = (
  request: HttpRequest,
  context: Context,
  onAllowed?: (statements: readonly string[]) => void,
) => Promise<Failure | undefined>;

/** Verification by authorization type. */
export interface Verifiers {
  /** AWS_IAM: a Signature Version 4 for `execute-api`, and a policy that allows the call (`verify-iam.ts`). */
  readonly iam: Verify;
  /**
   * COGNITO_USER_POOLS: a token of one of the authorizer's user pools, with one of the scopes if there are any
   * (`verify-cognito.ts`). Absent without keys that verify tokens. Methods that need it are then not deployed, unless the user
   * pool is in the stack.
   */
  readonly cognito?: (authorizer: AuthorizerConfiguration, scopes: readonly string[]) => Verify;
}

/** Compiled authorization of a method, from its AuthorizationType, its authorizer and ApiKeyRequired. */
export interface MethodAuthorization {
  /** Absent for the type NONE. */
  readonly verify?: Verify;
  /** Absent if the method needs no API key. */
  readonly apiKey?: { readonly usage: Usage; readonly throttled: ThrottledMethod };
  readonly stack: StackIdentity;
}

/** Authorizes a request to a method: first by its AuthorizationType, then by its API key, as API Gateway does. */
export const authorizeMethod = async (
  { verify, apiKey, stack }: MethodAuthorization,
  ...[request, context, onAllowed]: Parameters<Verify>
): Promise<Failure | undefined> =>
  (verify && (longArnFailure(stack, request, context) ?? (await verify(request, context, onAllowed)))) ??
  (apiKey && checkApiKey(request, context, apiKey));

/** Compiles the authorization of a method. Throws a LocalError if its type needs an authorizer or keys that are missing. */
export const compileAuthorization = (
  method: Pick<MethodConfiguration, 'authorizationType' | 'authorizerId' | 'authorizationScopes' | 'apiKeyRequired'>,
  authorizer: AuthorizerConfiguration | undefined,
  {
    verifiers,
    usage,
    throttled,
    stack,
    userPools = new Set(),
  }: {
    verifiers: Verifiers;
    usage: Usage;
    throttled: ThrottledMethod;
    stack: StackIdentity;
    userPools?: ReadonlySet<string>;
  },
): MethodAuthorization => {
  const verify = chooseVerification(method, authorizer, verifiers, userPools);
  return { ...(verify && { verify }), ...(method.apiKeyRequired && { apiKey: { usage, throttled } }), stack };
};

const chooseVerification = (
  { authorizationType, authorizationScopes = [] }: Pick<MethodConfiguration, 'authorizationType' | 'authorizationScopes'>,
  authorizer: AuthorizerConfiguration | undefined,
  { iam, cognito }: Verifiers,
  userPools: ReadonlySet<string>,
): Verify | undefined => {
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

/**
 * Denies every request. It is used for user pools of the stack without keys that verify tokens: the twin issues no such tokens.
 */
const deniesTokens: Verify = async () =>
  failure('UNAUTHORIZED', {
    explanation:
      "no token can be verified: the twin issues no tokens for the stack's user pool. Name your own JSON Web Key Set (file or URL) with --jwks",
  });

const checkApiKey = (
  request: HttpRequest,
  context: Context,
  { usage, throttled }: NonNullable<MethodAuthorization['apiKey']>,
): Failure | undefined => {
  const { apiId, stage } = context;
  const value = headerValue(request.headers, 'x-api-key');
  if (value === undefined) {
    return failure('INVALID_API_KEY', { explanation: 'the request has no x-api-key header, which the method requires' });
  }
  const client = usage.find(value, apiId, stage);
  if (client === undefined) {
    return failure('INVALID_API_KEY', { explanation: usage.explain(value, stage) });
  }
  setIdentity(context, { apiKey: client.key.value, apiKeyId: client.key.id });
  return client.use(apiId, stage, throttled);
};
