import { urlSuffixOf } from '../../../cloudformation/stack-identity.ts';
import { type Failure, failure } from '../failure.ts';
import { headerValue } from '../http.ts';
import { setClaims } from '../write-context.ts';
import type { Verifiers, Verify } from './authorize-method.ts';
import { claimStrings } from './claims.ts';
import { isSignedBy, parseJwt } from './jwt.ts';
import type { KeySet } from './key-set.ts';

/**
 * COGNITO_USER_POOLS: lets a request pass that has a token of one of the authorizer's user pools, with or without `Bearer` in
 * front: an ID token, or, for a method with scopes, an access token with one of them. Nobody checks for whom a pool has issued a
 * token (`aud`, `client_id`), as on AWS. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export const verifyCognito =
  (keys: KeySet): NonNullable<Verifiers['cognito']> =>
  ({ providerArns, identitySource }, scopes): Verify => {
    const issuers = providerArns.map(issuerOf);
    const header = identitySource.slice('method.request.header.'.length);
    return async (request, context) => {
      const token = headerValue(request.headers, header)?.replace(/^Bearer(?:\s+|$)/i, '');
      if (!token) return unauthorized(`the request has no ${header} header with a token`);
      const jwt = parseJwt(token);
      if (jwt === undefined) return unauthorized(`what the ${header} header has is no JSON Web Token`);
      const { header: jose, claims } = jwt;
      // RFC 7515, 4.1.11: a token that is not understood is invalid; Cognito issues none of these.
      if (jose.crit !== undefined) return unauthorized(`the token has critical extensions ${JSON.stringify(jose.crit)}`);
      const key = typeof jose.kid === 'string' ? await keys.find(jose.kid) : undefined;
      if (key === undefined) return unauthorized(`no key of the JWKS has the token's kid ${JSON.stringify(jose.kid)}`);
      if (!isSignedBy(jwt, key)) return unauthorized("the token's signature is not that of its kid, by RS256");
      if (!issuers.some((issuer) => issuer === claims.iss)) {
        return unauthorized(`the token's iss ${JSON.stringify(claims.iss)} is not ${issuers.join(' or ')}`);
      }
      if (typeof claims.exp !== 'number' || claims.exp * 1000 <= Date.now()) {
        return failure('UNAUTHORIZED', { message: 'The incoming token has expired' });
      }
      // RFC 7519, 4.1.5.
      if (claims.nbf !== undefined && !(typeof claims.nbf === 'number' && claims.nbf * 1000 <= Date.now())) {
        return unauthorized(`the token's nbf ${JSON.stringify(claims.nbf)} is not in the past`);
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

const unauthorized = (reason: string): Failure => failure('UNAUTHORIZED', { reason: `Unauthorized: ${reason}` });

/** `arn:aws:cognito-idp:REGION:ACCOUNT:userpool/POOL` issues as `https://cognito-idp.REGION.amazonaws.com/POOL`. */
const issuerOf = (userPoolArn: string): string => {
  const [, partition, , region, , resource = ''] = userPoolArn.split(':');
  return `https://cognito-idp.${region}.${urlSuffixOf(partition)}/${resource.slice('userpool/'.length)}`;
};
