import { LocalError } from '../../cloudformation/errors.ts';
import {
  type AuthorizerConfiguration,
  type GatewayResponseConfiguration,
  type MethodConfiguration,
  type ModelConfiguration,
  methodKey,
  type RequestValidatorConfiguration,
  type ResourceConfiguration,
  type RestApiConfiguration,
  type Snapshot,
} from './configuration.ts';

/** The control plane of a REST API: the configuration that the next deployment captures. */
export interface RestApi {
  readonly id: string;
  readonly name: string;
  readonly rootResourceId: string;
  createResource(resource: { readonly id: string; readonly parentId: string; readonly pathPart: string }): void;
  putMethod(method: MethodConfiguration): void;
  createModel(model: ModelConfiguration): void;
  createRequestValidator(validator: RequestValidatorConfiguration): void;
  putGatewayResponse(response: GatewayResponseConfiguration): void;
  createAuthorizer(authorizer: AuthorizerConfiguration): void;
  /** Removes one of the above: a method by `methodKey`, a model by name, a gateway response by its type, others by id. */
  remove(kind: Exclude<keyof Snapshot, 'restApi'>, key: string): void;
  /** Returns a deep copy of the current configuration. */
  snapshot(): Snapshot;
}

/** Creates an API with its root resource and the two models that every API has. */
export const createRestApi = (id: string, rootResourceId: string, configuration: RestApiConfiguration): RestApi => {
  const draft = {
    restApi: configuration,
    resources: new Map<string, ResourceConfiguration>([[rootResourceId, { id: rootResourceId, pathPart: '', path: '/' }]]),
    methods: new Map<string, MethodConfiguration>(),
    models: new Map<string, ModelConfiguration>(defaultModels.map((model) => [model.name, model])),
    requestValidators: new Map<string, RequestValidatorConfiguration>(),
    gatewayResponses: new Map<string, GatewayResponseConfiguration>(),
    authorizers: new Map<string, AuthorizerConfiguration>(),
  } satisfies Snapshot;

  return {
    id,
    name: configuration.name,
    rootResourceId,
    createResource: ({ id: resourceId, parentId, pathPart }) => {
      const parent = draft.resources.get(parentId);
      if (parent === undefined) {
        throw rejected(`ParentId ${parentId} is not a resource of this API. Use !Ref, or the RootResourceId of the API`);
      }
      const siblings = [...draft.resources.values()].filter((one) => one.parentId === parentId);
      checkPathPart(pathPart, parent, siblings);
      const path = `${parent.path === '/' ? '' : parent.path}/${pathPart}`;
      draft.resources.set(resourceId, { id: resourceId, parentId, pathPart, path });
    },
    putMethod: (method) => {
      const resource = draft.resources.get(method.resourceId);
      if (resource === undefined) {
        throw rejected(`ResourceId ${method.resourceId} is not a resource of this API. Use !Ref`);
      }
      addOnce(
        draft.methods,
        methodKey(method.resourceId, method.httpMethod),
        method,
        () => `${method.httpMethod} ${resource.path}`,
      );
    },
    createModel: (model) => addOnce(draft.models, model.name, model, () => `The model ${model.name}`),
    createRequestValidator: (validator) => void draft.requestValidators.set(validator.id, validator),
    putGatewayResponse: (response) =>
      addOnce(
        draft.gatewayResponses,
        response.responseType,
        response,
        () => `The gateway response ${response.responseType}`,
      ),
    createAuthorizer: (authorizer) => {
      if ([...draft.authorizers.values()].some(({ name }) => name === authorizer.name)) {
        throw rejected(`Authorizer name must be unique. Authorizer ${authorizer.name} already exists in this RestApi`);
      }
      draft.authorizers.set(authorizer.id, authorizer);
    },
    remove: (kind, key) => void draft[kind].delete(key),
    snapshot: () => structuredClone(draft),
  };
};

const addOnce = <T>(map: Map<string, T>, key: string, value: T, name: () => string): void => {
  if (map.has(key)) {
    throw rejected(`${name()} already exists in this API. Remove one of the two`);
  }
  map.set(key, value);
};

const checkPathPart = (
  pathPart: string,
  parent: ResourceConfiguration,
  siblings: readonly ResourceConfiguration[],
): void => {
  if (!/^(?:\{[\w.:-]+\+?\}|[\w.:@$~,'()*&=;-]+)$/.test(pathPart)) {
    throw rejected(`PathPart ${pathPart}: write a name, a path variable {name}, or a greedy one {name+}, without slashes`);
  }
  if (parent.pathPart.endsWith('+}')) {
    throw rejected(`Cannot create a child of a resource with a greedy path variable: ${parent.path}`);
  }
  const twin = siblings.find((sibling) => sibling.pathPart === pathPart);
  if (twin !== undefined) {
    throw rejected(`Another resource with the same parent already has this name: ${pathPart}`);
  }
  const kind = variableKind(pathPart);
  const variable = siblings.find((sibling) => kind !== undefined && variableKind(sibling.pathPart) === kind);
  if (variable !== undefined) {
    throw rejected(`A sibling (${variable.pathPart}) of ${pathPart} already has a variable path part: only one is allowed`);
  }
};

const variableKind = (pathPart: string): 'greedy' | 'variable' | undefined => {
  if (!pathPart.startsWith('{')) {
    return undefined;
  }
  return pathPart.endsWith('+}') ? 'greedy' : 'variable';
};

const rejected = (message: string): LocalError => new LocalError('RESOURCE_FAILED', message);

const defaultModels: readonly ModelConfiguration[] = [
  {
    name: 'Empty',
    schema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' },
  },
  {
    name: 'Error',
    schema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      properties: { message: { type: 'string' } },
    },
  },
];
