import { isObject, type Json, type JsonObject } from '../../../../cloudformation/json.ts';
import { unsupportedProperty } from '../../../../cloudformation/properties.ts';
import { builtIn } from '../../../gateway/failure.ts';
import type { RestApi } from '../../../gateway/rest-api.ts';
import { bodyFault, child, type Document, readOpenApi, texts } from './document.ts';
import { type ImportTarget, importMethods } from './methods.ts';
import { importModels } from './models.ts';
import { authorizersOf } from './security.ts';

/** The settings of an API that an OpenAPI document contains. */
export interface ApiSettings {
  readonly name?: string;
  readonly binaryMediaTypes?: readonly string[];
  readonly minimumCompressionSize?: number;
}

/** Reads the title of the API, and the extensions for binary media types and minimum compression size. */
export const readApiSettings = (body: JsonObject): ApiSettings => {
  const { title } = child(body, 'info');
  const types = body['x-amazon-apigateway-binary-media-types'];
  const size = body['x-amazon-apigateway-minimum-compression-size'];
  return {
    ...(title !== undefined && { name: String(title) }),
    ...(Array.isArray(types) && { binaryMediaTypes: types.map(String) }),
    ...(size !== undefined && { minimumCompressionSize: Number(size) }),
  };
};

/**
 * Creates what an OpenAPI document describes, as PutRestApi does: resources, methods with their integrations, models, request
 * validators, authorizers and gateway responses. Throws a LocalError that names the place of an unsupported part.
 */
export const importOpenApi = (body: JsonObject, target: ImportTarget): void => {
  const document = readOpenApi(body);
  rejectUnsupported(document);
  const { restApi, apiId, idOf } = target;
  importModels(document, restApi, apiId);
  const validators = importValidators(document, target);
  const authorizers = authorizersOf(document, (name) => idOf(`authorizer ${name}`));
  for (const authorizer of authorizers.values()) restApi.createAuthorizer(authorizer);
  importGatewayResponses(document, restApi);
  importMethods(document, target, { validators, authorizers });
};

const rejectUnsupported = ({ root }: Document): void => {
  for (const name of Object.keys(root))
    if (name.startsWith('x-amazon-apigateway-') && !known.has(name))
      throw unsupportedProperty(`Body: ${name}`, 'is an extension that the local twin does not support; remove it');
  const policy = root['x-amazon-apigateway-policy'];
  if (policy !== undefined && policy !== '' && !(isObject(policy) && Object.keys(policy).length === 0))
    throw unsupportedProperty(
      'Body: x-amazon-apigateway-policy',
      'is a resource policy, which the local twin does not support',
    );
  if (String(root['x-amazon-apigateway-api-key-source'] ?? 'HEADER').toUpperCase() !== 'HEADER')
    throw unsupportedProperty(
      'Body: x-amazon-apigateway-api-key-source',
      'is not HEADER, the only source of API keys that the local twin supports',
    );
};

/** Extensions of a document that are read, and those that are documentation. */
const known = new Set(
  [
    ...['api-key-source', 'auth', 'binary-media-types', 'documentation', 'gateway-responses', 'importexport-version'],
    ...['minimum-compression-size', 'policy', 'request-validator', 'request-validators'],
  ].map((name) => `x-amazon-apigateway-${name}`),
);

const importValidators = ({ root }: Document, { restApi, idOf }: ImportTarget): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(child(root, 'x-amazon-apigateway-request-validators')).map(([name, validator]): [string, string] => {
      const id = idOf(`validator ${name}`);
      const { validateRequestBody: body, validateRequestParameters: parameters } = isObject(validator) ? validator : {};
      restApi.createRequestValidator({
        id,
        validateRequestBody: isTrue(body),
        validateRequestParameters: isTrue(parameters),
      });
      return [name, id];
    }),
  );

const isTrue = (value: Json | undefined): boolean => String(value) === 'true';

const importGatewayResponses = ({ root }: Document, restApi: RestApi): void => {
  const extension = 'x-amazon-apigateway-gateway-responses';
  for (const [responseType, response] of Object.entries(child(root, extension))) {
    if (!Object.hasOwn(builtIn, responseType))
      throw bodyFault(extension, `has ${responseType}, which is no type of gateway response; correct it`);
    const members = isObject(response) ? response : {};
    const status = String(members.statusCode ?? '400');
    if (!/^[2-5]\d\d$/.test(status))
      throw bodyFault(extension, `has the statusCode ${status}, which is no status; correct it`);
    restApi.putGatewayResponse({
      responseType,
      ...(members.statusCode !== undefined && { statusCode: String(members.statusCode) }),
      responseParameters: texts(child(members, 'responseParameters')),
      responseTemplates: texts(child(members, 'responseTemplates')),
    });
  }
};
