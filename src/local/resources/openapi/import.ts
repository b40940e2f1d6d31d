import { isObject, type Json, type JsonObject } from '../../../cloudformation/json.ts';
import { unsupportedProperty } from '../../../cloudformation/properties.ts';
import { builtIn } from '../../gateway/failure.ts';
import type { RestApi } from '../../gateway/rest-api.ts';
import { bodyFault, child, type Document, readOpenApi, texts } from './document.ts';
import { importMethods } from './methods.ts';
import { modelName, modelSchema } from './models.ts';
import { authorizersOf } from './security.ts';
import type { ImportTarget } from './target.ts';

/** What a document says of the API itself. */
export interface ApiSettings {
  readonly name?: string;
  readonly binaryMediaTypes?: readonly string[];
  readonly minimumCompressionSize?: number;
}

/** Reads what a document says of the API itself: its title, and what extensions say of bodies. */
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
 * Makes what an OpenAPI document describes, as PutRestApi does: resources, methods with their integrations, models, request
 * validators, authorizers and gateway responses. What the twin does not support is a LocalError that names its place.
 */
export const importOpenApi = (body: JsonObject, target: ImportTarget): void => {
  const document = readOpenApi(body);
  rejectUnsupported(document);
  const { restApi, apiId, idOf } = target;
  for (const [name, schema] of Object.entries(document.schemas))
    restApi.createModel({ name: modelName(name), schema: modelSchema(schema, apiId) });
  const validators = importValidators(document, target);
  const authorizers = authorizersOf(document, (name) => idOf(`authorizer ${name}`));
  for (const authorizer of authorizers.values()) restApi.createAuthorizer(authorizer);
  importGatewayResponses(document, restApi);
  importMethods(document, target, { validators, authorizers });
};

const rejectUnsupported = ({ root }: Document): void => {
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
    restApi.putGatewayResponse({
      responseType,
      ...(members.statusCode !== undefined && { statusCode: String(members.statusCode) }),
      responseParameters: texts(child(members, 'responseParameters')),
      responseTemplates: texts(child(members, 'responseTemplates')),
    });
  }
};
