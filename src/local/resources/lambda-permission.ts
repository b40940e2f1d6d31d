import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource.ts';
import { object } from '../shapes.ts';

type Properties = {
  readonly Action: string;
  readonly FunctionName: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
};

/** A statement of a function's resource policy. */
export const lambdaPermission: ResourceType<Properties> = {
  type: 'AWS::Lambda::Permission',
  schema: object(
    {
      Action: { type: 'string', pattern: '^(lambda:[*]|lambda:[a-zA-Z]+|[*])$' },
      // A function or its ARN; the twin has no versions and aliases that a qualifier could name.
      FunctionName: { type: 'string', pattern: '^(arn:[^:]+:lambda:[^:]+:\\d{12}:function:)?[a-zA-Z0-9-_]{1,64}$' },
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
