import { LocalError } from '../../cloudformation/errors.ts';
import { type Identity, roleSession } from '../iam/identity.ts';
import type { Iam } from '../iam/index.ts';
import { trusts } from '../iam/trust.ts';
import { type Failure, failure } from './failure.ts';

/**
 * Prepares the role of an integration (`Credentials`), with which API Gateway invokes a function: its session, or the failure of
 * every request if it does not trust API Gateway. Throws if the stack has no such role.
 */
export const compileIntegrationRole = (
  roleArn: string,
  iam: Pick<Iam, 'roles' | 'managedPolicies'>,
): (() => Identity | Failure) => {
  const role = iam.roles.get(roleArn);
  if (role === undefined) {
    throw new LocalError(
      'UNRESOLVED_REFERENCE',
      `Integration.Credentials: there is no role ${roleArn} in this stack; declare one and refer to its Arn`,
    );
  }
  if (!trusts(role.assumeRolePolicyDocument, 'apigateway.amazonaws.com')) {
    const reason =
      'Execution failed due to configuration error: API Gateway does not have permission to assume the provided role ' +
      `${roleArn}: allow sts:AssumeRole to the Service apigateway.amazonaws.com in its AssumeRolePolicyDocument`;
    return () => failure('API_CONFIGURATION_ERROR', { reason });
  }
  const identity = roleSession(role, iam.managedPolicies, { sessionName: 'BackplaneAssumeRoleSession' });
  return () => identity;
};
