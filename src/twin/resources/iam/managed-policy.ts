import { invalidProperty } from '../../../cloudformation/errors.ts';
import { generatedName, upperAlphanumeric } from '../../../cloudformation/names.ts';
import { list, object, string } from '../../../cloudformation/shapes.ts';
import { checkPolicies } from '../../iam/check-policies.ts';
import { identityPolicySchema, type PolicyDocument } from '../../iam/policy-document.ts';
import type { ResourceType } from '../../resource.ts';
import { roleOf } from './policy.ts';

type Properties = {
  readonly PolicyDocument: PolicyDocument;
  readonly ManagedPolicyName?: string;
  readonly Path?: string;
  readonly Roles?: readonly string[];
};

/** A managed policy, attached to roles of the stack. Users and groups are not supported. */
export const iamManagedPolicy: ResourceType<Properties> = {
  type: 'AWS::IAM::ManagedPolicy',
  schema: object(
    {
      PolicyDocument: identityPolicySchema,
      ManagedPolicyName: { type: 'string', pattern: '^[\\w+=,.@-]{1,128}$' },
      Description: { type: 'string', maxLength: 1000 },
      Path: { type: 'string', pattern: '^/([\\x21-\\x7e]+/)?$', maxLength: 512 },
      Roles: list(string),
    },
    ['PolicyDocument'],
  ),
  start: (properties, context) => {
    const { stack, services } = context;
    const { iam } = services;
    const { PolicyDocument: policyDocument, Path: path = '/', Roles: roleNames = [] } = properties;
    const policyName = properties.ManagedPolicyName ?? generatedName(context, 128);
    const arn = `arn:${stack.partition}:iam::${stack.accountId}:policy${path}${policyName}`;
    if (iam.managedPolicies.has(arn))
      throw invalidProperty('ManagedPolicyName', `the policy ${policyName} exists already; choose another name`);
    checkPolicies('PolicyDocument', [policyDocument], 6144);
    const roles = roleNames.map((roleName) => roleOf(iam, roleName));
    iam.managedPolicies.set(arn, { arn, policyName, policyDocument });
    for (const role of roles) role.managedPolicyArns.add(arn);
    return {
      ref: arn,
      attributes: { PolicyArn: arn, PolicyId: `ANPA${upperAlphanumeric(context, 17)}`, DefaultVersionId: 'v1' },
      stop: () => {
        for (const role of roles) role.managedPolicyArns.delete(arn);
        iam.managedPolicies.delete(arn);
      },
    };
  },
};
