import { Aws, Fn, type Stack } from 'aws-cdk-lib';
import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { type Operation, operations } from '../contract/operations.ts';
import { addSharedCode, inlineCode } from './code.ts';
import { comment } from './comment.ts';
import type { Edition } from './edition.ts';
import { addLogGroup } from './logs.ts';
import { stackName } from './names.ts';
import type { Network } from './network.ts';
import type { Parameters } from './parameters.ts';
import { managedPolicy, policyDocument, trust } from './policies.ts';

/** What every function of a stack needs. */
export interface FunctionSurroundings {
  readonly edition: Edition;
  readonly parameters: Parameters;
  readonly network: Network;
  readonly securityGroup: CfnSecurityGroup;
  readonly table: CfnTable;
}

/** Adds, for each operation, a log group, a role and a function: `<Operation>LogGroup`, `…Role`, `…Function`. */
export const addFunctions = (stack: Stack, surroundings: FunctionSurroundings): void => {
  const sharedCode = addSharedCode(stack, surroundings.edition);
  const sharedPolicy = comment(addSharedPolicy(stack), functionsComment);
  for (const operation of operations) {
    const logName = `/aws/lambda/\${AWS::StackName}-${operation.name}`;
    const logGroup = addLogGroup(stack, surroundings.parameters, `${operation.name}LogGroup`, logName);
    const role = addRole(stack, operation, surroundings.table, sharedPolicy.ref);
    addFunction(stack, operation, surroundings, { role, logGroup: logGroup.ref, sharedCode });
  }
};

const functionsComment = `Functions: for each operation a log group, a role and a function. A role allows what its operation does to the table
and nothing else; the interfaces that Lambda makes in the VPC with that role are denied to the function's own code`;

/** Adds what the roles of all functions have in common: it allows tracing, and denies the function's own code the network. */
const addSharedPolicy = (stack: Stack): CfnManagedPolicy =>
  new CfnManagedPolicy(stack, 'FunctionPolicy', {
    description: 'For all functions of the Items API',
    policyDocument: policyDocument(
      // Lambda refuses active tracing to a role that may not write traces. X-Ray knows no resources.
      { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' },
      { Effect: 'Deny', Action: 'ec2:*', Resource: '*', Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } } },
    ),
  });

const addRole = (stack: Stack, { name, actions }: Operation, table: CfnTable, sharedPolicy: string): CfnRole =>
  new CfnRole(stack, `${name}Role`, {
    assumeRolePolicyDocument: trust('lambda.amazonaws.com'),
    managedPolicyArns: [managedPolicy('service-role/AWSLambdaVPCAccessExecutionRole'), sharedPolicy],
    policies: [
      {
        policyName: name,
        policyDocument: policyDocument({ Effect: 'Allow', Action: actions, Resource: table.attrArn }),
      },
    ],
  });

const addFunction = (
  stack: Stack,
  operation: Operation,
  { edition, parameters, network, securityGroup, table }: FunctionSurroundings,
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
