import { code, create, type Exchange, type Mutation } from './mutation.ts';

const key = 'local-test-key-of-40-characters-01234567';
const withKey = { RequireApiKey: 'true' };
const keyed = { 'ApiKey|Properties|Value': key };
const sent = { 'x-api-key': key };
const method = 'CreateItemMethod|Properties';
const stage = 'Stage|Properties|MethodSettings';
const settings = (rate: number, burst: number, path = '/*', verb = '*') => ({
  HttpMethod: verb,
  ResourcePath: path,
  ThrottlingRateLimit: rate,
  ThrottlingBurstLimit: burst,
});
const list = (status: number, headers: Exchange['headers'] = {}): Exchange => ({ request: 'GET /items', headers, status });
const answering = (source: string): Record<string, string> => ({
  [code('CreateItem')]: `exports.lambda_handler = ${source}`,
});

export const gateway: readonly Mutation[] = [
  {
    what: 'an enhanced security policy without an access mode',
    edit: { 'RestApi|Properties|EndpointAccessMode': null },
    rejected: { code: 'INVALID_PROPERTY', message: /RestApi.*EndpointAccessMode is missing, which the SecurityPolicy/ },
  },
  {
    what: 'the validator removed: the function itself rejects, in its own words',
    edit: { [`${method}|RequestValidatorId`]: null },
    requests: [{ ...create(400, /urn:items-api:problem:invalid-item/), body: '[1]' }],
  },
  {
    what: 'a model tightened',
    edit: { 'ItemModel|Properties|Schema|required': ['price'] },
    requests: [create(400, /urn:items-api:problem:invalid-body/), list(200)],
  },
  {
    what: 'a misspelt keyword in a model',
    edit: { 'ItemModel|Properties|Schema|requierd': ['price'] },
    rejected: {
      code: 'INVALID_PROPERTY',
      message: /ItemModel.*Unsupported keyword\(s\): \["requierd"\].*: correct or remove them/,
    },
  },
  {
    what: 'a keyword of another draft deep in a model',
    edit: { 'ItemModel|Properties|Schema|properties': { id: { const: 'a' } } },
    rejected: { code: 'INVALID_PROPERTY', message: /ItemModel.*\["const"\], found at properties\.id\.const/ },
  },
  {
    what: 'a required header',
    edit: { [`${method}|RequestParameters`]: { 'method.request.header.X-Client': true } },
    requests: [
      create(400, /invalid-request-parameters.*Missing required request parameters: \[X-Client\]/s),
      create(201, undefined, { 'X-Client': 'a' }),
    ],
  },
  {
    what: 'a method removed',
    edit: { CreateItemMethod: null },
    requests: [create(403, /missing-authentication-token/), list(200)],
  },
  {
    what: 'AWS_IAM, unsigned',
    parameters: { AuthorizationType: 'AWS_IAM' },
    requests: [
      create(403, /missing-authentication-token/),
      { request: 'OPTIONS /items', headers: { Origin: 'https://a.example' }, status: 204 },
    ],
  },
  {
    what: 'AWS_IAM, with a key that nobody has',
    parameters: { AuthorizationType: 'AWS_IAM' },
    requests: [
      create(403, /The security token included in the request is invalid/, {
        'X-Amz-Date': new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
        Authorization: `AWS4-HMAC-SHA256 Credential=AKIANOBODYNOBODYNOBO/${new Date().toISOString().slice(0, 10).replaceAll('-', '')}/us-east-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, Signature=00`,
      }),
    ],
  },
  {
    what: 'a user pool without its keys',
    parameters: {
      AuthorizationType: 'COGNITO_USER_POOLS',
      UserPoolArn: 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Example',
    },
    rejected: { code: 'INVALID_PARAMETER', message: /COGNITO_USER_POOLS.*--jwks/s },
  },
  {
    what: 'an API key that is missing or unknown',
    edit: keyed,
    parameters: withKey,
    requests: [
      create(403, /invalid-api-key/),
      create(403, /invalid-api-key/, { 'x-api-key': 'another' }),
      create(201, undefined, sent),
    ],
  },
  {
    what: 'an API key that is disabled',
    edit: { ...keyed, 'ApiKey|Properties|Enabled': false },
    parameters: withKey,
    requests: [create(403, /invalid-api-key/, sent)],
  },
  {
    what: 'an API key without a plan',
    edit: { ...keyed, UsagePlanKey: null },
    parameters: withKey,
    requests: [create(403, /invalid-api-key/, sent)],
  },
  {
    what: 'a plan for no stage',
    edit: { ...keyed, 'UsagePlan|Properties|ApiStages': null },
    parameters: withKey,
    requests: [create(403, /invalid-api-key/, sent)],
  },
  {
    what: 'a quota of two',
    edit: { ...keyed, 'UsagePlan|Properties|Quota': { Limit: 2, Period: 'MONTH' } },
    parameters: withKey,
    requests: [create(201, undefined, sent), list(200, sent), create(429, /quota-exceeded/, sent)],
  },
  {
    what: "a plan's throttle of one",
    edit: { ...keyed, 'UsagePlan|Properties|Throttle': { RateLimit: 0.001, BurstLimit: 1 } },
    parameters: withKey,
    requests: [create(201, undefined, sent), create(429, /too-many-requests/, sent)],
  },
  {
    what: "the stage's throttle at one",
    edit: { [stage]: [settings(0.001, 1)] },
    requests: [create(201), create(429, /too-many-requests/)],
  },
  {
    what: 'a throttle of one method',
    edit: { [stage]: [settings(100, 100), settings(0, 0, '/items', 'POST')] },
    requests: [create(429, /too-many-requests/), list(200)],
  },
  {
    what: 'an integration that is given no time',
    edit: {
      ...answering('() => new Promise((resolve) => setTimeout(resolve, 5000))'),
      [`${method}|Integration|TimeoutInMillis`]: 50,
    },
    requests: [create(504, /Endpoint request timed out/)],
  },
  {
    what: 'an integration that asks Lambda by GET',
    edit: { [`${method}|Integration|IntegrationHttpMethod`]: 'GET' },
    warning: /POST \/items returns 500, as on AWS, since Integration.IntegrationHttpMethod is GET/,
    requests: [create(500)],
  },
  {
    what: 'a function that is not there',
    edit: {
      [`${method}|Integration|Uri`]: {
        'Fn::Sub':
          'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:nobody/invocations',
      },
    },
    requests: [create(504, /integration-failure/)],
    log: /the function does not exist/,
  },
  {
    what: 'a deployment that waits for no method',
    edit: { 'DeploymentNone|DependsOn': null },
    rejected: { code: 'RESOURCE_FAILED', message: /Deployment\w+.*(doesn't contain any methods|No integration)/ },
  },
  {
    what: 'a preflight of another content type, with passthrough NEVER',
    requests: [
      {
        request: 'OPTIONS /items',
        headers: { 'Content-Type': 'text/plain' },
        status: 415,
        answer: /unsupported-content-type/,
      },
    ],
  },
  {
    what: 'no gateway responses',
    edit: { Default4xxResponse: null, BadRequestBodyResponse: null },
    requests: [{ ...create(400, /^\{"message":"Invalid request body"\}$/), body: '[1]' }],
  },
  {
    what: 'a gateway response that takes over another status',
    edit: { 'BadRequestBodyResponse|Properties|StatusCode': '422' },
    requests: [{ ...create(422, /invalid-body/), body: '[1]' }],
  },
  {
    what: 'output that is a bare string',
    edit: answering("async () => 'lost'"),
    requests: [create(502, /server-error/)],
    log: /Malformed Lambda proxy response: it is not an object/,
  },
  {
    what: 'output with an unknown key',
    edit: answering('async () => ({ statusCode: 200, status: 200 })'),
    requests: [create(502)],
    log: /unknown key status/,
  },
  {
    what: 'output with a body that is no string',
    edit: answering('async () => ({ statusCode: 200, body: { a: 1 } })'),
    requests: [create(502)],
    log: /body is not a string/,
  },
  {
    what: 'a gateway response with an informational status',
    edit: { 'BadRequestBodyResponse|Properties|StatusCode': '100' },
    rejected: { code: 'INVALID_PROPERTY', message: /BadRequestBodyResponse.*StatusCode/ },
  },
  {
    what: 'an integration that API Gateway has and the twin does not',
    edit: { [`${method}|Integration|Type`]: 'HTTP_PROXY' },
    rejected: {
      code: 'UNSUPPORTED_PROPERTY',
      message:
        /CreateItemMethod.*Integration\.Type is "HTTP_PROXY", which the local twin does not support; it supports AWS, AWS_PROXY, MOCK \(see "Known differences"/,
    },
  },
  {
    what: 'a cache of the stage, which the twin does not simulate',
    edit: {
      'Stage|Properties|CacheClusterEnabled': true,
      [stage]: [{ HttpMethod: '*', ResourcePath: '/*', CachingEnabled: true }],
    },
    warning: /^The stage Stage \(\w+\) of .*: caching is not simulated: every request reaches its integration/,
    requests: [list(200)],
  },
  {
    what: 'a property that API Gateway has and the twin does not',
    edit: { 'RestApi|Properties|CloneFrom': 'a1b2c3d4e5' },
    rejected: { code: 'UNSUPPORTED_PROPERTY', message: /RestApi.*CloneFrom is not supported/ },
  },
];
