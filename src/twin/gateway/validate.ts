import Ajv from 'ajv-draft-04';
import { bounded, boundedTime, isQuick, TimeExceeded } from '../../cloudformation/bounded.ts';
import { LocalError } from '../../cloudformation/errors.ts';
import type { MethodConfiguration, ModelConfiguration, RequestValidatorConfiguration } from './configuration.ts';
import { type Failure, failure } from './failure.ts';
import { formats } from './formats.ts';
import { type HttpRequest, headerValue, mediaType, parseQuery } from './http.ts';
import { parseModelSchema, patternsOf, refusingInvalid } from './model-schema.ts';
import { validationMessage } from './validation-message.ts';

/** Checks a request; undefined if it passes. */
export type RequestCheck = (request: HttpRequest, pathParameters: Readonly<Record<string, string>>) => Failure | undefined;

/**
 * Checks a JSON text against a model; undefined if it passes, else what `$context.error.validationErrorString` says. Throws
 * TimeExceeded if patterns take too long.
 */
export type ModelCheck = (text: string) => string | undefined;

/**
 * Prepares the models of an API. They are JSON Schema draft 4 and may refer to each other by
 * `https://apigateway.amazonaws.com/restapis/{apiId}/models/{name}`.
 */
export const compileModels = (apiId: string, models: Iterable<ModelConfiguration>): ReadonlyMap<string, ModelCheck> => {
  // The validator behind API Gateway knows ECMA 262 regular expressions without the u flag. Keywords are checked by then.
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
    refusingInvalid(name, () => ajv.addSchema(parsed, uri));
  }
  return new Map(
    [...uris].map(([name, uri]) => {
      const validate = refusingInvalid(name, () => ajv.getSchema(uri));
      return [
        name,
        (text) => {
          const parsed = parseJson(text);
          if (parsed === undefined) {
            return 'Unable to parse the request body as JSON';
          }
          const check = (): boolean => validate?.(parsed.value) !== false;
          // Nearly all patterns are quick for the bodies that clients send, and need not pay for a bound.
          const passes = patterns.every((pattern) => isQuick(pattern, text.length)) ? check() : bounded(check);
          return passes ? undefined : validationMessage(validate?.errors ?? []);
        },
      ];
    }),
  );
};

/** Prepares what a method's request validator holds requests against. Parameters come before the body, as recorded. */
export const compileRequestCheck = (
  method: MethodConfiguration,
  validator: RequestValidatorConfiguration | undefined,
  models: ReadonlyMap<string, ModelCheck>,
): RequestCheck => {
  const checkParameters = validator?.validateRequestParameters ? compileParameterCheck(method) : undefined;
  const checkBody = validator?.validateRequestBody ? compileBodyCheck(method, models) : undefined;
  return (request, pathParameters) => checkParameters?.(request, pathParameters) ?? checkBody?.(request, pathParameters);
};

/** The parts of a request that a request validator looks at. */
export interface CheckedParts {
  /** Names of the parameters that a request must have. */
  readonly parameters: readonly string[];
  /** Model names by content type, `$default` among these; absent if bodies are not validated. */
  readonly models?: Readonly<Record<string, string>>;
}

export const checkedParts = (
  { requestParameters, requestModels }: MethodConfiguration,
  { validateRequestParameters, validateRequestBody }: RequestValidatorConfiguration,
): CheckedParts => ({
  parameters: validateRequestParameters
    ? Object.entries(requestParameters).flatMap(([parameter, isRequired]) =>
        isRequired ? parameterParts(parameter).name : [],
      )
    : [],
  ...(validateRequestBody && { models: requestModels }),
});

const compileParameterCheck = (method: MethodConfiguration): RequestCheck | undefined => {
  const required = Object.entries(method.requestParameters)
    .filter(([, isRequired]) => isRequired)
    .map(([parameter]) => parameterParts(parameter));
  const namesIn = (location: string): string[] =>
    required.filter((one) => one.location === location).map(({ name }) => name);
  const [headers, paths, queries] = [namesIn('header'), namesIn('path'), namesIn('querystring')];
  return required.length === 0
    ? undefined
    : (request, pathParameters) => {
        const query = queries.length > 0 ? parseQuery(request.query) : [];
        // "Included and not blank", says the documentation of request validation.
        const missing = [
          ...headers.filter((name) => isBlank(headerValue(request.headers, name))),
          ...paths.filter((name) => isBlank(pathParameters[name])),
          ...queries.filter((name) => isBlank(query.findLast(([key]) => key === name)?.[1])),
        ];
        return missing.length === 0
          ? undefined
          : failure('BAD_REQUEST_PARAMETERS', { message: `Missing required request parameters: [${missing.join(', ')}]` });
      };
};

/** Splits `method.request.header.X-Name`. */
export const parameterParts = (parameter: string): { location: string; name: string } => {
  const [, location, name] = /^method\.request\.(header|path|querystring)\.(.+)$/.exec(parameter) ?? [];
  if (location === undefined || name === undefined) {
    throw new LocalError(
      'INVALID_PROPERTY',
      `RequestParameters: ${parameter} is not method.request.header.NAME, method.request.path.NAME or method.request.querystring.NAME`,
    );
  }
  return { location, name };
};

/**
 * "If no matching content type is found, request validation is not performed"; without the header, "API Gateway defaults to
 * application/json". Parameters and case of the type are ignored, as for binary media types; that is documented nowhere.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
const compileBodyCheck = (method: MethodConfiguration, models: ReadonlyMap<string, ModelCheck>): RequestCheck => {
  const checks = new Map(
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
  return (request) => {
    const contentType = mediaType(headerValue(request.headers, 'Content-Type') ?? 'application/json');
    const check = checks.get(contentType) ?? checks.get('$default');
    if (check === undefined) {
      return undefined;
    }
    const text = request.body?.toString('utf8') ?? '';
    try {
      const validationErrorString = check(text === '' ? '{}' : text);
      return validationErrorString === undefined ? undefined : failure('BAD_REQUEST_BODY', { validationErrorString });
    } catch (error) {
      if (!(error instanceof TimeExceeded)) throw error;
      const reason = `the patterns of the model take more than ${boundedTime / 1000} s on this body: rewrite them, without repetitions within repetitions`;
      return failure('API_CONFIGURATION_ERROR', { reason });
    }
  };
};

const parseJson = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const isBlank = (value: string | undefined): boolean => value === undefined || value.trim() === '';
