import { object, string } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';
import { functionArnOf, provisionedConcurrency } from './alias.ts';

type Properties = { readonly FunctionName: string };

/** A version of a function. It has its own ARN and permissions, and invokes the current function. */
export const lambdaVersion: ResourceType<Properties> = {
  type: 'AWS::Lambda::Version',
  schema: object(
    {
      FunctionName: string,
      CodeSha256: string,
      Description: { type: 'string', maxLength: 256 },
      ProvisionedConcurrencyConfig: provisionedConcurrency,
    },
    ['FunctionName'],
  ),
  start: ({ FunctionName }, context) => {
    const { qualifiers } = context.services.lambda;
    const { functionName, functionArn } = functionArnOf(FunctionName, context);
    const version = qualifiers.publishVersion(functionName);
    const arn = `${functionArn}:${version}`;
    return {
      ref: arn,
      attributes: { Version: version, FunctionArn: arn },
      stop: () => qualifiers.deleteVersion(functionName, version),
    };
  },
};
