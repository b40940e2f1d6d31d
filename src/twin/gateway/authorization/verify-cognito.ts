import type { errors } from 'jose';
import type { JsonObject } from '../../../cloudformation/json.ts';
import { urlSuffixOf } from '../../../cloudformation/stack-identity.ts';
import { type Failure, failure } from '../failure.ts';
import { headerValue } from '../http.ts';
import { setClaims } from '../write-context.ts';
import type { Verifiers, Verify } from './authorize-method.ts';
import { claimStrings } from './claims.ts';
import type { KeySet } from './key-set.ts';

/**
 * Verifies a token for COGNITO_USER_POOLS, with or without the prefix `Bearer`. The token must be issued by one of the
 * authorizer's user pools: an ID token, or an access token with one of the scopes if the method has scopes. As on AWS, the
 * intended client (`aud`, `client_id`) is not checked.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export const verifyCognito =
  (keys: KeySet): NonNullable<Verifiers['cognito']> =>
  ({ providerArns, identitySource }, scopes): Verify => {
    const issuers = providerArns.map(issuerOf);
    const header = identitySource.slice('method.request.header.'.length);
    return async (request, context) => {
      const token = headerValue(request.headers, header)?.replace(/^Bearer(?:\s+|$)/i, '');
      if (!token) return unauthorized(`the request has no ${header} header with a token`);
      // Imported with the first token, so that it does not delay the start.
      const { decodeProtectedHeader, jwtVerify } = await import('jose');
      let claims: JsonObject;
      try {
        const { crit, kid } = decodeProtectedHeader(token);
        // RFC 7515, 4.1.11: a token with an unsupported critical extension is invalid. Cognito issues no such tokens; jose
        // supports `b64`.
        if (crit !== undefined) return unauthorized(`the token has critical extensions ${JSON.stringify(crit)}`);
        const key = typeof kid === 'string' ? await keys.find(kid) : undefined;
        if (key === undefined) return unauthorized(`the JWKS has no key with the token's kid ${JSON.stringify(kid)}`);
        claims = (await jwtVerify<JsonObject>(token, key, { algorithms, issuer: issuers, requiredClaims: ['exp'] })).payload;
      } catch (error) {
        const { code, claim, payload, message } = error as Partial<errors.JWTExpired>;
        if (claim === 'exp') return failure('UNAUTHORIZED', { message: 'The incoming token has expired' });
        if (claim !== undefined) {
          const wanted = claim === 'iss' ? issuers.join(' or ') : 'in the past';
          return unauthorized(`the token's ${claim} ${JSON.stringify(payload?.[claim])} is not ${wanted}`);
        }
        return code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' || code === 'ERR_JOSE_ALG_NOT_ALLOWED'
          ? unauthorized("the token's signature is not a valid RS256 signature of its kid")
          : unauthorized(`the ${header} header contains no valid JSON Web Token (${message})`);
      }
      const use = scopes.length === 0 ? 'id' : 'access';
      if (claims.token_use !== use) {
        const wanted = use === 'id' ? 'id, as the method has no scopes' : 'access, as the method has scopes';
        return unauthorized(`the token's token_use ${JSON.stringify(claims.token_use)} is not ${wanted}`);
      }
      const granted = typeof claims.scope === 'string' ? claims.scope.split(' ') : [];
      if (use === 'access' && !scopes.some((scope) => granted.includes(scope))) {
        return unauthorized(`the token's scope ${JSON.stringify(claims.scope)} has none of ${scopes.join(', ')}`);
      }
      setClaims(context, claimStrings(claims));
      return undefined;
    };
  };

/** Cognito signs with RS256 only. */
const algorithms = ['RS256'];

const unauthorized = (reason: string): Failure => failure('UNAUTHORIZED', { reason: `Unauthorized: ${reason}` });

/**
 * Returns the issuer of a user pool: `https://cognito-idp.REGION.amazonaws.com/POOL` for the ARN
 * `arn:aws:cognito-idp:REGION:ACCOUNT:userpool/POOL`.
 */
const issuerOf = (userPoolArn: string): string => {
  const [, partition, , region, , resource = ''] = userPoolArn.split(':');
  return `https://cognito-idp.${region}.${urlSuffixOf(partition)}/${resource.slice('userpool/'.length)}`;
};
