import type { Entity } from '../contract/entities.ts';
import { type Operation, operations } from '../contract/operations.ts';
import { getAtt, join, type Properties, ref, sub, type Value, when } from './cloudformation.ts';
import type { Edition } from './code/edition.ts';
import { zipFile } from './code/zip-file.ts';
import { commented } from './comment.ts';
import type { Group } from './group.ts';
import { logGroup } from './logs.ts';
import { resourceId } from './paths.ts';
import { managedPolicy, ownAccount, serviceRole } from './policies.ts';
import { tableId } from './table.ts';
import { tags } from './tags.ts';

/* Everything that an operation owns. Its logical ids begin with its name; other files use these functions to refer to it. */

export const functionId = ({ name }: Operation): string => `${name}Function`;
export const roleId = ({ name }: Operation): string => `${name}Role`;
export const logGroupId = ({ name }: Operation): string => `${name}LogGroup`;
export const methodId = ({ name }: Operation): string => `${name}Method`;
export const permissionId = ({ name }: Operation): string => `${name}Permission`;
export const modelId = ({ name }: Entity): string => `${name}Model`;

/** Returns the DynamoDB calls of an operation as metrics name them: `PutItem` for dynamodb:PutItem. */
export const tableCalls = ({ actions, indexActions = [] }: Operation): string[] =>
  [...actions, ...indexActions].map((action) => action.replace('dynamodb:', ''));

/** Returns the calls of an entity's table, each once. */
export const callsOfTable = (entity: Entity): string[] => [
  ...new Set(operations.filter((operation) => operation.entity === entity).flatMap(tableCalls)),
];

/** Returns the ARNs of the indexes of an entity's table. */
export const indexArns = (entity: Entity): Properties => sub(`\${${tableId(entity)}.Arn}/index/*`);

/**
 * Returns the name of an operation's function. It never changes during the life of a stack, so no deployment refers to an old
 * one.
 */
export const functionName = ({ name }: Operation): Properties => sub(`\${AWS::StackName}-${name}`);

/** Returns the log group, role, function, permission and method of an operation. */
export const operationGroup = (operation: Operation, edition: Edition): Group => {
  const { name, method, path } = operation;
  return {
    heading: `${name}: ${method} ${path}`,
    resources: {
      [logGroupId(operation)]: logGroup(sub(`/aws/lambda/\${AWS::StackName}-${name}`)),
      [roleId(operation)]: role(operation),
      [functionId(operation)]: { Type: 'AWS::Lambda::Function', Properties: lambdaFunction(operation, edition) },
      [permissionId(operation)]: { Type: 'AWS::Lambda::Permission', Properties: permission(operation) },
      [methodId(operation)]: { Type: 'AWS::ApiGateway::Method', Properties: gatewayMethod(operation) },
    },
  };
};

const role = (operation: Operation) =>
  serviceRole('lambda.amazonaws.com', ownAccount, {
    description: `Execution role of ${operation.name}`,
    managedPolicies: [managedPolicy('service-role/AWSLambdaVPCAccessExecutionRole'), ref('FunctionPolicy')],
    policies: {
      [operation.name]: [
        {
          Sid: 'UseTableFromThisVpc',
          Effect: 'Allow',
          Action: one(operation.actions),
          Resource: getAtt(tableId(operation.entity), 'Arn'),
          Condition: { StringEquals: { 'aws:SourceVpc': ref('Vpc') } },
        },
        ...(operation.indexActions
          ? [
              {
                Sid: 'UseIndexesFromThisVpc',
                Effect: 'Allow',
                Action: one(operation.indexActions),
                Resource: indexArns(operation.entity),
                Condition: { StringEquals: { 'aws:SourceVpc': ref('Vpc') } },
              },
            ]
          : []),
        commented(
          'AWSLambdaVPCAccessExecutionRole allows every log group of the account. Deny all but the one of this function.',
          {
            Sid: 'NoOtherLogGroup',
            Effect: 'Deny',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            NotResource: getAtt(logGroupId(operation), 'Arn'),
          },
        ),
      ],
    },
  });

const one = (values: readonly string[]): Value => (values.length === 1 && values[0] !== undefined ? values[0] : values);

const lambdaFunction = (operation: Operation, edition: Edition): Properties => ({
  FunctionName: functionName(operation),
  Description: operation.description,
  Runtime: edition.runtime,
  Architectures: ['arm64'],
  Handler: 'index.lambda_handler',
  Role: getAtt(roleId(operation), 'Arn'),
  MemorySize: ref('MemorySize'),
  Timeout: 30,
  ReservedConcurrentExecutions: when('HasReservedConcurrency', ref('ReservedConcurrency')),
  Environment: {
    Variables: {
      TABLE_NAME: ref(tableId(operation.entity)),
      ALLOWED_ORIGINS: join(',', ref('AllowedOrigins')),
      URL_SUFFIX: ref('AWS::URLSuffix'),
    },
  },
  VpcConfig: {
    SubnetIds: [ref('PrivateSubnet1'), ref('PrivateSubnet2')],
    SecurityGroupIds: [ref('LambdaSecurityGroup')],
  },
  LoggingConfig: { LogFormat: 'JSON', LogGroup: ref(logGroupId(operation)) },
  TracingConfig: { Mode: 'Active' },
  Tags: tags,
  Code: { ZipFile: zipFile(edition, operation) },
});

const permission = (operation: Operation): Properties => ({
  FunctionName: ref(functionId(operation)),
  Action: 'lambda:InvokeFunction',
  Principal: 'apigateway.amazonaws.com',
  SourceAccount: ref('AWS::AccountId'),
  SourceArn: sub(
    `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${RestApi}/\${StageName}/${operation.method}${operation.path.replace(/\{\w+\}/g, '*')}`,
  ),
});

const gatewayMethod = (operation: Operation): Properties => ({
  RestApiId: ref('RestApi'),
  ResourceId: ref(resourceId(operation.path)),
  HttpMethod: operation.method,
  AuthorizationType: ref('AuthorizationType'),
  AuthorizerId: when('UsesCognito', ref('Authorizer')),
  ApiKeyRequired: ref('RequireApiKey'),
  ...(operation.hasModel && {
    RequestModels: commented('A body of another type reaches the function, which responds with 415.', {
      'application/json': ref(modelId(operation.entity)),
    }),
  }),
  RequestValidatorId: ref('RequestValidator'),
  Integration: {
    Type: 'AWS_PROXY',
    IntegrationHttpMethod: 'POST',
    Uri: sub(
      `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${functionId(operation)}.Arn}/invocations`,
    ),
  },
});
