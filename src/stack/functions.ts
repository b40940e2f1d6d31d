import { Aws, Fn, type Stack } from 'aws-cdk-lib';
import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { type Operation, operations } from '../contract/operations.ts';
import { addSharedCode, inlineCode } from './code.ts';
import { comment } from './comment.ts';
import type { Conditions } from './conditions.ts';
import type { Edition } from './edition.ts';
import { keyStatement } from './encryption.ts';
import { addLogGroup } from './logs.ts';
import { stackName } from './names.ts';
import type { Network } from './network.ts';
import type { Parameters } from './parameters.ts';
import { managedPolicy, ownAccount, policyDocument, trust } from './policies.ts';

/** What every function of a stack needs. */
export interface FunctionSurroundings {
  readonly edition: Edition;
  readonly parameters: Parameters;
  readonly conditions: Conditions;
  readonly network: Network;
  readonly securityGroup: CfnSecurityGroup;
  readonly table: CfnTable;
}

/** Adds, for each operation, a log group, a role and a function: `<Operation>LogGroup`, `…Role`, `…Function`. */
export const addFunctions = (stack: Stack, surroundings: FunctionSurroundings): void => {
  const sharedCode = addSharedCode(stack, surroundings.edition);
  const sharedPolicy = comment(addSharedPolicy(stack, surroundings), functionsComment);
  for (const operation of operations) {
    const logName = Fn.join('-', [Fn.sub('/aws/lambda/${AWS::StackName}'), operation.name]);
    const logGroup = addLogGroup(stack, surroundings, operation.name, logName);
    const role = addRole(stack, operation, surroundings, sharedPolicy.ref);
    addFunction(stack, operation, surroundings, { role, logGroup: logGroup.ref, sharedCode });
  }
};

const functionsComment = `Operations: a log group, a role, a function, its method and alarms for each. A role allows what its operation does to
the table and nothing else; what Lambda does to the VPC with that role is denied to the function's own code`;

/** Adds what the roles of all functions have in common: tracing, the table's key, and what is denied to all. */
const addSharedPolicy = (stack: Stack, { parameters, conditions }: FunctionSurroundings): CfnManagedPolicy =>
  new CfnManagedPolicy(stack, 'FunctionPolicy', {
    description: 'For all functions of the Items API',
    policyDocument: policyDocument(
      // Lambda refuses active tracing to a role that may not write traces. X-Ray knows no resources.
      { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' },
      keyStatement(parameters, conditions),
      {
        Effect: 'Deny',
        // Lambda itself is denied to make a log group anew after the stack's is gone, when the last lines arrive.
        Action: ['ec2:*', 'logs:CreateLogGroup'],
        Resource: '*',
        Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
      },
    ),
  });

const addRole = (
  stack: Stack,
  { name, actions }: Operation,
  { table, network }: FunctionSurroundings,
  sharedPolicy: string,
): CfnRole =>
  new CfnRole(stack, `${name}Role`, {
    // Documented for few services; Lambda is one that says for which account it assumes a role.
    assumeRolePolicyDocument: trust('lambda.amazonaws.com', ownAccount),
    managedPolicyArns: [managedPolicy('service-role/AWSLambdaVPCAccessExecutionRole'), sharedPolicy],
    policies: [
      {
        policyName: name,
        policyDocument: policyDocument({
          Effect: 'Allow',
          Action: actions,
          Resource: table.attrArn,
          // Credentials that leave the VPC are of no use.
          Condition: { StringEquals: { 'aws:SourceVpc': network.vpc.ref } },
        }),
      },
    ],
  });

const addFunction = (
  stack: Stack,
  operation: Operation,
  { edition, parameters, conditions, network, securityGroup, table }: FunctionSurroundings,
  { role, logGroup, sharedCode }: { role: CfnRole; logGroup: string; sharedCode: string },
): CfnFunction =>
  new CfnFunction(stack, `${operation.name}Function`, {
    functionName: stackName(operation.name),
    description: operation.description,
    runtime: edition.runtime,
    architectures: ['arm64'],
    handler: 'index.lambda_handler',
    role: role.attrArn,
    memorySize: parameters.MemorySize.valueAsNumber,
    timeout: 30,
    reservedConcurrentExecutions: Fn.conditionIf(
      conditions.HasReservedConcurrency.logicalId,
      parameters.ReservedConcurrency.valueAsString,
      Fn.ref('AWS::NoValue'),
    ) as unknown as number,
    environment: {
      variables: {
        TABLE_NAME: table.ref,
        ALLOWED_ORIGINS: Fn.join(',', parameters.AllowedOrigins.valueAsList),
        URL_SUFFIX: Aws.URL_SUFFIX,
      },
    },
    vpcConfig: {
      subnetIds: network.zones.map(({ privateSubnet }) => privateSubnet.ref),
      securityGroupIds: [securityGroup.ref],
    },
    tracingConfig: { mode: 'Active' },
    loggingConfig: { logFormat: 'JSON', logGroup },
    code: { zipFile: inlineCode(edition, operation, sharedCode) },
  });
