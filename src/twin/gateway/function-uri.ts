import { LocalError } from '../../cloudformation/errors.ts';
import { parseFunctionName } from '../lambda/function-name.ts';
import { type Failure, failure } from './failure.ts';

/** The function that an integration invokes. */
export interface FunctionTarget {
  /** Includes the qualifier of a version or an alias, if the URI has one. */
  readonly functionArn: string;
  readonly functionName: string;
}

/**
 * Compiles the URI of an integration with a function, `arn:…:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations`.
 * The returned function resolves its stage variables. Throws a LocalError if the URI cannot be that of a function.
 */
export const compileFunctionUri = (
  uri: string,
): ((stageVariables: Readonly<Record<string, string>>) => FunctionTarget | Failure) => {
  const parts = uri.split(/\$\{stageVariables\.(\w+)\}/);
  if (parts.length === 1) {
    const target = targetOf(uri);
    if (target === undefined) throw invalidUri(uri);
    return () => target;
  }
  if (!/^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\//.test(parts[0] ?? '')) throw invalidUri(uri);
  const targets = new Map<string, FunctionTarget | Failure>();
  return (stageVariables) => {
    const resolved = parts.map((part, index) => (index % 2 === 0 ? part : (stageVariables[part] ?? ''))).join('');
    const target = targets.get(resolved) ?? targetOf(resolved) ?? notInvocable(resolved);
    targets.set(resolved, target);
    return target;
  };
};

const targetOf = (uri: string): FunctionTarget | undefined => {
  const functionArn = /^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
  if (!/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/.test(functionArn ?? '')) return undefined;
  return { functionArn: functionArn ?? '', functionName: parseFunctionName(functionArn ?? '').functionName };
};

const notInvocable = (uri: string): Failure =>
  failure('API_CONFIGURATION_ERROR', {
    reason: `Execution failed due to configuration error: Invalid function ARN or invalid uri: ${uri}. Give the stage the Variables that Integration.Uri names`,
  });

const invalidUri = (uri: string): LocalError =>
  new LocalError(
    'INVALID_PROPERTY',
    `Integration.Uri is ${uri === '' ? 'missing' : uri}, which is not the invocation of a function of this stack: write ` +
      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations',
  );
