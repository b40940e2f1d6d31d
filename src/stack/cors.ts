import type { Stack } from 'aws-cdk-lib';
import { CfnMethod, type CfnResource, type CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type Operation, operations } from '../contract/operations.ts';

/** Adds the method that answers OPTIONS on a resource from the gateway itself. */
export const addPreflight = (
  stack: Stack,
  id: string,
  restApi: CfnRestApi,
  resource: CfnResource,
  methods: readonly string[],
): CfnMethod => {
  const headers = {
    'Access-Control-Allow-Methods': `'${[...methods, 'OPTIONS'].join()}'`,
    'Access-Control-Allow-Headers': `'${allowedHeaders.join()}'`,
  };
  const parameter = (name: string): string => `method.response.header.${name}`;
  return new CfnMethod(stack, id, {
    restApiId: restApi.ref,
    resourceId: resource.ref,
    httpMethod: 'OPTIONS',
    authorizationType: 'NONE',
    apiKeyRequired: false,
    integration: {
      type: 'MOCK',
      passthroughBehavior: 'NEVER',
      requestTemplates: { 'application/json': '{"statusCode":204}' },
      integrationResponses: [
        {
          statusCode: '204',
          responseParameters: Object.fromEntries(Object.entries(headers).map(([name, value]) => [parameter(name), value])),
          responseTemplates: { 'application/json': allowOriginTemplate },
        },
      ],
    },
    methodResponses: [
      {
        statusCode: '204',
        responseParameters: Object.fromEntries(
          ['Access-Control-Allow-Origin', ...Object.keys(headers)].map((name) => [parameter(name), false]),
        ),
      },
    ],
  });
};

/** Content, signatures, tokens, keys, an id that joins logs, and what operations read. */
const allowedHeaders = [
  'Content-Type',
  'Authorization',
  'X-Amz-Date',
  'X-Amz-Security-Token',
  'X-Amz-Content-Sha256',
  'X-Api-Key',
  'X-Correlation-Id',
  ...new Set(operations.flatMap((operation: Operation) => operation.headers ?? [])),
];

/**
 * The headers that no method response has to declare. Which origins are allowed is a stage variable, so that it is no part of
 * deployments; `any` stands for `*`, which a stage variable cannot hold. All on one line, as a 204 has no body. Browsers that
 * speak HTTP/2 send header names in lower case; `$input.params("Origin")` would look into the query string first.
 */
const allowOriginTemplate = [
  '#set($context.responseOverride.header.Access-Control-Max-Age = "7200")',
  '#set($context.responseOverride.header.Vary = "Origin")',
  '#set($h = $input.params().header)#set($from = "$!h.Origin$!h.origin")#set($to = "")',
  '#foreach($one in $stageVariables.allowedOrigins.split(","))',
  '#if($one == "any")#set($to = "*")#elseif($one == $from)#set($to = $from)#end',
  '#end',
  '#if($to != "")#set($context.responseOverride.header.Access-Control-Allow-Origin = $to)#end',
].join('');
