// Identifies the caller of a request.

import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * The caller to whom an Idempotency-Key belongs, as a list of a kind and what identifies the caller in
 * it. It is the same whenever the same caller sends a request again.
 */
export const keyOwner = ({ requestContext }: APIGatewayProxyEvent): readonly string[] => {
  const { identity, authorizer } = requestContext;
  // An identity of a Cognito identity pool calls with a session of a role that others have, too.
  if (identity.cognitoIdentityId) return ['cognito-identity', identity.cognitoIdentityId];
  // A user of a user pool. `sub` is unique within its issuer, the pool.
  const { iss = '', sub } = authorizer?.claims ?? {};
  if (sub) return ['user', iss, sub];
  // An IAM principal: AIDA… is a user, and AROA…:NAME a session of a role. SDKs choose a new name of the
  // session each time they refresh their credentials, so a key belongs to the role.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  if (identity.caller) return ['principal', identity.caller.replace(/^(AROA[^:]*):.*/s, '$1')];
  if (identity.apiKeyId) return ['api-key', identity.apiKeyId];
  return ['anyone'];
};

/**
 * The caller for the log: an IAM principal, a user of the pool, the owner of an API key, or an address.
 */
export const loggedCaller = ({ requestContext }: APIGatewayProxyEvent): string => {
  const { identity, authorizer } = requestContext;
  return identity.userArn ?? authorizer?.claims?.sub ?? identity.apiKeyId ?? identity.sourceIp;
};
