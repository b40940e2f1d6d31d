import { isObject, type JsonObject } from '../../../cloudformation/json.ts';
import { unsupportedProperty } from '../../../cloudformation/properties.ts';
import type { AuthorizationType, AuthorizerConfiguration } from '../../gateway/configuration.ts';
import { child, type Document } from './document.ts';

/** What a method asks its callers for. */
export interface MethodSecurity {
  readonly authorizationType: AuthorizationType;
  readonly apiKeyRequired: boolean;
  readonly authorizerId?: string;
  readonly authorizationScopes?: readonly string[];
}

/** The authorizers that security schemes describe (`x-amazon-apigateway-authorizer`), by the name of their scheme. */
export const authorizersOf = (
  { securitySchemes }: Document,
  idOf: (name: string) => string,
): ReadonlyMap<string, AuthorizerConfiguration> =>
  new Map(
    Object.entries(securitySchemes).flatMap(([name, scheme]): [string, AuthorizerConfiguration][] => {
      const authorizer = isObject(scheme) ? scheme['x-amazon-apigateway-authorizer'] : undefined;
      if (!isObject(scheme) || !isObject(authorizer)) return [];
      const kind = String(authorizer.type ?? '');
      if (kind.toLowerCase() !== 'cognito_user_pools') throw lambdaAuthorizer(name, kind);
      const providerArns = Array.isArray(authorizer.providerARNs) ? authorizer.providerARNs.map(String) : [];
      const identitySource = `method.request.header.${String(scheme.name ?? 'Authorization')}`;
      return [[name, { id: idOf(name), name, type: 'COGNITO_USER_POOLS', providerArns, identitySource }]];
    }),
  );

const lambdaAuthorizer = (name: string, kind: string) =>
  unsupportedProperty(
    `Body: the security scheme ${name}`,
    `has an authorizer of the type ${kind}, which the local twin does not support; it supports cognito_user_pools`,
  );

/** What `security` of an operation, or of the document, and `x-amazon-apigateway-auth` ask for. */
export const securityOf = (
  operation: JsonObject,
  { root, securitySchemes }: Document,
  authorizers: ReadonlyMap<string, AuthorizerConfiguration>,
): MethodSecurity => {
  const own = operation.security ?? root.security;
  const requirements = Array.isArray(own) ? own.filter(isObject) : [];
  let security: MethodSecurity = { authorizationType: 'NONE', apiKeyRequired: false };
  const auth = child(operation, 'x-amazon-apigateway-auth').type ?? child(root, 'x-amazon-apigateway-auth').type;
  if (String(auth).toUpperCase() === 'AWS_IAM') security = { ...security, authorizationType: 'AWS_IAM' };
  for (const [name, scopes] of requirements.flatMap((requirement) => Object.entries(requirement))) {
    const scheme = child(securitySchemes, name);
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
  }
  return security;
};
