import { invalidProperty } from '../../../cloudformation/errors.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = { readonly ResourceArn: string; readonly WebACLArn: string };

/** Associates a web ACL with a stage. Both must exist, as on AWS. The twin filters no requests. */
export const wafv2WebAclAssociation: ResourceType<Properties> = {
  type: 'AWS::WAFv2::WebACLAssociation',
  schema: object(
    {
      ResourceArn: { type: 'string', pattern: '^arn:[\\w-]+:apigateway:[a-z0-9-]+::/restapis/[^/]+/stages/[^/]+$' },
      WebACLArn: string,
    },
    ['ResourceArn', 'WebACLArn'],
  ),
  start: ({ ResourceArn: resource, WebACLArn: webAcl }, context) => {
    const { gateway, waf } = context.services;
    if (!waf.webAcls.has(webAcl))
      throw invalidProperty('WebACLArn', `is ${webAcl}, which this template does not declare; use !GetAtt and its Arn`);
    const [apiId = '', , stage = ''] = resource.split('/').slice(2);
    if (!gateway.hasStage(apiId, stage)) {
      const problem = `is ${resource}, and there is no such stage; refer to the stage with !Ref, or add it to DependsOn`;
      throw invalidProperty('ResourceArn', problem);
    }
    return { ref: `${resource}|${webAcl}` };
  },
};
