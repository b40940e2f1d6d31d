import { conditional, ref, sub } from './cloudformation.ts';
import type { Group } from './group.ts';
import { tags } from './tags.ts';

/** Returns an API key and its usage plan, for stacks that require an API key. */
export const apiKey = (): Group => ({
  heading: 'API key and usage plan, if RequireApiKey is true',
  resources: conditional('RequiresApiKey', {
    ApiKey: {
      Type: 'AWS::ApiGateway::ApiKey',
      Properties: {
        Name: sub('${AWS::StackName}-key'),
        Description: 'First client of the Items API',
        Enabled: true,
        Tags: tags,
      },
    },
    UsagePlan: {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        UsagePlanName: sub('${AWS::StackName}-plan'),
        Description: 'Limits of a client of the Items API',
        ApiStages: [{ ApiId: ref('RestApi'), Stage: ref('Stage') }],
        Throttle: { RateLimit: ref('ThrottlingRateLimit'), BurstLimit: ref('ThrottlingBurstLimit') },
        Tags: tags,
      },
    },
    UsagePlanKey: {
      Type: 'AWS::ApiGateway::UsagePlanKey',
      Properties: { KeyId: ref('ApiKey'), KeyType: 'API_KEY', UsagePlanId: ref('UsagePlan') },
    },
  }),
});
