import type { LocalError } from '../../../../cloudformation/errors.ts';
import { isObject, type JsonObject } from '../../../../cloudformation/json.ts';
import { unsupportedProperty } from '../../../../cloudformation/properties.ts';
import type { AuthorizationType, AuthorizerConfiguration } from '../../../gateway/configuration.ts';
import { bodyFault, child, type Document } from './document.ts';

/** The authorization that a method requires. */
export interface MethodSecurity {
  readonly authorizationType: AuthorizationType;
  readonly apiKeyRequired: boolean;
  readonly authorizerId?: string;
  readonly authorizationScopes?: readonly string[];
}

/** Returns the authorizers of security schemes (`x-amazon-apigateway-authorizer`), by the name of their scheme. */
export const authorizersOf = (
  { securitySchemes }: Document,
  idOf: (name: string) => string,
): ReadonlyMap<string, AuthorizerConfiguration> =>
  new Map(
    Object.entries(securitySchemes).flatMap(([name, scheme]): [string, AuthorizerConfiguration][] => {
      const authorizer = isObject(scheme) ? scheme['x-amazon-apigateway-authorizer'] : undefined;
      if (!isObject(scheme) || !isObject(authorizer)) return [];
      const kind = String(authorizer.type ?? '');
      if (kind.toLowerCase() !== 'cognito_user_pools') throw otherAuthorizer(name, kind);
      const providerArns = Array.isArray(authorizer.providerARNs) ? authorizer.providerARNs.map(String) : [];
      const identitySource = `method.request.header.${String(scheme.name ?? 'Authorization')}`;
      return [[name, { id: idOf(name), name, type: 'COGNITO_USER_POOLS', providerArns, identitySource }]];
    }),
  );

const otherAuthorizer = (name: string, kind: string): LocalError =>
  unsupportedProperty(
    `Body: the security scheme ${name}`,
    `has an authorizer ${kind === '' ? 'without a type' : `of the type ${kind}`}, which the local twin does not support; it supports cognito_user_pools`,
  );

/** Reads `security` and `x-amazon-apigateway-auth` of an operation. */
export const securityOf = (
  operation: JsonObject,
  { securitySchemes }: Document,
  authorizers: ReadonlyMap<string, AuthorizerConfiguration>,
  place: string,
): MethodSecurity => {
  // API Gateway reads `security` of operations, and ignores that of the document.
  const own = operation.security;
  const requirements = Array.isArray(own) ? own.filter(isObject) : [];
  let security: MethodSecurity = { authorizationType: 'NONE', apiKeyRequired: false };
  const auth = child(operation, 'x-amazon-apigateway-auth').type;
  if (String(auth).toUpperCase() === 'AWS_IAM') security = { ...security, authorizationType: 'AWS_IAM' };
  for (const [name, scopes] of requirements.flatMap((requirement) => Object.entries(requirement))) {
    const scheme = child(securitySchemes, name);
    if (securitySchemes[name] === undefined)
      throw bodyFault(place, `requires the security scheme ${name}, which the document does not have; declare it`);
    const authorizer = authorizers.get(name);
    if (authorizer !== undefined)
      security = {
        ...security,
        authorizationType: authorizer.type,
        authorizerId: authorizer.id,
        ...(Array.isArray(scopes) && scopes.length > 0 && { authorizationScopes: scopes.map(String) }),
      };
    else if (String(scheme['x-amazon-apigateway-authtype']).toLowerCase() === 'awssigv4')
      security = { ...security, authorizationType: 'AWS_IAM' };
    else if (scheme.type === 'apiKey' && String(scheme.name).toLowerCase() === 'x-api-key')
      security = { ...security, apiKeyRequired: true };
    else if (scheme['x-amazon-apigateway-authtype'] !== undefined)
      throw bodyFault(place, `requires ${name}, which has no x-amazon-apigateway-authorizer; add it`);
  }
  return security;
};
