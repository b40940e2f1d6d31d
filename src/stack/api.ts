import { Fn, type Stack } from 'aws-cdk-lib';
import { type CfnGatewayResponse, type CfnMethod, CfnResource, CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type Operation, operations } from '../contract/operations.ts';
import { comment } from './comment.ts';
import type { Conditions } from './conditions.ts';
import { addPreflight } from './cors.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { addMethod, addRequestChecks } from './methods.ts';
import type { Parameters } from './parameters.ts';

/** What stages and outputs need to know of the API. */
export interface Api {
  readonly restApi: CfnRestApi;
  /** Methods and gateway responses, for which a deployment has to wait. What they refer to comes before them anyway. */
  readonly captured: readonly (CfnMethod | CfnGatewayResponse)[];
}

/** Adds the REST API: the answers of the gateway itself, resources, models, methods. */
export const addApi = (stack: Stack, parameters: Parameters, conditions: Conditions): Api => {
  const restApi = comment(
    new CfnRestApi(stack, 'RestApi', {
      name: Fn.sub('items-${EnvironmentSuffix}'),
      description: 'Items API',
      endpointConfiguration: { types: ['REGIONAL'] },
      apiKeySourceType: 'HEADER',
      // TLS 1.3 only, and only to the API's own name.
      securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      endpointAccessMode: 'STRICT',
    }),
    'API',
  );
  const responses = addGatewayResponses(stack, restApi);
  const resources = addResources(stack, restApi);
  const surroundings = { restApi, parameters, ...addRequestChecks(stack, restApi, parameters, conditions) };
  const methods = resources.flatMap(({ path, name, resource }) => {
    const own = operations.filter((operation: Operation) => operation.path === path);
    return [
      ...own.map((operation) => addMethod(stack, operation, resource, surroundings)),
      addPreflight(
        stack,
        `${name}OptionsMethod`,
        restApi,
        resource,
        own.map(({ method }) => method),
      ),
    ];
  });
  return { restApi, captured: [...methods, ...responses] };
};

interface PathResource {
  readonly path: string;
  /** `Items` for `/items`, `Item` for `/items/{id}`. */
  readonly name: string;
  readonly resource: CfnResource;
}

/** One resource for each path and for each path above it, parents first. */
const addResources = (stack: Stack, restApi: CfnRestApi): PathResource[] => {
  const resources: PathResource[] = [];
  for (const operation of operations) {
    let parent: PathResource | undefined;
    for (const pathPart of operation.path.slice(1).split('/')) {
      const path: string = `${parent?.path ?? ''}/${pathPart}`;
      let known = resources.find((resource) => resource.path === path);
      if (!known) {
        const name: string = pathPart.startsWith('{') ? `${parent?.name.replace(/s$/, '')}` : capitalized(pathPart);
        const parentId = parent?.resource.ref ?? restApi.attrRootResourceId;
        known = {
          path,
          name,
          resource: new CfnResource(stack, `${name}Resource`, { restApiId: restApi.ref, parentId, pathPart }),
        };
        resources.push(known);
      }
      parent = known;
    }
  }
  return resources;
};

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
