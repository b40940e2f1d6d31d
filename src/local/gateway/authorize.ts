import type { AuthorizationType, AuthorizerConfiguration, MethodConfiguration } from './configuration.ts';
import type { Context } from './context.ts';
import { type Failure, failure } from './failure.ts';
import { type HttpRequest, headerValue } from './http.ts';
import type { Usage } from './usage.ts';

/** Says whether a request may pass; who it is from goes into `context.identity` and `context.authorizer`. */
export type Authorize = (request: HttpRequest, context: Context) => Promise<Failure | undefined>;

/** Verifies what a request proves its sender with. Without a verifier, every request counts as unauthenticated. */
export interface Verifiers {
  /** AWS_IAM: a Signature Version 4 for `execute-api`, and a policy that allows the call. */
  readonly iam?: Authorize;
  /** COGNITO_USER_POOLS: a token of one of the authorizer's user pools, with one of the scopes if there are any. */
  readonly cognito?: (
    authorizer: AuthorizerConfiguration,
    scopes: readonly string[],
  ) => (request: HttpRequest, context: Context) => Promise<Failure | undefined>;
}

/** Whether anything can verify what methods of this type ask for; if not, they refuse every request. */
export const isVerifiable = (type: AuthorizationType, { iam, cognito }: Verifiers): boolean =>
  type === 'NONE' || (type === 'AWS_IAM' ? iam : cognito) !== undefined;

/** Prepares the authorization of a method: first its AuthorizationType, then its API key, as API Gateway does. */
export const compileAuthorization = (
  method: MethodConfiguration,
  authorizer: AuthorizerConfiguration | undefined,
  { verifiers, usage }: { verifiers: Verifiers; usage: Usage },
): Authorize => {
  const authenticate = compileAuthenticate(method, authorizer, verifiers);
  return async (request, context) =>
    (await authenticate?.(request, context)) ?? (method.apiKeyRequired ? checkApiKey(request, context, usage) : undefined);
};

const compileAuthenticate = (
  method: MethodConfiguration,
  authorizer: AuthorizerConfiguration | undefined,
  verifiers: Verifiers,
): Authorize | undefined => {
  switch (method.authorizationType) {
    case 'NONE':
      return undefined;
    case 'AWS_IAM':
      return verifiers.iam ?? (async () => failure('MISSING_AUTHENTICATION_TOKEN'));
    case 'COGNITO_USER_POOLS':
      return (
        (authorizer && verifiers.cognito?.(authorizer, method.authorizationScopes ?? [])) ??
        (async () => failure('UNAUTHORIZED'))
      );
  }
};

const checkApiKey = (request: HttpRequest, context: Context, usage: Usage): Failure | undefined => {
  const value = headerValue(request.headers, 'x-api-key');
  const key = value === undefined ? undefined : usage.admit(value, context.apiId, context.stage);
  if (key === undefined) {
    return failure('INVALID_API_KEY');
  }
  context.identity.apiKey = key.value;
  context.identity.apiKeyId = key.id;
  return undefined;
};
