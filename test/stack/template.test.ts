import { describe, expect, it } from 'vitest';
import { entities } from '../../src/contract/entities.ts';
import { operations } from '../../src/contract/operations.ts';
import { mergeGroups } from '../../src/stack/group.ts';
import { conditionNames, idsOf, properties, references, template } from './built.ts';
import { source } from './edition.ts';

const { Parameters, Conditions, Resources, Outputs, Mappings } = template;

describe('the template', () => {
  it('is plain CloudFormation, without transforms and loops', () => {
    expect(template).not.toHaveProperty('Transform');
    expect(JSON.stringify(template)).not.toMatch(/Fn::(?:ForEach|Transform|ImportValue)|CDK|cdk/);
  });

  it('names what it was made from', () => {
    expect(template.Metadata.ItemsApi).toEqual({ Source: source.name, Version: source.version, SourceHash: source.hash });
  });

  it('refers to nothing that it does not have', () => {
    const names = new Set([...Object.keys(Resources), ...Object.keys(Parameters)]);
    const known = references(template).filter((name) => !name.startsWith('AWS::'));
    expect(known.length).toBeGreaterThan(500);
    expect(known.filter((name) => !names.has(name))).toEqual([]);
    expect(conditionNames(template).filter((name) => !(name in Conditions))).toEqual([]);
  });

  it('refers to a conditional resource only where the condition holds', () => {
    for (const [logicalId, { Condition, ...resource }] of Object.entries(Resources)) {
      const outsideOfIf = references(withoutIf(resource)).flatMap((name) => Resources[name]?.Condition ?? []);
      expect(
        outsideOfIf.filter((name) => !implied(Condition).includes(name)),
        logicalId,
      ).toEqual([]);
    }
    for (const [name, { Condition, Value }] of Object.entries(Outputs)) {
      const needed = references(Value).flatMap((id) => Resources[id]?.Condition ?? []);
      expect(
        needed.filter((one) => !implied(Condition).includes(one)),
        name,
      ).toEqual([]);
    }
  });

  it('uses every parameter, condition and mapping', () => {
    const used = new Set([...references(template), ...conditionNames(template)]);
    expect([...Object.keys(Parameters), ...Object.keys(Conditions)].filter((name) => !used.has(name))).toEqual([]);
    const found = new Set(JSON.stringify(Resources).match(/"Fn::FindInMap":\["Code","Shared","\w+"\]/g));
    expect(found).toEqual(
      new Set(Object.keys(Mappings.Code?.Shared ?? {}).map((name) => `"Fn::FindInMap":["Code","Shared","${name}"]`)),
    );
  });

  it('tags all that takes tags, with Project and Owner', () => {
    const tags = ['Project', 'Owner'].map((Key) => ({ Key, Value: { Ref: Key } }));
    for (const [logicalId, { Type, Properties }] of Object.entries(Resources)) {
      if (untagged.has(Type)) expect(Properties, logicalId).not.toHaveProperty('Tags');
      else expect(Properties.Tags, logicalId).toEqual(expect.arrayContaining(tags));
    }
  });

  it('retains nothing when it is deleted', () => {
    for (const [logicalId, { Type, DeletionPolicy, UpdateReplacePolicy }] of Object.entries(Resources)) {
      const isStateful = /^AWS::(?:DynamoDB::Table|Logs::LogGroup)$/.test(Type);
      const expected = isStateful ? ['Delete', 'Delete'] : [undefined, undefined];
      expect([DeletionPolicy, UpdateReplacePolicy], logicalId).toEqual(expected);
    }
  });

  it('deletes the security group before the roles, with which Lambda gives its network interfaces back', () => {
    expect(Resources.LambdaSecurityGroup?.DependsOn).toEqual(operations.map(({ name }) => `${name}Role`));
  });

  it('stays within the quotas of CloudFormation', () => {
    expect(Object.keys(Resources).length).toBeLessThanOrEqual(500);
    expect(Object.keys(Parameters).length).toBeLessThanOrEqual(200);
    expect(template.Description.length).toBeLessThanOrEqual(1024);
  });

  it('has the outputs of the mission, and those of what is optional', () => {
    expect(Object.entries(Outputs).map(([name, { Condition }]) => (Condition ? `${name} if ${Condition}` : name))).toEqual([
      'ApiInvokeUrl',
      'DomainUrl if HasDomain',
      'DomainTarget if HasDomain',
      ...entities.map((entity) => `${idsOf(entity).prefix}TableName`),
      'VpcId',
      'PublicSubnetIds',
      'PrivateSubnetIds',
      'LambdaSecurityGroupId',
      ...operations.map(({ name }) => `${name}FunctionArn`),
      'AlarmTopicArn',
      'ApiKeyId if RequiresApiKey',
    ]);
    for (const { Description } of Object.values(Outputs)) expect(Description).toMatch(/^[A-Z]/);
  });

  it('keeps items under their id, on demand, with recovery to any point in time', () => {
    expect(properties('ItemsTable')).toMatchObject({
      TableName: { 'Fn::Sub': 'items-${EnvironmentSuffix}' },
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });
});

it('takes no logical id twice', () => {
  const group = { heading: 'A', resources: { A: { Type: 'T', Properties: {} } } };
  expect(() => mergeGroups([group, group])).toThrow(
    'two resources have the logical id A: change the name or path of an entity in src/contract/entities.ts, or of an operation in src/contract/operations.ts',
  );
});

/** Types that take no tags in CloudFormation. */
const untagged: ReadonlySet<string> = new Set(
  [
    ...[
      'Account',
      'Authorizer',
      'BasePathMapping',
      'Deployment',
      'GatewayResponse',
      'Method',
      'Model',
      'RequestValidator',
    ].map((name) => `ApiGateway::${name}`),
    ...['ApiGateway::Resource', 'ApiGateway::UsagePlanKey', 'IAM::ManagedPolicy'],
    ...['EC2::Route', 'EC2::SubnetRouteTableAssociation', 'EC2::VPCGatewayAttachment', 'Lambda::Permission'],
    ...['Logs::MetricFilter', 'Logs::QueryDefinition', 'Route53::RecordSet', 'SNS::Subscription'],
    ...['WAFv2::LoggingConfiguration', 'WAFv2::WebACLAssociation'],
  ].map((name) => `AWS::${name}`),
);

/** The value without what stands in a branch of `Fn::If`. */
const withoutIf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutIf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === 'Fn::If' ? [] : [[key, withoutIf(inner)]])),
  );
};

/** The condition and those that hold whenever it does: the operands of an `Fn::And`. */
const implied = (name: string | undefined): string[] => {
  if (name === undefined) return [];
  const operands = (Conditions[name] as { 'Fn::And'?: readonly { Condition?: string }[] })['Fn::And'] ?? [];
  const byNature = name === 'HasTwoNatGateways' ? ['HasNatGateway'] : [];
  return [name, ...byNature, ...operands.flatMap(({ Condition }) => implied(Condition))];
};
