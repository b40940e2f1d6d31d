import { conditional, getAtt, type Properties, ref, sub } from './cloudformation.ts';
import { commented } from './comment.ts';
import type { Group } from './group.ts';
import { logGroup } from './logs.ts';
import { tags } from './tags.ts';

/**
 * Returns AWS WAF in front of the stage: a rate limit for each address, and two AWS managed rule groups. Blocked requests are
 * logged.
 */
export const webAcl = (): Group => ({
  heading: 'AWS WAF, if WebAcl is true',
  text: `Six rules of the common rule set match valid items: long bodies, markup, paths or URLs in a body, ids like file names. They count
a request and do not block it.`,
  resources: conditional('HasWebAcl', {
    StageWebAcl: {
      Type: 'AWS::WAFv2::WebACL',
      Properties: {
        Name: sub('${AWS::StackName}-requests'),
        Description: 'Filters requests to the Items API',
        Scope: 'REGIONAL',
        DefaultAction: { Allow: {} },
        VisibilityConfig: visibility('Requests'),
        DataProtectionConfig: commented('Neither logs nor samples of requests show credentials.', {
          DataProtections: [{ Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: secretHeaders } }],
        }),
        Rules: [
          {
            Name: 'RateOfAddress',
            Priority: 0,
            Action: { Block: {} },
            Statement: { RateBasedStatement: { Limit: ref('WebAclRateLimit'), AggregateKeyType: 'IP' } },
            VisibilityConfig: visibility('RateOfAddress'),
          },
          managedRules('CommonRuleSet', 1, rulesThatItemsMatch),
          managedRules('KnownBadInputsRuleSet', 2, []),
        ],
        Tags: tags,
      },
    },
    WebAclAssociation: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: {
        // The ARN refers to the stage, so that the stage exists before the association is created and until it is deleted.
        ResourceArn: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${RestApi}/stages/${Stage}'),
        WebACLArn: getAtt('StageWebAcl', 'Arn'),
      },
    },
    WebAclLogGroup: commented(
      'WAF writes to log groups with this prefix only.',
      logGroup(sub('aws-waf-logs-${AWS::StackName}')),
    ),
    WebAclLogging: {
      Type: 'AWS::WAFv2::LoggingConfiguration',
      Properties: {
        ResourceArn: getAtt('StageWebAcl', 'Arn'),
        LogDestinationConfigs: [
          sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${WebAclLogGroup}'),
        ],
        LoggingFilter: commented("Other requests are in the API's own access log.", {
          DefaultBehavior: 'DROP',
          Filters: [
            {
              Behavior: 'KEEP',
              Requirement: 'MEETS_ANY',
              Conditions: ['BLOCK', 'EXCLUDED_AS_COUNT', 'COUNT'].map((Action) => ({ ActionCondition: { Action } })),
            },
          ],
        }),
      },
    },
  }),
});

/** Rules of AWSManagedRulesCommonRuleSet that would block valid requests, such as a body over 8 KB (an item may have 400 KB). */
const rulesThatItemsMatch = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
  'RestrictedExtensions_URIPATH',
];

const secretHeaders = ['authorization', 'x-amz-security-token', 'x-api-key'];

const managedRules = (name: string, priority: number, counted: readonly string[]): Properties => ({
  Name: name,
  Priority: priority,
  OverrideAction: { None: {} },
  Statement: {
    ManagedRuleGroupStatement: {
      VendorName: 'AWS',
      Name: `AWSManagedRules${name}`,
      ...(counted.length > 0 && {
        RuleActionOverrides: counted.map((rule) => ({ Name: rule, ActionToUse: { Count: {} } })),
      }),
    },
  },
  VisibilityConfig: visibility(name),
});

const visibility = (metricName: string): Properties => ({
  MetricName: metricName,
  CloudWatchMetricsEnabled: true,
  SampledRequestsEnabled: true,
});
