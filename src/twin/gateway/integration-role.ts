import { LocalError } from '../../cloudformation/errors.ts';
import { type Identity, roleSession } from '../iam/identity.ts';
import type { Iam } from '../iam/index.ts';
import { trusts } from '../iam/trust.ts';
import { type Failure, failure } from './failure.ts';

/**
 * Compiles the role of an integration (`Credentials`), with which API Gateway calls its back end. The returned function gives the
 * role session, or a failure if the role does not trust API Gateway. Throws a LocalError if the stack has no such role.
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
