import { LocalError } from '../../../cloudformation/errors.ts';
import { generatedName, upperAlphanumeric } from '../../../cloudformation/names.ts';
import { list, object, string } from '../../../cloudformation/shapes.ts';
import { checkConditionOperators, checkPolicies, checkPolicySize, checkSids } from '../../iam/check-policies.ts';
import { findRole } from '../../iam/index.ts';
import { checkPolicyArn } from '../../iam/managed-policies.ts';
import { identityPolicySchema, type PolicyDocument, trustPolicySchema } from '../../iam/policy-document.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = {
  readonly AssumeRolePolicyDocument: PolicyDocument;
  readonly RoleName?: string;
  readonly Path?: string;
  readonly ManagedPolicyArns?: readonly string[];
  readonly PermissionsBoundary?: string;
  readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: PolicyDocument }[];
};

export const iamRole: ResourceType<Properties> = {
  type: 'AWS::IAM::Role',
  schema: object(
    {
      AssumeRolePolicyDocument: trustPolicySchema,
      RoleName: { type: 'string', pattern: '^[\\w+=,.@-]{1,64}$' },
      Description: { type: 'string', maxLength: 1000 },
      Path: { type: 'string', pattern: '^/([\\x21-\\x7e]+/)?$', maxLength: 512 },
      ManagedPolicyArns: list(string),
      MaxSessionDuration: { type: 'integer', minimum: 3600, maximum: 43200 },
      PermissionsBoundary: string,
      Policies: list(
        object(
          {
            PolicyName: { type: 'string', pattern: '^[\\w+=,.@-]{1,128}$' },
            PolicyDocument: identityPolicySchema,
          },
          ['PolicyName', 'PolicyDocument'],
        ),
      ),
      Tags: tagsSchema,
    },
    ['AssumeRolePolicyDocument'],
  ),
  start: (properties, context) => {
    const { stack, services } = context;
    const { iam } = services;
    const { AssumeRolePolicyDocument, Path: path = '/' } = properties;
    const { ManagedPolicyArns: managedPolicyArns = [], Policies: policies = [], PermissionsBoundary } = properties;
    const roleName = properties.RoleName ?? generatedName(context, 64);
    if (findRole(iam, roleName))
      throw new LocalError(
        'INVALID_PROPERTY',
        `property RoleName: the role ${roleName} exists already; choose another name`,
      );
    for (const policyArn of managedPolicyArns) checkPolicyArn(policyArn, 'ManagedPolicyArns', context);
    if (PermissionsBoundary) checkPolicyArn(PermissionsBoundary, 'PermissionsBoundary', context);
    checkPolicySize('AssumeRolePolicyDocument', [AssumeRolePolicyDocument], 2048);
    checkSids('AssumeRolePolicyDocument', [AssumeRolePolicyDocument]);
    checkConditionOperators('AssumeRolePolicyDocument', [AssumeRolePolicyDocument]);
    checkPolicies(
      'Policies',
      policies.map(({ PolicyDocument: document }) => document),
      10_240,
    );
    const arn = `arn:${stack.partition}:iam::${stack.accountId}:role${path}${roleName}`;
    const roleId = `AROA${upperAlphanumeric(context, 17)}`;
    iam.roles.set(arn, {
      arn,
      roleName,
      roleId,
      assumeRolePolicyDocument: AssumeRolePolicyDocument,
      inlinePolicies: new Map(policies.map(({ PolicyName, PolicyDocument: document }) => [PolicyName, document])),
      managedPolicyArns: new Set(managedPolicyArns),
      ...(PermissionsBoundary && { permissionsBoundary: PermissionsBoundary }),
    });
    return {
      ref: roleName,
      attributes: { Arn: arn, RoleId: roleId },
      stop: () => {
        iam.roles.delete(arn);
      },
    };
  },
};
