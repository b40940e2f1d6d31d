import { allowedHeaders, preflightMaxAge } from '../contract/parameters.ts';
import { join, type Properties, type Resource, type Resources, ref } from './cloudformation.ts';
import { commented } from './comment.ts';
import { apiPaths, resourceId } from './paths.ts';

/** Returns the logical id of the method that responds to preflight requests for a path. */
export const preflightId = (name: string): string => `${name}OptionsMethod`;

/** Returns, for each path, the method that responds to OPTIONS without an integration. */
export const preflightMethods = (): Resources =>
  Object.fromEntries(
    apiPaths().map(({ name, path, operations: own }, index) => {
      const method: Resource = {
        Type: 'AWS::ApiGateway::Method',
        Properties: preflight(
          path,
          own.map((operation) => operation.method),
        ),
      };
      return [preflightId(name), index === 0 ? commented(preflightComment, method) : method];
    }),
  );

const preflightComment = `CORS preflight: API Gateway responds, no function runs. The allowed origins are a stage variable, so that a change of AllowedOrigins needs no new deployment. A stage variable cannot contain *, so its value for all origins is "any". The template reads Origin and origin, because header names are in lower case over HTTP/2.`;

const preflight = (path: string, methods: readonly string[]): Properties => {
  const headers = {
    'Access-Control-Allow-Methods': `'${[...methods, 'OPTIONS'].join(', ')}'`,
    'Access-Control-Allow-Headers': `'${allowedHeaders.join(', ')}'`,
  };
  const parameter = (name: string): string => `method.response.header.${name}`;
  return {
    RestApiId: ref('RestApi'),
    ResourceId: ref(resourceId(path)),
    HttpMethod: 'OPTIONS',
    AuthorizationType: 'NONE',
    ApiKeyRequired: false,
    Integration: {
      Type: 'MOCK',
      PassthroughBehavior: 'NEVER',
      RequestTemplates: { 'application/json': '{"statusCode":204}' },
      IntegrationResponses: [
        {
          StatusCode: '204',
          ResponseParameters: Object.fromEntries(Object.entries(headers).map(([name, value]) => [parameter(name), value])),
          ResponseTemplates: { 'application/json': join('', allowOrigin) },
        },
      ],
    },
    MethodResponses: [
      {
        StatusCode: '204',
        ResponseParameters: Object.fromEntries(
          ['Access-Control-Allow-Origin', ...Object.keys(headers)].map((name) => [parameter(name), false]),
        ),
      },
    ],
  };
};

/**
 * Sets the headers that no method response declares. The lines are joined without line breaks, because a 204 has no body and a
 * line break would be one. `$input.params("Origin")` would search the query string first.
 */
const allowOrigin = [
  `#set($context.responseOverride.header.Access-Control-Max-Age = "${preflightMaxAge}")`,
  '#set($context.responseOverride.header.Vary = "Origin")',
  '#set($headers = $input.params().header)',
  '#set($origin = "$!headers.Origin$!headers.origin")',
  '#set($allowed = "")',
  '#foreach($one in $stageVariables.allowedOrigins.split(","))',
  '#if($one == "any")#set($allowed = "*")',
  '#elseif($one == $origin)#set($allowed = $origin)',
  '#end',
  '#end',
  '#if($allowed != "")',
  '#set($context.responseOverride.header.Access-Control-Allow-Origin = $allowed)',
  '#end',
];
