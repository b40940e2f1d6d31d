import { invalidProperty, LocalError } from '../../cloudformation/errors.ts';
import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import { denial } from '../iam/decide.ts';
import { type Identity, roleSession } from '../iam/identity.ts';
import type { Iam } from '../iam/index.ts';
import { trusts } from '../iam/trust.ts';

/** Settings of a function that require permissions of its role, in addition to those of its code. */
export interface ExecutionRoleNeeds {
  readonly inVpc: boolean;
  readonly tracing: 'Active' | 'PassThrough';
}

/**
 * Rejects a role as CreateFunction does: it does not exist, Lambda cannot assume it, or it does not allow Lambda to manage
 * network interfaces (VPC) or to send traces (active tracing). As on AWS, policies attached later are not considered: the
 * function needs DependsOn.
 */
export const checkExecutionRole = (
  iam: Iam,
  roleArn: string,
  { inVpc, tracing }: ExecutionRoleNeeds,
  stack: StackIdentity,
): void => {
  const role = iam.roles.get(roleArn);
  if (role === undefined) {
    const message = `property Role: there is no role ${roleArn} in this stack; declare one and refer to its Arn`;
    throw new LocalError('UNRESOLVED_REFERENCE', message);
  }
  const reject = (problem: string, remedy: string): never => {
    throw invalidProperty('Role', `(${roleArn}): ${problem}. ${remedy}`);
  };
  if (!trusts(role.assumeRolePolicyDocument, 'lambda.amazonaws.com')) {
    const remedy = 'Allow sts:AssumeRole to the Service lambda.amazonaws.com in its AssumeRolePolicyDocument';
    reject('The role defined for the function cannot be assumed by Lambda', remedy);
  }
  // Lambda itself makes these calls, not the code of the function: the request does not contain lambda:SourceFunctionArn.
  const identity = roleSession(role, iam.managedPolicies, { sessionName: 'awslambda' });
  const needs = [...(inVpc ? interfaceActions(stack) : []), ...(tracing === 'Active' ? traceActions : [])];
  for (const { action, service, resource, policy } of needs) {
    if (denial(identity, { action, resource, region: stack.region }) === undefined) continue;
    reject(
      `The provided execution role does not have permissions to call ${action.replace(/^.*:/, '')} on ${service}`,
      `Attach ${policy} to it before the function is created (DependsOn, if a policy is a resource of its own)`,
    );
  }
};

/** Returns true if the role allows Lambda to write to the log group. If not, the function runs, and its log lines are lost. */
export const mayWriteLogs = (
  { sourceFunctionArn: _, ...lambda }: Identity,
  logGroup: string,
  { partition, region, accountId }: Pick<StackIdentity, 'partition' | 'region' | 'accountId'>,
): boolean => {
  const resource = `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup}:log-stream:any`;
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].every(
    // Lambda writes on behalf of the function: the request does not contain lambda:SourceFunctionArn.
    (action) => denial(lambda, { action, resource, region }) === undefined,
  );
};

const interfaceActions = ({ partition, region, accountId }: StackIdentity) =>
  (
    [
      // A statement can name the interfaces of the account. Describe actions support no resources.
      ['CreateNetworkInterface', `arn:${partition}:ec2:${region}:${accountId}:network-interface/eni-0`],
      ['DescribeNetworkInterfaces', '*'],
      ['DeleteNetworkInterface', `arn:${partition}:ec2:${region}:${accountId}:network-interface/eni-0`],
    ] as const
  ).map(([name, resource]) => ({
    action: `ec2:${name}`,
    service: 'EC2',
    resource,
    policy: 'AWSLambdaVPCAccessExecutionRole',
  }));

const traceActions = [
  { action: 'xray:PutTraceSegments', service: 'XRAY', resource: '*', policy: 'AWSXRayDaemonWriteAccess' },
] as const;
