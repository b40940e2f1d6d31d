import { describe, expect, it } from 'vitest';
import { FaultCollector } from '../../src/cloudformation/errors.ts';
import { resolveParameters } from '../../src/cloudformation/parameters.ts';
import { checkRules } from '../../src/cloudformation/rules.ts';
import { parseTemplate } from '../../src/cloudformation/template/template.ts';
import { stack } from '../twin/gateway/support.ts';
import { template } from './built.ts';

const declared = parseTemplate(JSON.stringify(template));
const { Parameters } = template;

/** What CloudFormation says of values, as the twin knows it: constraints first, then rules. */
const faultOf = (given: Readonly<Record<string, string>>): string | undefined => {
  const faults = new FaultCollector();
  try {
    const parameters = resolveParameters(declared.parameters, given);
    checkRules(declared.rules, { stack, parameters, mappings: declared.mappings }, faults);
    faults.throwIfAny();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('parameters', () => {
  it('have a description each, and a default', () => {
    for (const [name, { Description, Default }] of Object.entries(Parameters)) {
      expect(Description, name).toMatch(/^[A-Z].*\.$/);
      expect(Default, name).toBeDefined();
    }
    expect(faultOf({})).toBeUndefined();
  });

  it('stand in one group each, which the console shows', () => {
    const { ParameterGroups } = template.Metadata['AWS::CloudFormation::Interface'] as unknown as {
      ParameterGroups: { Label: { default: string }; Parameters: string[] }[];
    };
    expect(ParameterGroups.map(({ Label }) => Label.default)).toEqual([
      'Environment',
      'Access',
      'Domain',
      'Network',
      'Protection',
      'Operations',
      'Tags',
    ]);
    expect(ParameterGroups.flatMap((group) => group.Parameters)).toEqual(Object.keys(Parameters));
  });

  it('are texts or numbers, as typed ones cannot be empty', () => {
    expect(new Set(Object.values(Parameters).map(({ Type }) => Type))).toEqual(
      new Set(['String', 'Number', 'CommaDelimitedList']),
    );
  });

  it('say what they take where a pattern decides', () => {
    for (const [name, { AllowedPattern, ConstraintDescription }] of Object.entries(Parameters)) {
      expect(AllowedPattern === undefined, name).toBe(ConstraintDescription === undefined);
      if (AllowedPattern !== undefined) expect(AllowedPattern, name).toMatch(/^\^.*\$$/);
    }
  });

  it('give the network the addresses of the mission', () => {
    const defaults = Object.fromEntries(Object.entries(Parameters).map(([name, { Default }]) => [name, Default]));
    expect(defaults).toMatchObject({
      VpcCidr: '10.0.0.0/16',
      PublicSubnet1Cidr: '10.0.1.0/24',
      PrivateSubnet1Cidr: '10.0.2.0/24',
      PublicSubnet2Cidr: '10.0.3.0/24',
      PrivateSubnet2Cidr: '10.0.4.0/24',
    });
  });

  it('change nothing by default: everything optional is off', () => {
    const optional = ['DomainName', 'CertificateArn', 'HostedZoneId', 'PermissionsBoundaryArn', 'AvailabilityZone1'];
    for (const name of [...optional, 'AvailabilityZone2', 'KmsKeyArn', 'AlarmEmail']) {
      expect(Parameters[name]?.Default, name).toBe('');
    }
    expect(Parameters).toMatchObject({
      WebAcl: { Default: 'false' },
      MinimumTlsVersion: { Default: '1.3', AllowedValues: ['1.2', '1.3'] },
      ManageApiGatewayAccount: { Default: 'true' },
    });
    expect(Parameters.ThrottlingRateLimit?.Default).toBeLessThanOrEqual(10);
  });

  it.each([
    ['VpcCidr', ['10.0.0.0/16', '192.168.0.0/28'], ['10.0.0.0/8', '10.0.0.0', '10.0.0.0/29', 'x']],
    ['AvailabilityZone1', [''], ['eu-central-1', 'a', 'EU-CENTRAL-1a', 'eu-central-1a ']],
    ['DomainName', [''], ['localhost', '.example.com', 'api.example.com.', 'api_1.example.com', 'https://a.example.com']],
    ['AllowedOrigins', ['*', 'https://a.example', 'http://localhost:3000,https://b.example'], ['a.example', 'https://a/']],
    ['MinimumTlsVersion', ['1.2', '1.3'], ['1.1', '1', '']],
    [
      'PermissionsBoundaryArn',
      ['', 'arn:aws:iam::123456789012:policy/a/b', 'arn:aws-cn:iam::aws:policy/c'],
      ['b', 'arn:aws:iam::1:role/c'],
    ],
    ['ReservedConcurrency', ['', '1', '1000'], ['0', '-1', 'x', '10000']],
    ['EnvironmentSuffix', ['dev', 'a-1'], ['', 'Dev', 'a_b', '-a', 'a'.repeat(32)]],
    ['AlarmEmail', ['', 'a@b.example'], ['a', 'a@b@c', 'a b@c']],
    ['Owner', ['', 'Team A/B+c@d.example'], ['ü', 'a'.repeat(257), 'a;b']],
    ['WebAclRateLimit', ['10', '2000'], ['9', '2000000001']],
  ])('%s takes %j and not %j', (name, valid, invalid) => {
    for (const value of valid) expect(faultOf({ [name]: value }), value).toBeUndefined();
    for (const value of invalid) expect(faultOf({ [name]: value }), value).toContain(`parameter ${name}: `);
  });
});

describe('rules', () => {
  const certificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/1234-abcd';
  const pool = 'arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_Ab1';

  it.each([
    ['a user pool', { AuthorizationType: 'COGNITO_USER_POOLS', UserPoolArn: pool }],
    ['a domain with its certificate', { DomainName: 'api.example.com', CertificateArn: certificate }],
    ['a domain with a record', { DomainName: 'api.example.com', CertificateArn: certificate, HostedZoneId: 'Z012' }],
    ['two zones by name', { AvailabilityZone1: 'eu-central-1a', AvailabilityZone2: 'eu-central-1b' }],
    ['a local zone', { AvailabilityZone1: 'us-west-2-lax-1a', AvailabilityZone2: 'us-gov-west-1b' }],
    ['origins', { AllowedOrigins: 'https://a.example,https://b.example' }],
  ])('take %s', (_, given) => {
    expect(faultOf(given)).toBeUndefined();
  });

  it.each([
    [{ AuthorizationType: 'COGNITO_USER_POOLS' }, 'AuthorizationType COGNITO_USER_POOLS needs UserPoolArn'],
    [{ AllowedOrigins: '*,https://a.example' }, 'AllowedOrigins is either * or a list of origins'],
    [{ DomainName: 'api.example.com' }, 'DomainName needs CertificateArn'],
    [{ CertificateArn: certificate }, 'CertificateArn needs DomainName'],
    [{ HostedZoneId: 'Z012' }, 'HostedZoneId needs DomainName'],
    [{ AvailabilityZone1: 'eu-central-1a' }, 'either both empty or two different zones'],
    [{ AvailabilityZone2: 'eu-central-1a' }, 'either both empty or two different zones'],
    [{ AvailabilityZone1: 'eu-central-1a', AvailabilityZone2: 'eu-central-1a' }, 'either both empty or two different zones'],
  ])('do not take %j', (given, message) => {
    expect(faultOf(given)).toContain(message);
  });
});
