import { invalidProperty } from '../../../cloudformation/errors.ts';
import { list, object, string } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = { readonly ResourceArn: string };

const behavior = { enum: ['KEEP', 'DROP'] };
const nothing = object({});
// "The name of the destination must start with aws-waf-logs-."
const destination =
  '^arn:[\\w-]+:(logs:[a-z0-9-]+:\\d{12}:log-group:|firehose:[a-z0-9-]+:\\d{12}:deliverystream/|s3:::)aws-waf-logs-.+$';

/** Log destination of a web ACL. It is validated as PutLoggingConfiguration does. The twin logs nothing. */
export const wafv2LoggingConfiguration: ResourceType<Properties> = {
  type: 'AWS::WAFv2::LoggingConfiguration',
  schema: object(
    {
      LogDestinationConfigs: list({ type: 'string', pattern: destination }, { minItems: 1, maxItems: 1 }),
      LoggingFilter: object(
        {
          DefaultBehavior: behavior,
          Filters: list(
            object(
              {
                Behavior: behavior,
                Conditions: list(
                  object({
                    ActionCondition: object(
                      {
                        Action: { enum: ['ALLOW', 'BLOCK', 'COUNT', 'CAPTCHA', 'CHALLENGE', 'EXCLUDED_AS_COUNT'] },
                      },
                      ['Action'],
                    ),
                    LabelNameCondition: object({ LabelName: { type: 'string', pattern: '^[0-9A-Za-z_:-]{1,1024}$' } }, [
                      'LabelName',
                    ]),
                  }),
                  { minItems: 1 },
                ),
                Requirement: { enum: ['MEETS_ALL', 'MEETS_ANY'] },
              },
              ['Behavior', 'Conditions', 'Requirement'],
            ),
            { minItems: 1 },
          ),
        },
        ['DefaultBehavior', 'Filters'],
      ),
      RedactedFields: list(
        object({
          Method: nothing,
          QueryString: nothing,
          SingleHeader: object({ Name: { type: 'string', minLength: 1, maxLength: 64 } }, ['Name']),
          UriPath: nothing,
        }),
        { maxItems: 100 },
      ),
      ResourceArn: string,
    },
    ['LogDestinationConfigs', 'ResourceArn'],
  ),
  start: ({ ResourceArn: webAcl }, context) => {
    if (!context.services.waf.webAcls.has(webAcl))
      throw invalidProperty('ResourceArn', `is ${webAcl}, which this template does not declare; use !GetAtt and its Arn`);
    return { ref: webAcl };
  },
};
