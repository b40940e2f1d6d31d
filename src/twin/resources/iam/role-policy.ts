import { object, string } from '../../../cloudformation/shapes.ts';
import { checkPolicies } from '../../iam/check-policies.ts';
import { identityPolicySchema, type PolicyDocument } from '../../iam/policy-document.ts';
import type { ResourceType } from '../../resource.ts';
import { roleOf } from './policy.ts';

type Properties = {
  readonly PolicyName: string;
  readonly RoleName: string;
  readonly PolicyDocument: PolicyDocument;
};

/** An inline policy of one role of the stack. PolicyDocument is required, because PutRolePolicy requires it. */
export const iamRolePolicy: ResourceType<Properties> = {
  type: 'AWS::IAM::RolePolicy',
  schema: object(
    {
      PolicyName: { type: 'string', pattern: '^[\\w+=,.@-]{1,128}$' },
      RoleName: string,
      PolicyDocument: identityPolicySchema,
    },
    ['PolicyName', 'RoleName', 'PolicyDocument'],
  ),
  start: ({ PolicyName: name, RoleName: roleName, PolicyDocument: document }, { services }) => {
    const role = roleOf(services.iam, roleName, 'RoleName');
    checkPolicies('PolicyDocument', [...role.inlinePolicies.values(), document], 10_240);
    role.inlinePolicies.set(name, document);
    // The primary identifier of the resource, which Ref returns by default.
    return { ref: `${name}|${roleName}`, stop: () => void role.inlinePolicies.delete(name) };
  },
};
