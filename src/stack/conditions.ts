import { CfnCondition, Fn, type ICfnConditionExpression, type Stack } from 'aws-cdk-lib';
import type { Parameters } from './parameters.ts';

/** The conditions of a stack, named for what holds. */
export type Conditions = ReturnType<typeof addConditions>;

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
    HasNat: condition('HasNat', Fn.conditionNot(Fn.conditionEquals(NatGateways, 'None'))),
    HasNatPerZone: condition('HasNatPerZone', Fn.conditionEquals(NatGateways, 'PerAvailabilityZone')),
    HasPrefixList: condition('HasPrefixList', Fn.conditionNot(Fn.conditionEquals(parameters.DynamoDbPrefixListId, ''))),
    ManagesAccount: condition('ManagesAccount', Fn.conditionEquals(parameters.ManageApiGatewayAccount, 'true')),
  };
};
