import { invalidProperty } from '../../../cloudformation/errors.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import { parseFunctionName } from '../../lambda/function-name.ts';
import type { ResourceContext, ResourceType } from '../../resource.ts';

type Properties = { readonly FunctionName: string; readonly FunctionVersion: string; readonly Name: string };

export const provisionedConcurrency = object({ ProvisionedConcurrentExecutions: { type: 'integer', minimum: 1 } }, [
  'ProvisionedConcurrentExecutions',
]);

/** A name for a version of a function. Weighted aliases, which route traffic to two versions, are not supported. */
export const lambdaAlias: ResourceType<Properties> = {
  type: 'AWS::Lambda::Alias',
  schema: object(
    {
      FunctionName: string,
      FunctionVersion: { type: 'string', pattern: '^(\\$LATEST|[0-9]+)$' },
      Name: { type: 'string', pattern: '^(?![0-9]+$)[a-zA-Z0-9-_]{1,128}$' },
      Description: { type: 'string', maxLength: 256 },
      ProvisionedConcurrencyConfig: provisionedConcurrency,
    },
    ['FunctionName', 'FunctionVersion', 'Name'],
  ),
  start: ({ FunctionName, FunctionVersion: version, Name: name }, context) => {
    const { qualifiers } = context.services.lambda;
    const { functionName, functionArn } = functionArnOf(FunctionName, context);
    qualifiers.createAlias(functionName, name, version);
    const arn = `${functionArn}:${name}`;
    return { ref: arn, attributes: { AliasArn: arn }, stop: () => qualifiers.deleteAlias(functionName, name) };
  },
};

/** Returns the function of the stack that a property names by name or ARN. Throws a LocalError if there is none. */
export const functionArnOf = (
  nameOrArn: string,
  { stack, services }: ResourceContext,
): { readonly functionName: string; readonly functionArn: string } => {
  const { functionName } = parseFunctionName(nameOrArn);
  if (!services.lambda.functions().some((one) => one.functionName === functionName)) {
    throw invalidProperty(
      'FunctionName',
      `is ${nameOrArn}. Function not found; refer to a function of this stack with !Ref`,
    );
  }
  const { partition, region, accountId } = stack;
  return { functionName, functionArn: `arn:${partition}:lambda:${region}:${accountId}:function:${functionName}` };
};
