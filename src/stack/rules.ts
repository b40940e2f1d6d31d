import { equals, not, type Properties, ref, type Value } from './cloudformation.ts';

/** Returns the rules. CloudFormation compares parameters with each other before it creates any resource. */
export const rules = (): Properties => ({
  CognitoNeedsUserPool: rule(
    equals(ref('AuthorizationType'), 'COGNITO_USER_POOLS'),
    isSet('UserPoolArn'),
    'AuthorizationType COGNITO_USER_POOLS needs UserPoolArn',
  ),
  AnyOriginStandsAlone: rule(
    { 'Fn::Contains': [ref('AllowedOrigins'), '*'] },
    { 'Fn::EachMemberEquals': [ref('AllowedOrigins'), '*'] },
    'AllowedOrigins is either * or a list of origins',
  ),
  DomainNeedsCertificate: rule(isSet('DomainName'), isSet('CertificateArn'), 'DomainName needs CertificateArn'),
  CertificateNeedsDomain: rule(isSet('CertificateArn'), isSet('DomainName'), 'CertificateArn needs DomainName'),
  HostedZoneNeedsDomain: rule(isSet('HostedZoneId'), isSet('DomainName'), 'HostedZoneId needs DomainName'),
  AvailabilityZonesDiffer: rule(
    either(isSet('AvailabilityZone1'), isSet('AvailabilityZone2')),
    {
      'Fn::And': [
        isSet('AvailabilityZone1'),
        isSet('AvailabilityZone2'),
        not(equals(ref('AvailabilityZone1'), ref('AvailabilityZone2'))),
      ],
    },
    'AvailabilityZone1 and AvailabilityZone2 are either both empty or two different zones',
  ),
});

const isSet = (parameter: string): Properties => not(equals(ref(parameter), ''));

const either = (...conditions: readonly Value[]): Properties => ({ 'Fn::Or': conditions });

const rule = (RuleCondition: Value, Assert: Value, AssertDescription: string): Properties => ({
  RuleCondition,
  Assertions: [{ Assert, AssertDescription }],
});
