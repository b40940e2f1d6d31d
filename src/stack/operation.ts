import type { Operation } from '../contract/operations.ts';
import { getAtt, join, type Properties, ref, sub, type Value, when } from './cloudformation.ts';
import type { Edition } from './code/edition.ts';
import { zipFile } from './code/zip-file.ts';
import { commented } from './comment.ts';
import type { Group } from './group.ts';
import { logGroup } from './logs.ts';
import { resourceId } from './paths.ts';
import { managedPolicy, ownAccount, serviceRole } from './policies.ts';
import { tags } from './tags.ts';

/*
 * Everything that an operation owns. Its logical ids begin with its name; other files learn from here how to refer to it.
 */

export const functionId = ({ name }: Operation): string => `${name}Function`;
export const roleId = ({ name }: Operation): string => `${name}Role`;
export const logGroupId = ({ name }: Operation): string => `${name}LogGroup`;
export const methodId = ({ name }: Operation): string => `${name}Method`;

/** The DynamoDB calls of an operation as metrics name them: `PutItem` for dynamodb:PutItem. */
export const tableCalls = (operation: Operation): string[] =>
  operation.actions.map((action) => action.replace('dynamodb:', ''));

/** The name of an operation's function. It stays the same for the life of a stack, so that no deployment refers to an old one. */
export const functionName = ({ name }: Operation): Properties => sub(`\${AWS::StackName}-${name}`);

/** The log group, role, function, permission and method of an operation. */
export const operationGroup = (operation: Operation, edition: Edition): Group => {
  const { name, method, path } = operation;
  return {
    heading: `${name}: ${method} ${path}`,
    resources: {
      [logGroupId(operation)]: logGroup(sub(`/aws/lambda/\${AWS::StackName}-${name}`)),
      [roleId(operation)]: role(operation),
      [functionId(operation)]: { Type: 'AWS::Lambda::Function', Properties: lambdaFunction(operation, edition) },
      [`${name}Permission`]: { Type: 'AWS::Lambda::Permission', Properties: permission(operation) },
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
          Resource: getAtt('ItemsTable', 'Arn'),
          Condition: { StringEquals: { 'aws:SourceVpc': ref('Vpc') } },
        },
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
      TABLE_NAME: ref('ItemsTable'),
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
  ...(operation.model && {
    RequestModels: commented('A body of another type reaches the function, which responds with 415.', {
      'application/json': ref(`${operation.model}Model`),
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
