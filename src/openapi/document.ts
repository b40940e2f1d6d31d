import { entities, wordsOf } from '../contract/entities.ts';
import { correlationId, idParameter, type Parameter, queryParameters, requestHeaders } from '../contract/parameters.ts';
import { type ResponseHeader, responseHeaders } from '../contract/responses.ts';
import { indexParameter, paths } from './operations.ts';
import { commonResponses, problemExamples } from './problem-responses.ts';
import { schemas } from './schemas.ts';
import type { Components, Json, OpenApiDocument } from './types.ts';

/** Returns the OpenAPI document of the contract. `version` is the version of the package. */
export const openApiDocument = (version: string): OpenApiDocument => ({
  openapi: '3.1.1',
  info: {
    title: 'Items API',
    version,
    summary: 'Create, read, replace, delete and list items: JSON objects of any attributes.',
    description,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers,
  security,
  tags: entities.map(({ path: name, description: text }) => ({ name, description: text })),
  paths: paths(),
  components: {
    schemas,
    parameters: parameters(),
    headers: headers(),
    responses: commonResponses(),
    examples: problemExamples(),
    securitySchemes,
  },
});

const description = `**Optimistic locking.** Every response with an item has its entity tag in \`ETag\`. Send it back in \`If-Match\` with PUT and DELETE: if another client has written the item meanwhile, the response is 412 and nothing is changed.

**Repeating requests.** Repeat after 429, 503 and a lost connection, with exponential backoff and jitter, not before \`Retry-After\`. GET can always be repeated, and POST with an \`Idempotency-Key\`, also after 500 and 504. A PUT or DELETE that got 500, 503, 504 or no response may have been applied: read the item before you repeat it. With \`If-Match\` a repetition does no harm, but gets 412 or 404 if the first attempt was applied.

**Problems.** Every error is a problem (RFC 9457) of type \`application/problem+json\`. Decide by \`type\`; \`detail\` names the attribute, parameter or header and the remedy. A path or method that does not exist is 403 \`missing-authentication-token\`, as API Gateway has it.

**Numbers.** They come back as they were sent, with up to 38 digits. \`JSON.parse\` of JavaScript rounds integers beyond 2^53: keep such numbers in strings, or parse the text of the response with a library that keeps them.

**Authorization** depends on how the API is deployed: none, AWS Signature Version 4 or a token of an Amazon Cognito user pool, each with or without an API key.`;

const servers: readonly Json[] = [
  {
    url: 'https://{apiId}.execute-api.{region}.amazonaws.com/{stage}',
    description: 'On AWS: the output ApiInvokeUrl of the stack',
    variables: {
      apiId: { default: 'a1b2c3d4e5', description: 'The output RestApiId' },
      region: { default: 'us-east-1', description: 'The region of the stack' },
      stage: { default: 'v1', description: 'The parameter StageName' },
    },
  },
  { url: 'http://127.0.0.1:3000/v1', description: 'The local twin: npm start' },
];

const securitySchemes: Components['securitySchemes'] = {
  sigv4: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'AWS Signature Version 4 for the service execute-api (AuthorizationType AWS_IAM).',
    'x-amazon-apigateway-authtype': 'awsSigv4',
  },
  token: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'An id token of the Cognito user pool, with or without "Bearer" (AuthorizationType COGNITO_USER_POOLS).',
    'x-amazon-apigateway-authtype': 'cognito_user_pools',
  },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'An API key of the usage plan (RequireApiKey true).',
  },
};

/** Each entry is one deployment option of the API. The schemes in an entry are required together. */
const security: OpenApiDocument['security'] = [
  {},
  { sigv4: [] },
  { token: [] },
  { apiKey: [] },
  { sigv4: [], apiKey: [] },
  { token: [], apiKey: [] },
];

const parameters = (): Components['parameters'] => ({
  id: { name: 'id', in: 'path', required: true, ...(idParameter as object) },
  ...parametersIn('query', queryParameters),
  ...indexParameters(),
  ...parametersIn('header', { ...requestHeaders, 'X-Correlation-Id': correlationId }),
});

/** Returns a query parameter for each attribute with an index. */
const indexParameters = (): Record<string, Json> =>
  Object.fromEntries(
    entities.flatMap((entity) =>
      (entity.indexes ?? []).map((attribute) => [
        indexParameter(entity, attribute),
        {
          name: attribute,
          in: 'query',
          description: `The \`${attribute}\` of the ${wordsOf(entity).many} to list, up to 1,024 bytes. The look-up is eventually consistent, and by one attribute.`,
          schema: { type: 'string', minLength: 1, maxLength: 1024 },
        },
      ]),
    ),
  );

const parametersIn = (where: string, all: Readonly<Record<string, Parameter>>): Record<string, Json> =>
  Object.fromEntries(Object.entries(all).map(([name, parameter]) => [name, { name, in: where, ...(parameter as object) }]));

const headers = (): Components['headers'] =>
  Object.fromEntries(
    Object.entries<ResponseHeader>(responseHeaders).map(([name, { optional, ...header }]) => [
      name,
      { ...header, ...(!optional && { required: true as const }) },
    ]),
  );
