import { CfnCondition, type CfnParameter, Fn, type ICfnConditionExpression, type Stack } from 'aws-cdk-lib';
import type { Parameters } from './parameters.ts';

/** The conditions of a stack, named for what holds. */
export type Conditions = ReturnType<typeof addConditions>;

/** Holds where a parameter is not left empty. */
export const isSet = (parameter: CfnParameter): ICfnConditionExpression =>
  Fn.conditionNot(Fn.conditionEquals(parameter, ''));

/** Adds the conditions that the parameters decide. */
export const addConditions = (stack: Stack, parameters: Parameters) => {
  const condition = (name: string, expression: ICfnConditionExpression): CfnCondition =>
    new CfnCondition(stack, name, { expression });
  const { AuthorizationType, RequireApiKey, AllowedOrigins, NatGateways } = parameters;
  return {
    UsesIam: condition('UsesIam', Fn.conditionEquals(AuthorizationType, 'AWS_IAM')),
    UsesCognito: condition('UsesCognito', Fn.conditionEquals(AuthorizationType, 'COGNITO_USER_POOLS')),
    UsesNone: condition('UsesNone', Fn.conditionEquals(AuthorizationType, 'NONE')),
    RequiresApiKey: condition('RequiresApiKey', Fn.conditionEquals(RequireApiKey, 'true')),
    AllowsAnyOrigin: condition('AllowsAnyOrigin', Fn.conditionEquals(Fn.join(',', AllowedOrigins.valueAsList), '*')),
    // Named for the zone whose NAT gateway they decide.
    HasNat1: condition('HasNat1', Fn.conditionNot(Fn.conditionEquals(NatGateways, 'None'))),
    HasNat2: condition('HasNat2', Fn.conditionEquals(NatGateways, 'PerAvailabilityZone')),
    HasPrefixList: condition('HasPrefixList', isSet(parameters.DynamoDbPrefixListId)),
    HasKmsKey: condition('HasKmsKey', isSet(parameters.KmsKeyArn)),
    HasReservedConcurrency: condition('HasReservedConcurrency', isSet(parameters.ReservedConcurrency)),
    HasAlarmEmail: condition('HasAlarmEmail', isSet(parameters.AlarmEmail)),
    ManagesAccount: condition('ManagesAccount', Fn.conditionEquals(parameters.ManageApiGatewayAccount, 'true')),
  };
};
