import { invalidProperty, type LocalError } from '../../../cloudformation/errors.ts';
import { generatedName, uuid } from '../../../cloudformation/names.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';
import { dataProtection, type Rule, ruleFaults, rules, visibilityConfig } from './parts/rule.ts';

type Properties = {
  readonly DefaultAction: object;
  readonly Name?: string;
  readonly Scope: 'REGIONAL' | 'CLOUDFRONT';
  readonly Rules?: readonly Rule[];
};

/**
 * A web ACL for regional resources or for CloudFront, which the twin does not support. It is validated as CreateWebACL does. The
 * twin filters no requests.
 */
export const wafv2WebAcl: ResourceType<Properties> = {
  type: 'AWS::WAFv2::WebACL',
  schema: object(
    {
      DataProtectionConfig: dataProtection,
      DefaultAction: object({ Allow: object({}), Block: object({}) }),
      Description: { ...string, pattern: '^[\\w+=:#@/\\-,.][\\w+=:#@/\\-,.\\s]*$', maxLength: 256 },
      Name: { type: 'string', pattern: '^[0-9A-Za-z_-]{1,128}$' },
      Rules: rules,
      Scope: { enum: ['REGIONAL', 'CLOUDFRONT'] },
      Tags: tagsSchema,
      VisibilityConfig: visibilityConfig,
    },
    ['DefaultAction', 'Scope', 'VisibilityConfig'],
  ),
  check: ({ DefaultAction: action, Rules = [] }) => [...actionFaults(action), ...ruleFaults(Rules)],
  start: (properties, context) => {
    const { partition, region, accountId } = context.stack;
    const { webAcls } = context.services.waf;
    const name = properties.Name ?? generatedName(context, 128);
    const id = uuid(context);
    const { Scope: scope } = properties;
    const isGlobal = scope === 'CLOUDFRONT';
    // "The scope is not valid.": web ACLs for CloudFront can be created only in us-east-1.
    if (isGlobal && region !== 'us-east-1')
      throw invalidProperty(
        'Scope',
        `is CLOUDFRONT, which is for us-east-1 only, not for ${region}; start with --region us-east-1`,
      );
    const arn = `arn:${partition}:wafv2:${region}:${accountId}:${isGlobal ? 'global' : 'regional'}/webacl/${name}/${id}`;
    // A web ACL for CloudFront cannot be associated with a stage.
    if (!isGlobal) webAcls.add(arn);
    return {
      ref: `${name}|${id}|${scope}`,
      attributes: { Arn: arn, Id: id, LabelNamespace: `awswaf:${accountId}:webacl:${name}:` },
      stop: () => void webAcls.delete(arn),
    };
  },
};

const actionFaults = (action: object): LocalError[] =>
  Object.keys(action).length === 1
    ? []
    : [invalidProperty('DefaultAction', 'must have either Allow or Block; give one of the two')];
