import { LocalError } from '../../cloudformation/errors.ts';
import { compileAuthorization, type MethodAuthorization, type Verifiers } from './authorization/authorize-method.ts';
import type { AuthorizationType, MethodConfiguration, Snapshot } from './configuration.ts';
import { invocationFault } from './function-invocation.ts';
import { createGatewayResponder, type GatewayResponder } from './gateway-response.ts';
import { compileIntegration, type Integration, type IntegrationServices } from './integration.ts';
import { createRouter, type Router } from './route.ts';
import type { ThrottledMethod } from './throttling/throttle.ts';
import type { Usage } from './throttling/usage.ts';
import { compileModels, compileValidation, type ModelCheck, type RequestValidation } from './validate.ts';

/** A snapshot of an API, prepared to serve requests. */
export interface Deployment {
  readonly id: string;
  readonly route: Router<DeployedMethod>;
  readonly respondToFailure: GatewayResponder;
  readonly binaryMediaTypes: readonly string[];
  readonly minimumCompressionSize: number | undefined;
  readonly methods: readonly ServedMethod[];
}

/** A method of a stage, and what it requires of its callers. */
export interface ServedMethod extends ThrottledMethod {
  readonly authorizationType: AuthorizationType;
  readonly apiKeyRequired: boolean;
  /** Reason why every request to the method returns 500, if there is one. */
  readonly fault?: string;
}

/** A method that is prepared to serve requests. `run` in `handle.ts` uses its parts in this order. */
export interface DeployedMethod extends ServedMethod {
  readonly resourceId: string;
  readonly operationName?: string;
  readonly authorization: MethodAuthorization;
  readonly validation: RequestValidation;
  readonly integration: Integration;
}

/** Services that all APIs of a gateway share. */
export interface DeploymentServices extends Omit<IntegrationServices, 'apiId'> {
  readonly usage: Usage;
  readonly verifiers: Verifiers;
  readonly userPools: ReadonlySet<string>;
}

/**
 * Creates a deployment of an API from its snapshot. Throws a LocalError that names the method for a configuration that AWS
 * rejects.
 */
export const deploy = (id: string, apiId: string, snapshot: Snapshot, services: DeploymentServices): Deployment => {
  if (snapshot.methods.size === 0) {
    throw new LocalError(
      'RESOURCE_FAILED',
      "The REST API doesn't contain any methods: add DependsOn with the methods to the deployment",
    );
  }
  const models = compileModels(apiId, snapshot.models.values());
  const methods = [...snapshot.methods.values()];
  const compiled = [...snapshot.resources.values()].flatMap(({ id: resourceId, path }) =>
    methods
      .filter((method) => method.resourceId === resourceId)
      .map((method) =>
        naming(`${method.httpMethod} ${path}`, () => compileMethod(method, path, { apiId, snapshot, models, services })),
      ),
  );
  const byPath = Map.groupBy(compiled, ({ resourcePath }) => resourcePath);
  const targets = [...byPath].map(([path, all]) => ({
    path,
    methods: new Map(all.map((method) => [method.httpMethod, method])),
  }));
  return {
    id,
    route: createRouter(targets),
    respondToFailure: createGatewayResponder(snapshot.gatewayResponses.values()),
    binaryMediaTypes: snapshot.restApi.binaryMediaTypes,
    minimumCompressionSize: snapshot.restApi.minimumCompressionSize,
    methods: compiled,
  };
};

interface Surroundings {
  readonly apiId: string;
  readonly snapshot: Snapshot;
  readonly models: ReadonlyMap<string, ModelCheck>;
  readonly services: DeploymentServices;
}

const compileMethod = (method: MethodConfiguration, resourcePath: string, surroundings: Surroundings): DeployedMethod => {
  const { apiId, snapshot, models, services } = surroundings;
  const { authorizationType } = method;
  // API Gateway ignores the authorizer of a method whose authorization type is NONE.
  const authorizerId = authorizationType === 'NONE' ? undefined : method.authorizerId;
  const authorizer = entry(snapshot.authorizers, authorizerId, 'AuthorizerId', 'an authorizer');
  const validator = entry(
    snapshot.requestValidators,
    method.requestValidatorId,
    'RequestValidatorId',
    'a request validator',
  );
  const fault = method.integration && invocationFault(method.integration);
  const throttled = { resourcePath, httpMethod: method.httpMethod };
  return {
    resourceId: method.resourceId,
    ...throttled,
    authorizationType,
    apiKeyRequired: method.apiKeyRequired,
    ...(fault !== undefined && { fault }),
    ...(method.operationName !== undefined && { operationName: method.operationName }),
    authorization: compileAuthorization(method, authorizer, { ...services, throttled }),
    validation: compileValidation(method, validator, models),
    integration: compileIntegration(method, { apiId, ...services }),
  };
};

const entry = <T>(map: ReadonlyMap<string, T>, id: string | undefined, property: string, kind: string): T | undefined => {
  const found = id === undefined ? undefined : map.get(id);
  if (id !== undefined && found === undefined) {
    throw new LocalError('RESOURCE_FAILED', `${property} ${id} is not ${kind} of this API. Use !Ref`);
  }
  return found;
};

/** Prefixes the message of a LocalError with the name of the method. */
const naming = <T>(name: string, compile: () => T): T => {
  try {
    return compile();
  } catch (error) {
    if (error instanceof LocalError) {
      throw new LocalError(error.code, `${name}: ${error.message}`, { cause: error });
    }
    throw error;
  }
};
