import { LocalError } from '../../../cloudformation/errors.ts';
import { list, object, string } from '../../../cloudformation/shapes.ts';
import { checkPolicies } from '../../iam/check-policies.ts';
import { findRole, type Iam } from '../../iam/index.ts';
import { identityPolicySchema, type PolicyDocument } from '../../iam/policy-document.ts';
import type { Role } from '../../iam/role.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = {
  readonly PolicyName: string;
  readonly PolicyDocument: PolicyDocument;
  readonly Roles: readonly string[];
};

/** An inline policy of roles of the stack. Users and groups are not supported. */
export const iamPolicy: ResourceType<Properties> = {
  type: 'AWS::IAM::Policy',
  schema: object(
    {
      PolicyName: { type: 'string', pattern: '^[\\w+=,.@-]{1,128}$' },
      PolicyDocument: identityPolicySchema,
      Roles: list(string, { minItems: 1 }),
    },
    ['PolicyName', 'PolicyDocument', 'Roles'],
  ),
  start: ({ PolicyName: name, PolicyDocument: document, Roles: roleNames }, { services }) => {
    const roles = roleNames.map((roleName) => roleOf(services.iam, roleName));
    for (const role of roles) {
      checkPolicies('PolicyDocument', [...role.inlinePolicies.values(), document], 10_240);
      role.inlinePolicies.set(name, document);
    }
    return {
      ref: name,
      attributes: { Id: name },
      stop: () => {
        for (const role of roles) role.inlinePolicies.delete(name);
      },
    };
  },
};

/** Returns the role that a property names. Throws a LocalError if the stack has no such role. */
export const roleOf = (iam: Iam, roleName: string, property = 'Roles'): Role => {
  const role = findRole(iam, roleName);
  if (role) return role;
  throw new LocalError(
    'UNRESOLVED_REFERENCE',
    `property ${property}: there is no role ${roleName} in this stack; declare one and refer to it`,
  );
};
