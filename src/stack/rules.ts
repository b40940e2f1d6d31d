import { CfnRule, Fn, type Stack } from 'aws-cdk-lib';
import type { Parameters } from './parameters.ts';

/** Adds the rules that hold parameters against each other before anything is created. */
export const addRules = (stack: Stack, parameters: Parameters): void => {
  const { AuthorizationType, UserPoolArn, AllowedOrigins } = parameters;
  new CfnRule(stack, 'CognitoNeedsUserPool', {
    ruleCondition: Fn.conditionEquals(AuthorizationType, 'COGNITO_USER_POOLS'),
    assertions: [
      {
        assert: Fn.conditionNot(Fn.conditionEquals(UserPoolArn, '')),
        assertDescription: 'AuthorizationType COGNITO_USER_POOLS needs UserPoolArn',
      },
    ],
  });
  new CfnRule(stack, 'AnyOriginStandsAlone', {
    ruleCondition: Fn.conditionContains(AllowedOrigins.valueAsList, '*'),
    assertions: [
      {
        assert: Fn.conditionEachMemberEquals(AllowedOrigins.valueAsList, '*'),
        assertDescription: 'AllowedOrigins is either * or a list of origins',
      },
    ],
  });
};
