import { Fn, type Stack } from 'aws-cdk-lib';
import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
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
  for (const [index, operation] of operations.entries()) {
    const path = `lambda/\${AWS::StackName}-${operation.handler}`;
    const logGroup = addLogGroup(stack, surroundings.parameters, `${operation.name}LogGroup`, path);
    if (index === 0) comment(logGroup, functionsComment);
    const role = addRole(stack, operation, surroundings.table);
    addFunction(stack, operation, surroundings, { role, logGroup: logGroup.ref, sharedCode });
  }
};

const functionsComment = `Functions: for each operation a log group, a role and a function. A role allows what its operation does to the table
and nothing else; the interfaces that Lambda makes in the VPC with that role are denied to the function's own code`;

const addRole = (stack: Stack, { name, actions }: Operation, table: CfnTable): CfnRole =>
  new CfnRole(stack, `${name}Role`, {
    assumeRolePolicyDocument: trust('lambda.amazonaws.com'),
    // Lambda refuses active tracing to a role that may not write traces.
    managedPolicyArns: [
      managedPolicy('service-role/AWSLambdaVPCAccessExecutionRole'),
      managedPolicy('AWSXRayDaemonWriteAccess'),
    ],
    policies: [
      {
        policyName: name,
        policyDocument: policyDocument(
          { Effect: 'Allow', Action: actions, Resource: table.attrArn },
          {
            Effect: 'Deny',
            Action: 'ec2:*',
            Resource: '*',
            Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
          },
        ),
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
    functionName: stackName(operation.handler),
    description: operation.description,
    runtime: edition.runtime,
    architectures: ['arm64'],
    handler: 'index.lambda_handler',
    role: role.attrArn,
    memorySize: parameters.MemorySize.valueAsNumber,
    timeout: 30,
    environment: {
      variables: { TABLE_NAME: table.ref, ALLOWED_ORIGINS: Fn.join(',', parameters.AllowedOrigins.valueAsList) },
    },
    vpcConfig: {
      subnetIds: network.zones.map(({ privateSubnet }) => privateSubnet.ref),
      securityGroupIds: [securityGroup.ref],
    },
    tracingConfig: { mode: 'Active' },
    loggingConfig: { logFormat: 'JSON', logGroup },
    code: { zipFile: inlineCode(edition, operation, sharedCode) },
  });
