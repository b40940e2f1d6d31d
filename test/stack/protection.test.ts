import { describe, expect, it } from 'vitest';
import { entities } from '../../src/contract/entities.ts';
import { operations } from '../../src/contract/operations.ts';
import { idsOf, noValue, ofType, type PolicyDocument, properties, ref, resource, template } from './built.ts';

const ownKey = { 'Fn::If': ['HasKmsKey', ref('KmsKeyArn'), noValue] };

describe('protection', () => {
  it('encrypts tables, logs and alarms, with the key of the user if there is one', () => {
    const tables = ofType('AWS::DynamoDB::Table');
    expect(tables.map(([id]) => id)).toEqual(entities.map((entity) => idsOf(entity).table));
    for (const [id, { Properties }] of tables) {
      expect(Properties, id).toMatchObject({
        DeletionProtectionEnabled: ref('DeletionProtection'),
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: ownKey },
      });
    }
    const groups = ofType('AWS::Logs::LogGroup');
    expect(groups.map(([id]) => id)).toEqual([
      'FlowLogGroup',
      ...operations.map(({ name }) => `${name}LogGroup`),
      'AccessLogGroup',
      'ExecutionLogGroup',
      'WebAclLogGroup',
    ]);
    for (const [id, { Properties }] of groups) {
      expect(Properties, id).toMatchObject({ KmsKeyId: ownKey, RetentionInDays: ref('LogRetentionDays') });
    }
    expect(properties('AlarmTopic')).toMatchObject({ KmsMasterKeyId: ownKey });
  });

  it('takes TLS from the version of the parameter on, to the own names of API and domain', () => {
    const policy = (id: string) => properties(id).SecurityPolicy;
    expect(policy('RestApi')).toEqual({
      'Fn::If': ['AllowsTls12', 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', 'SecurityPolicy_TLS13_1_3_2025_09'],
    });
    expect(template.Conditions.AllowsTls12).toEqual({ 'Fn::Equals': [ref('MinimumTlsVersion'), '1.2'] });
    expect(policy('Domain')).toEqual(policy('RestApi'));
    for (const id of ['RestApi', 'Domain']) expect(properties(id).EndpointAccessMode, id).toBe('STRICT');
  });

  const roles = ofType('AWS::IAM::Role').map(([id]) => id);

  it('gives each role the permissions boundary of the parameter', () => {
    expect(roles).toEqual(['FlowLogRole', ...operations.map(({ name }) => `${name}Role`), 'ApiGatewayAccountRole']);
    for (const id of roles) {
      expect(properties(id).PermissionsBoundary, id).toEqual({
        'Fn::If': ['HasPermissionsBoundary', ref('PermissionsBoundaryArn'), noValue],
      });
    }
  });

  it('lets one service assume a role, for this account only where it says for whom it does', () => {
    const unscoped = roles.filter((id) => {
      const { Statement } = properties<{ AssumeRolePolicyDocument: PolicyDocument }>(id).AssumeRolePolicyDocument;
      expect(Statement, id).toEqual([
        expect.objectContaining({
          Effect: 'Allow',
          Principal: { Service: expect.any(String) },
          Action: 'sts:AssumeRole',
        }),
      ]);
      return !Statement.every(({ Condition }) => Condition?.StringEquals?.['aws:SourceAccount'] !== undefined);
    });
    // API Gateway does not say whose API it logs for.
    expect(unscoped).toEqual(['ApiGatewayAccountRole']);
  });

  it('names no action by a wildcard, except to deny it', () => {
    const allowed = [...roles, 'FunctionPolicy', 'DynamoDbEndpoint'].flatMap((id) => allowedActions(properties(id)));
    expect(allowed.length).toBeGreaterThan(10);
    expect(allowed.filter((action) => action.includes('*'))).toEqual([]);
  });
});

describe('the custom domain', () => {
  it('is there if DomainName is set, its record if HostedZoneId is set, too', () => {
    expect(template.Conditions).toMatchObject({
      HasDomain: { 'Fn::Not': [{ 'Fn::Equals': [ref('DomainName'), ''] }] },
      HasHostedZone: {
        'Fn::And': [{ Condition: 'HasDomain' }, { 'Fn::Not': [{ 'Fn::Equals': [ref('HostedZoneId'), ''] }] }],
      },
    });
    const conditional = Object.entries(template.Resources).filter(([id]) => id.startsWith('Domain'));
    expect(conditional.map(([id, { Condition }]) => [id, Condition])).toEqual([
      ['Domain', 'HasDomain'],
      ['DomainMapping', 'HasDomain'],
      ['DomainRecord', 'HasHostedZone'],
    ]);
  });

  it('is regional, stands for the stage, and has an alias record', () => {
    expect(properties('Domain')).toMatchObject({
      DomainName: ref('DomainName'),
      RegionalCertificateArn: ref('CertificateArn'),
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    expect(properties('DomainMapping')).toEqual({
      DomainName: ref('Domain'),
      RestApiId: ref('RestApi'),
      Stage: ref('Stage'),
    });
    expect(properties('DomainRecord')).toEqual({
      HostedZoneId: ref('HostedZoneId'),
      Name: ref('DomainName'),
      Type: 'A',
      AliasTarget: {
        DNSName: { 'Fn::GetAtt': ['Domain', 'RegionalDomainName'] },
        HostedZoneId: { 'Fn::GetAtt': ['Domain', 'RegionalHostedZoneId'] },
        EvaluateTargetHealth: false,
      },
    });
  });
});

describe('the API key', () => {
  it('is there if RequireApiKey is true, with a plan of the stage that throttles as the stage does', () => {
    for (const id of ['ApiKey', 'UsagePlan', 'UsagePlanKey']) expect(resource(id).Condition).toBe('RequiresApiKey');
    expect(properties('UsagePlan')).toMatchObject({
      ApiStages: [{ ApiId: ref('RestApi'), Stage: ref('Stage') }],
      Throttle: { RateLimit: ref('ThrottlingRateLimit'), BurstLimit: ref('ThrottlingBurstLimit') },
    });
    expect(properties('UsagePlanKey')).toEqual({
      KeyId: ref('ApiKey'),
      KeyType: 'API_KEY',
      UsagePlanId: ref('UsagePlan'),
    });
  });
});

/** The actions that the statements in a value allow, wherever they stand. */
const allowedActions = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const { Effect, Action = [] } = value as { readonly Effect?: string; readonly Action?: string | string[] };
  return [...(Effect === 'Allow' ? [Action].flat() : []), ...Object.values(value).flatMap(allowedActions)];
};
