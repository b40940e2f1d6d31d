import { describe, expect, it } from 'vitest';
import { startTemplate } from './support.ts';

const trust =
  '{ Version: 2012-10-17, Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }';
const policy =
  '{ Version: 2012-10-17, Statement: { Effect: Allow, Action: dynamodb:GetItem, Resource: "*", Condition: { Bool: { "aws:SecureTransport": true } } } }';
const role = (properties = '') =>
  `  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}${properties} } }\n`;

describe('a role', () => {
  it('holds its policies, inline, attached and put there by other resources, and loses them again', async () => {
    const { running, iam } =
      await startTemplate(`${role(`, ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaRole'], Policies: [{ PolicyName: own, PolicyDocument: ${policy} }]`)}
  Inline: { Type: AWS::IAM::Policy, Properties: { PolicyName: more, PolicyDocument: ${policy}, Roles: [!Ref Role] } }
  Managed: { Type: AWS::IAM::ManagedPolicy, Properties: { ManagedPolicyName: m, PolicyDocument: ${policy}, Roles: [!Ref Role] } }
`);
    const [one] = iam.roles.values();
    expect(one?.arn).toMatch(/^arn:aws:iam::123456789012:role\/items-dev-Role-[A-Z0-9]{12}$/);
    expect(one?.roleId).toMatch(/^AROA[A-Z0-9]{17}$/);
    expect([...(one?.inlinePolicies.keys() ?? [])]).toEqual(['own', 'more']);
    expect([...(one?.managedPolicyArns ?? [])]).toEqual([
      'arn:aws:iam::aws:policy/service-role/AWSLambdaRole',
      'arn:aws:iam::123456789012:policy/m',
    ]);
    expect(one?.inlinePolicies.get('own')?.Statement).toMatchObject({
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    });
    await running.stop();
    expect(iam.roles.size + iam.managedPolicies.size).toBe(0);
    expect([...(one?.inlinePolicies.keys() ?? [])]).toEqual(['own']);
  });

  it.each([
    ['one service', '[kms:Decrypt, "kms:Generate*"]'],
    ['several services', '[KMS:Decrypt, s3:GetObject]'],
  ])('may have conditions and variables that only services know which are not here: %s', async (_what, actions) => {
    const statement = `{ Effect: Allow, Action: ${actions}, Resource: "arn:aws:kms:*:*:key/\${kms:EncryptionContextKeys}", Condition: { StringEquals: { "kms:ViaService": !Sub "dynamodb.\${AWS::Region}.amazonaws.com", "kms:EncryptionContext:aws:dynamodb:tableName": items }, NumericLessThan: { "s3:max-keys": 10 }, NotIpAddressIfExists: { "aws:SourceIp": "10.0.0.0/8" }, "ForAnyValue:DateGreaterThanEquals": { "aws:TokenIssueTime": x }, BinaryEquals: { "kms:x": QQ== } } }`;
    const { iam } = await startTemplate(
      role(`, Policies: [{ PolicyName: p, PolicyDocument: { Version: 2012-10-17, Statement: [${statement}] } }]`),
    );
    expect([...iam.roles.values()].map(({ inlinePolicies }) => inlinePolicies.size)).toEqual([1]);
  });

  it('loses the statements that a condition takes out of a list', async () => {
    const optional = '!If [HasKey, { Effect: Allow, Action: "kms:*", Resource: "*" }, !Ref AWS::NoValue]';
    const trustOptional = `!If [HasKey, { Effect: Deny, Principal: "*", Action: sts:AssumeRole }, !Ref AWS::NoValue]`;
    const { iam } = await startTemplate(
      `  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: "*", Action: sts:AssumeRole, Condition: { ArnLike: { "aws:SourceArn": "arn:*" }, StringEquals: { "aws:SourceAccount": "1" } } }, ${trustOptional}]
      Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Deny, Action: "*", Resource: "*" }, ${optional}] } }]
`,
      { HasKey: false },
    );
    const [one] = iam.roles.values();
    expect(one?.assumeRolePolicyDocument.Statement).toHaveLength(1);
    expect(one?.inlinePolicies.get('p')?.Statement).toEqual([{ Effect: 'Deny', Action: '*', Resource: '*' }]);
  });

  it.each([
    [
      role(
        ', Policies: [{ PolicyName: p, PolicyDocument: { Statement: { Effect: Allow, Action: ["kms:Decrypt", "dynamodb:GetItem"], Resource: "*", Condition: { StringEquals: { "kms:ViaService": x } } } } }]',
      ),
      'the condition key kms:ViaService is not supported by the local twin',
    ],
    [
      role(
        ', Policies: [{ PolicyName: p, PolicyDocument: { Statement: { Effect: Deny, NotAction: "kms:*", Resource: "*", Condition: { StringEquals: { "kms:ViaService": x } } } } }]',
      ),
      'the condition key kms:ViaService is not supported by the local twin',
    ],
    ...['StringEqual', 'IpAdress', 'ForAny:StringLike', 'NullIfExists', 'ArnLikeIfExist'].map(
      (operator): [string, string] => [
        role(
          `, Policies: [{ PolicyName: p, PolicyDocument: { Statement: { Effect: Allow, Action: "kms:*", Resource: "*", Condition: { "${operator}": { "kms:ViaService": x } } } } }]`,
        ),
        `${operator} is not a condition operator. "Syntax errors in policy"`,
      ],
    ),
    [
      role().replace(
        'Action: sts:AssumeRole',
        'Action: sts:AssumeRole, Condition: { StringEqual: { "aws:SourceAccount": x } }',
      ),
      'property AssumeRolePolicyDocument: StringEqual is not a condition operator',
    ],
    [role(', RoleName: a b'), 'property RoleName must match the pattern'],
    [
      role(', ManagedPolicyArns: ["arn:aws:iam::123456789012:policy/none"]'),
      'the policy arn:aws:iam::123456789012:policy/none is not in this stack',
    ],
    [
      role(', Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Allow, Action: "*" }] } }]'),
      'must have Resource or NotResource',
    ],
    [
      role(', Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Alow, Action: "*", Resource: "*" }] } }]'),
      'Statement.0.Effect must be one of Allow, Deny, not "Alow"',
    ],
    [
      role(
        ', Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Allow, Action: "*", Resource: "*", Principal: "*" }] } }]',
      ),
      'Statement.0.Principal is not allowed here; remove it',
    ],
    [
      role(
        `, Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Sid: ${'a'.repeat(10_240)}, Effect: Allow, Action: "*", Resource: "*" }] } }]`,
      ),
      'IAM allows 10240',
    ],
    [
      role(
        ', Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Sid: A, Effect: Allow, Action: "*", Resource: "*" }, { Sid: A, Effect: Deny, Action: "*", Resource: "*" }] } }]',
      ),
      'property Policies has two statements with the Sid A',
    ],
    [`${role(', RoleName: same')}${role(', RoleName: Same').replace('Role:', 'Other:')}`, 'the role Same exists already'],
    [
      `  P: { Type: AWS::IAM::Policy, Properties: { PolicyName: p, PolicyDocument: ${policy}, Roles: [nobody] } }\n`,
      'there is no role nobody',
    ],
  ])('is rejected: %#', async (resources, message) => {
    await expect(startTemplate(resources)).rejects.toThrow(message);
  });
});
