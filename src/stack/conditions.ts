import { and, condition, equals, join, not, type Properties, ref } from './cloudformation.ts';
import { deploymentConditions } from './deployments.ts';

const isSet = (parameter: string): Properties => not(equals(ref(parameter), ''));

/** Returns the conditions. They depend on the parameters, and their names say what is true. */
export const conditions = (): Properties => ({
  UsesIam: equals(ref('AuthorizationType'), 'AWS_IAM'),
  UsesCognito: equals(ref('AuthorizationType'), 'COGNITO_USER_POOLS'),
  UsesNone: equals(ref('AuthorizationType'), 'NONE'),
  RequiresApiKey: equals(ref('RequireApiKey'), 'true'),
  ...deploymentConditions(),
  AllowsAnyOrigin: equals(join(',', ref('AllowedOrigins')), '*'),
  AllowsTls12: equals(ref('MinimumTlsVersion'), '1.2'),
  HasDomain: isSet('DomainName'),
  HasHostedZone: and(condition('HasDomain'), isSet('HostedZoneId')),
  NamesAvailabilityZones: isSet('AvailabilityZone1'),
  HasNatGateway: not(equals(ref('NatGateways'), 'None')),
  HasTwoNatGateways: equals(ref('NatGateways'), 'PerAvailabilityZone'),
  HasPrefixList: isSet('DynamoDbPrefixListId'),
  HasKmsKey: isSet('KmsKeyArn'),
  HasPermissionsBoundary: isSet('PermissionsBoundaryArn'),
  HasWebAcl: equals(ref('WebAcl'), 'true'),
  HasReservedConcurrency: isSet('ReservedConcurrency'),
  HasAlarmEmail: isSet('AlarmEmail'),
  ManagesAccount: equals(ref('ManageApiGatewayAccount'), 'true'),
});
