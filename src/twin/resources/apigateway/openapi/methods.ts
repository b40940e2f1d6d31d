import { isObject, type Json, type JsonObject } from '../../../../cloudformation/json.ts';
import type { AuthorizerConfiguration, MethodConfiguration } from '../../../gateway/configuration.ts';
import type { RestApi } from '../../../gateway/rest-api.ts';
import { bodyFault, child, type Document } from './document.ts';
import { importIntegration } from './integration.ts';
import { modelSchema, referredSchema } from './models.ts';
import { securityOf } from './security.ts';

/** Target of the import of an OpenAPI document. */
export interface ImportTarget {
  readonly restApi: RestApi;
  readonly apiId: string;
  /** Returns an id in API Gateway's form for a part of the document. */
  idOf(part: string): string;
}

/** Ids of validators, and authorizers, by their names in the document. */
export interface Referred {
  readonly validators: ReadonlyMap<string, string>;
  readonly authorizers: ReadonlyMap<string, AuthorizerConfiguration>;
}

/** Creates the resources of all paths, and their methods. */
export const importMethods = (document: Document, target: ImportTarget, referred: Referred): void => {
  const resources = new Map<string, string>([['', target.restApi.rootResourceId]]);
  for (const [path, item] of Object.entries(child(document.root, 'paths'))) {
    const resourceId = resourceAt(path.replace(/\/$/, ''), target, resources);
    const pathItem = document.resolve(item);
    for (const [verb, httpMethod] of Object.entries(verbs)) {
      if (pathItem[verb] === undefined) continue;
      const place = `paths.${path}.${verb}`;
      const operation = child(pathItem, verb);
      const parameters = [pathItem.parameters, operation.parameters]
        .flatMap((list) => (Array.isArray(list) ? list : []))
        .map(document.resolve);
      const method = { document, target, referred, operation, parameters, place };
      target.restApi.putMethod({ resourceId, httpMethod, ...configurationOf(method) });
    }
  }
};

/** HTTP methods by the keys of a path item. */
const verbs: Readonly<Record<string, string>> = {
  ...{ get: 'GET', put: 'PUT', post: 'POST', delete: 'DELETE', options: 'OPTIONS', head: 'HEAD', patch: 'PATCH' },
  'x-amazon-apigateway-any-method': 'ANY',
};

const resourceAt = (path: string, target: ImportTarget, resources: Map<string, string>): string => {
  const known = resources.get(path);
  if (known !== undefined) return known;
  if (!path.startsWith('/')) throw bodyFault('paths', `has ${path}, which does not begin with a slash; correct it`);
  const slash = path.lastIndexOf('/');
  const parentId = resourceAt(path.slice(0, slash), target, resources);
  const id = target.idOf(`resource ${path}`);
  target.restApi.createResource({ id, parentId, pathPart: path.slice(slash + 1) });
  resources.set(path, id);
  return id;
};

interface ImportedMethod {
  readonly document: Document;
  readonly target: ImportTarget;
  readonly referred: Referred;
  readonly operation: JsonObject;
  /** Parameters of the path and of the operation. */
  readonly parameters: readonly JsonObject[];
  readonly place: string;
}

const configurationOf = (method: ImportedMethod): Omit<MethodConfiguration, 'resourceId' | 'httpMethod'> => {
  const { document, referred, operation, place } = method;
  const integration = importIntegration(operation, place);
  const validator = operation[validatorExtension] ?? document.root[validatorExtension];
  const requestValidatorId = validator === undefined ? undefined : referred.validators.get(String(validator));
  if (validator !== undefined && requestValidatorId === undefined)
    throw bodyFault(
      place,
      `has ${validatorExtension} ${String(validator)}, which the document does not declare; correct it`,
    );
  return {
    ...securityOf(operation, document, referred.authorizers, place),
    ...(operation.operationId !== undefined && { operationName: String(operation.operationId) }),
    ...(requestValidatorId !== undefined && { requestValidatorId }),
    requestModels: requestModelsOf(method),
    requestParameters: requestParametersOf(method.parameters),
    methodResponses: methodResponsesOf(method),
    ...(integration && { integration }),
  };
};

const validatorExtension = 'x-amazon-apigateway-request-validator';

/** Locations in mapping expressions by locations in OpenAPI. */
const locations: Readonly<Record<string, string>> = { path: 'path', query: 'querystring', header: 'header' };

const requestParametersOf = (parameters: readonly JsonObject[]): Record<string, boolean> =>
  Object.fromEntries(
    parameters.flatMap(({ in: place, name, required }): [string, boolean][] => {
      const location = locations[String(place)];
      return location === undefined ? [] : [[`method.request.${location}.${String(name)}`, String(required) === 'true']];
    }),
  );

/** Returns the models of bodies by content type. A schema inside the operation becomes a separate model. */
const requestModelsOf = (method: ImportedMethod): Record<string, string> => {
  const { document, operation, parameters, target, place } = method;
  const nameOf = (schema: Json, type: string): string => {
    const referred = referredSchema(schema);
    if (referred !== undefined) return referred;
    const name = `Model${target.idOf(`model ${place} ${type}`)}`;
    target.restApi.createModel({ name, schema: modelSchema(schema, document, target.apiId) });
    return name;
  };
  if (document.isVersion2) {
    const schema = parameters.find((parameter) => parameter.in === 'body')?.schema;
    if (schema === undefined) return {};
    const consumes = operation.consumes ?? document.root.consumes;
    const types = Array.isArray(consumes) && consumes.length > 0 ? consumes.map(String) : ['application/json'];
    const name = nameOf(schema, '');
    return Object.fromEntries(types.map((type) => [type, name]));
  }
  const content = child(document.resolve(operation.requestBody), 'content');
  return Object.fromEntries(
    Object.entries(content).flatMap(([type, media]): [string, string][] =>
      isObject(media) && media.schema !== undefined ? [[type, nameOf(media.schema, type)]] : [],
    ),
  );
};

const methodResponsesOf = ({ document, operation }: ImportedMethod): MethodConfiguration['methodResponses'] =>
  Object.entries(child(operation, 'responses'))
    .filter(([statusCode]) => /^[1-5]\d\d$/.test(statusCode))
    .map(([statusCode, response]) => {
      const headers = Object.keys(child(document.resolve(response), 'headers'));
      return {
        statusCode,
        responseParameters: Object.fromEntries(headers.map((name) => [`method.response.header.${name}`, false])),
      };
    });
