import { CfnCondition, Fn, type Stack } from 'aws-cdk-lib';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { comment } from '../comment.ts';
import { isSet } from '../conditions.ts';
import { addLogGroup } from '../logs.ts';
import { stackName } from '../names.ts';
import type { ExtrasParameters } from './parameters.ts';

/** Adds AWS WAF in front of the stage: a limit for each address, and two of AWS's rule groups. What it blocks is logged. */
export const addWebAcl = (stack: Stack, parameters: ExtrasParameters): void => {
  const hasWebAcl = new CfnCondition(stack, 'HasWebAcl', { expression: Fn.conditionEquals(parameters.WebAcl, 'true') });
  const webAcl = comment(
    new CfnWebACL(stack, 'WebAclOfStage', {
      name: stackName('requests'),
      description: 'Filters requests to the Items API',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('Requests'),
      // Neither logs nor samples of requests show what authorizes them.
      dataProtectionConfig: {
        dataProtections: [{ action: 'SUBSTITUTION', field: { fieldType: 'SINGLE_HEADER', fieldKeys: secretHeaders } }],
      },
      rules: [
        {
          name: 'RateOfAddress',
          priority: 0,
          action: { block: {} },
          statement: { rateBasedStatement: { limit: parameters.WebAclRateLimit.valueAsNumber, aggregateKeyType: 'IP' } },
          visibilityConfig: visibility('RateOfAddress'),
        },
        managedRules(
          'CommonRuleSet',
          1,
          whatItemsMayHave.map((name) => ({ name, actionToUse: { count: {} } })),
        ),
        managedRules('KnownBadInputsRuleSet', 2),
      ],
    }),
    'AWS WAF. What a valid item may have in its body or its id is counted and not blocked',
  );
  const association = new CfnWebACLAssociation(stack, 'WebAclAssociation', {
    resourceArn: Fn.sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${RestApiId}/stages/${StageName}'),
    webAclArn: webAcl.attrArn,
  });
  const conditions = { HasKmsKey: new CfnCondition(stack, 'HasKmsKey', { expression: isSet(parameters.KmsKeyArn) }) };
  // WAF writes to groups with this beginning only.
  const logGroup = addLogGroup(stack, { parameters, conditions }, 'WebAcl', Fn.sub('aws-waf-logs-${AWS::StackName}'));
  const logging = new CfnLoggingConfiguration(stack, 'WebAclLogging', {
    resourceArn: webAcl.attrArn,
    logDestinationConfigs: [
      Fn.sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${WebAclLogGroup}'),
    ],
    // Requests that pass are in the API's own access log.
    loggingFilter: {
      DefaultBehavior: 'DROP',
      Filters: [
        {
          Behavior: 'KEEP',
          Requirement: 'MEETS_ANY',
          Conditions: ['BLOCK', 'EXCLUDED_AS_COUNT', 'COUNT'].map((Action) => ({ ActionCondition: { Action } })),
        },
      ],
    },
  });
  for (const resource of [webAcl, association, logGroup, logging]) resource.cfnOptions.condition = hasWebAcl;
};

/**
 * Rules that would cut valid items: they block bodies over 8 KB, of which an item may have 400, bodies with markup, paths or URLs,
 * and paths that end like the name of a file, as an id may.
 */
const whatItemsMayHave = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
  'RestrictedExtensions_URIPATH',
];

const secretHeaders = ['authorization', 'x-amz-security-token', 'x-api-key'];

const managedRules = (
  name: string,
  priority: number,
  ruleActionOverrides?: CfnWebACL.RuleActionOverrideProperty[],
): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name: `AWSManagedRules${name}`,
      ...(ruleActionOverrides && { ruleActionOverrides }),
    },
  },
  visibilityConfig: visibility(name),
});

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});
