import Ajv from 'ajv-draft-04';
import { bounded, boundedTime, isQuick, TimeExceeded } from '../../cloudformation/bounded.ts';
import { LocalError } from '../../cloudformation/errors.ts';
import type { MethodConfiguration, ModelConfiguration, RequestValidatorConfiguration } from './configuration.ts';
import { type Failure, failure } from './failure.ts';
import { formats } from './formats.ts';
import { type HttpRequest, headerValue, mediaType, parseQuery } from './http.ts';
import { parseModelSchema, patternsOf, rejectingInvalid } from './model-schema.ts';
import { validationMessage } from './validation-message.ts';

/** Compiled validation of the requests to a method, from its request validator and the models of the API. */
export interface RequestValidation {
  /** Parameters that a request must have. */
  readonly parameters: readonly RequestParameter[];
  /** Body validation; absent if the request validator does not validate bodies. */
  readonly body?: {
    /** Names of the models by content type. `$default` applies to every type without an entry. */
    readonly models: Readonly<Record<string, string>>;
    /** Checks by media type, and `$default`. */
    readonly checks: ReadonlyMap<string, ModelCheck>;
  };
}

/** A request parameter, as in RequestParameters. */
export interface RequestParameter {
  readonly location: 'header' | 'path' | 'querystring';
  readonly name: string;
}

/**
 * Validates a JSON text against a model. Returns undefined if it is valid, otherwise `$context.error.validationErrorString`.
 * Throws TimeExceeded if patterns take too long.
 */
export type ModelCheck = (text: string) => string | undefined;

/**
 * Compiles the models of an API. They are JSON Schema draft 4 and can refer to each other by
 * `https://apigateway.amazonaws.com/restapis/{apiId}/models/{name}`.
 */
export const compileModels = (apiId: string, models: Iterable<ModelConfiguration>): ReadonlyMap<string, ModelCheck> => {
  // API Gateway's validator supports ECMA 262 regular expressions without the u flag. `parseModelSchema` has already checked the
  // keywords.
  const ajv = new Ajv.default({
    allErrors: true,
    verbose: true,
    strict: false,
    unicodeRegExp: false,
    formats,
    logger: false,
  });
  const uris = new Map<string, string>();
  const patterns: string[] = [];
  for (const { name, schema } of models) {
    const uri = `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;
    uris.set(name, uri);
    const parsed = parseModelSchema(name, schema);
    patterns.push(...patternsOf(parsed));
    rejectingInvalid(name, () => ajv.addSchema(parsed, uri));
  }
  return new Map(
    [...uris].map(([name, uri]) => {
      const validate = rejectingInvalid(name, () => ajv.getSchema(uri));
      return [
        name,
        (text) => {
          const parsed = parseJson(text);
          if (parsed === undefined) {
            return 'Unable to parse the request body as JSON';
          }
          const check = (): boolean => validate?.(parsed.value) !== false;
          // Nearly all patterns are quick for typical bodies and need no time limit.
          const passes = patterns.every((pattern) => isQuick(pattern, text.length)) ? check() : bounded(check);
          return passes ? undefined : validationMessage(validate?.errors ?? []);
        },
      ];
    }),
  );
};

/** Compiles the validation of the requests to a method. Throws a LocalError for what cannot be deployed. */
export const compileValidation = (
  method: MethodConfiguration,
  validator: RequestValidatorConfiguration | undefined,
  models: ReadonlyMap<string, ModelCheck>,
): RequestValidation => {
  const { requestParameters, requestModels } = method;
  const required = Object.keys(requestParameters).filter((parameter) => requestParameters[parameter]);
  return {
    parameters: validator?.validateRequestParameters ? required.map(parameterParts) : [],
    ...(validator?.validateRequestBody && { body: { models: requestModels, checks: bodyChecks(method, models) } }),
  };
};

/** Validates a request. Returns undefined if it is valid. Parameters are validated before the body, as recorded. */
export const validateRequest = (
  { parameters, body }: RequestValidation,
  request: HttpRequest,
  pathParameters: Readonly<Record<string, string>>,
): Failure | undefined =>
  (parameters.length > 0 ? validateParameters(parameters, request, pathParameters) : undefined) ??
  (body && validateBody(body.checks, request));

const validateParameters = (
  parameters: readonly RequestParameter[],
  { headers, query }: HttpRequest,
  pathParameters: Readonly<Record<string, string>>,
): Failure | undefined => {
  const values: Record<RequestParameter['location'], (name: string) => string | undefined> = {
    header: (name) => headerValue(headers, name),
    path: (name) => pathParameters[name],
    querystring: (name) => parseQuery(query).findLast(([key]) => key === name)?.[1],
  };
  // The documentation of request validation says "Included and not blank".
  const missing = locations.flatMap((location) =>
    parameters.filter((one) => one.location === location && isBlank(values[location](one.name))),
  );
  if (missing.length === 0) return undefined;
  const names = missing.map(({ name }) => name).join(', ');
  return failure('BAD_REQUEST_PARAMETERS', { message: `Missing required request parameters: [${names}]` });
};

/** The order in which the message lists them, as recorded. */
const locations = ['header', 'path', 'querystring'] as const;

/** Splits a name such as `method.request.header.X-Name`. */
export const parameterParts = (parameter: string): RequestParameter => {
  const [, where, name] = /^method\.request\.(header|path|querystring)\.(.+)$/.exec(parameter) ?? [];
  const location = locations.find((one) => one === where);
  if (location === undefined || name === undefined) {
    throw new LocalError(
      'INVALID_PROPERTY',
      `RequestParameters: ${parameter} is not method.request.header.NAME, method.request.path.NAME or method.request.querystring.NAME`,
    );
  }
  return { location, name };
};

const bodyChecks = (method: MethodConfiguration, models: ReadonlyMap<string, ModelCheck>): ReadonlyMap<string, ModelCheck> =>
  new Map(
    Object.entries(method.requestModels).map(([contentType, name]) => {
      const check = models.get(name);
      if (check === undefined) {
        throw new LocalError(
          'RESOURCE_FAILED',
          `Invalid model identifier specified: ${name}. RequestModels of ${method.httpMethod} names a model that the API does not have`,
        );
      }
      return [contentType === '$default' ? contentType : mediaType(contentType), check];
    }),
  );

/**
 * "If no matching content type is found, request validation is not performed"; without the header, "API Gateway defaults to
 * application/json". Parameters and case of the type are ignored, as for binary media types; this is not documented.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
const validateBody = (checks: ReadonlyMap<string, ModelCheck>, request: HttpRequest): Failure | undefined => {
  const contentType = mediaType(headerValue(request.headers, 'Content-Type') ?? 'application/json');
  const check = checks.get(contentType) ?? checks.get('$default');
  if (check === undefined) return undefined;
  const text = request.body?.toString('utf8') ?? '';
  try {
    const validationErrorString = check(text === '' ? '{}' : text);
    return validationErrorString === undefined ? undefined : failure('BAD_REQUEST_BODY', { validationErrorString });
  } catch (error) {
    if (!(error instanceof TimeExceeded)) throw error;
    const reason = `validating this body against the model's patterns takes more than ${boundedTime / 1000} s. Rewrite the patterns without nested repetitions`;
    return failure('API_CONFIGURATION_ERROR', { reason });
  }
};

const parseJson = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const isBlank = (value: string | undefined): boolean => value === undefined || value.trim() === '';
