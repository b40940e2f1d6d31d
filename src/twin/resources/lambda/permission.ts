import { generatedName } from '../../../cloudformation/names.ts';
import { object } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = {
  readonly Action: string;
  readonly FunctionName: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
};

/** A statement of a function's resource-based policy. */
export const lambdaPermission: ResourceType<Properties> = {
  type: 'AWS::Lambda::Permission',
  schema: object(
    {
      Action: { type: 'string', pattern: '^(lambda:[*]|lambda:[a-zA-Z]+|[*])$' },
      FunctionName: {
        type: 'string',
        pattern: '^((arn:[^:]+:lambda:[^:]+:)?\\d{12}:function:)?[a-zA-Z0-9-_]{1,64}(:[a-zA-Z0-9-_$]{1,128})?$',
      },
      Principal: { type: 'string', pattern: '^\\S+$' },
      SourceArn: { type: 'string', pattern: '^arn:' },
      SourceAccount: { type: 'string', pattern: '^\\d{12}$' },
    },
    ['Action', 'FunctionName', 'Principal'],
  ),
  start: (properties, context) => {
    const { lambda } = context.services;
    const id = generatedName(context, 100);
    const permission = {
      logicalId: context.logicalId,
      functionName: properties.FunctionName,
      action: properties.Action,
      principal: properties.Principal,
      ...(properties.SourceArn !== undefined && { sourceArn: properties.SourceArn }),
      ...(properties.SourceAccount !== undefined && { sourceAccount: properties.SourceAccount }),
    };
    lambda.addPermission(permission);
    return { ref: id, attributes: { Id: id }, stop: () => lambda.removePermission(permission) };
  },
};
