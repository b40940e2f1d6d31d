import { invalidProperty } from '../../cloudformation/errors.ts';
import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import type { Iam } from '../iam/index.ts';
import type { Caller, InvokeResult, Lambda } from '../lambda/lambda.ts';
import type { IntegrationConfiguration } from './configuration.ts';
import type { Context } from './context.ts';
import { type Failure, failure, isFailure } from './failure.ts';
import { compileFunctionUri, type FunctionTarget } from './function-uri.ts';
import { headerValue } from './http.ts';
import { compileIntegrationRole } from './integration-role.ts';
import { dynamoDbAction } from './integration-uri.ts';
import type { EventSource } from './request-to-event.ts';
import { setIntegration } from './write-context.ts';

/** Return value of a function, or the error that it raised. */
export interface FunctionOutput {
  readonly payload: string;
  readonly isError: boolean;
}

/** Invokes the function of an integration. Returns a failure if the function was not invoked or did not respond in time. */
export type InvokeFunction = (
  source: EventSource,
  payload: string,
  invocationType?: Caller['invocationType'],
) => Promise<FunctionOutput | Failure>;

/** Parts of the API and the stack that invocations need. */
export interface InvocationServices {
  readonly apiId: string;
  readonly stack: StackIdentity;
  readonly lambda: Lambda;
  readonly iam: Pick<Iam, 'roles' | 'managedPolicies'>;
}

/** Creates the invocation of a function by an integration. */
export const compileInvocation = (integration: IntegrationConfiguration, services: InvocationServices): InvokeFunction => {
  const { integrationHttpMethod: httpMethod } = integration;
  if (httpMethod === undefined) throw invalidProperty('Integration.IntegrationHttpMethod', 'is missing; write POST');
  const { stack, apiId, lambda, iam } = services;
  const { credentials, timeoutInMillis } = integration;
  const resolve = compileFunctionUri(integration.uri ?? '');
  const assume = credentials === undefined ? undefined : compileIntegrationRole(credentials, iam);
  return async (source, payload, invocationType) => {
    const { context, request } = source;
    if (payload.length > maxPayload / 3 && Buffer.byteLength(payload) > maxPayload) {
      return failure('REQUEST_TOO_LARGE', { reason: `The event exceeds Lambda's limit of ${maxPayload} bytes` });
    }
    if (httpMethod !== 'POST') return withIntegrationError(notPosted(httpMethod), context);
    const target = resolve(source.stageVariables);
    if (isFailure(target)) return target;
    const identity = assume?.();
    if (identity !== undefined && isFailure(identity)) return identity;
    const sourceArn = `arn:${stack.partition}:execute-api:${stack.region}:${stack.accountId}:${apiId}/${context.stage}/${request.method}${source.resource}`;
    const traceHeader = headerValue(source.forwarded, 'X-Amzn-Trace-Id');
    source.onFunction?.(target.functionName);
    const start = performance.now();
    const result = await withTimeout(
      lambda.invoke(target.functionArn, payload, {
        principal: 'apigateway.amazonaws.com',
        sourceArn,
        sourceAccount: stack.accountId,
        ...(traceHeader !== undefined && { traceHeader }),
        ...(identity && { identity }),
        ...(invocationType && { invocationType }),
      }),
      (action) => lambda.startTimer(target.functionArn, timeoutInMillis, action),
    );
    setIntegration(context, { latency: Math.round(performance.now() - start) });
    if (result?.kind === 'payload' && result.invocation) source.onInvocation?.(result.invocation);
    const output = outputOf(result, context, { ...target, sourceArn });
    return isFailure(output) ? withIntegrationError(output, context) : output;
  };
};

/**
 * Returns the reason why every request to an integration fails; undefined if there is none. AWS deploys such a method without an
 * error.
 */
export const invocationFault = ({
  type,
  uri,
  integrationHttpMethod: httpMethod,
}: IntegrationConfiguration): string | undefined =>
  type === 'MOCK' || httpMethod === 'POST' || httpMethod === undefined || dynamoDbAction(uri ?? '') !== undefined
    ? undefined
    : `Integration.IntegrationHttpMethod is ${httpMethod}, but Lambda integrations require POST. Write POST`;

/** Returns the failure for an integration method other than POST, with the text of AWS's execution logs. */
const notPosted = (httpMethod: string): Failure =>
  failure('API_CONFIGURATION_ERROR', {
    reason: `Execution failed due to configuration error: Unable to determine service/operation name to be authorized: Lambda is invoked by POST, and IntegrationHttpMethod is ${httpMethod}`,
  });

/** Sets the integration error that access logs read. */
export const withIntegrationError = (failed: Failure, context: Context): Failure => {
  if (failed.reason !== undefined) {
    setIntegration(context, { error: failed.reason });
  }
  return failed;
};

interface Called extends FunctionTarget {
  readonly sourceArn: string;
}

const outputOf = (result: InvokeResult | undefined, context: Context, called: Called): FunctionOutput | Failure => {
  if (result === undefined) {
    return failure('INTEGRATION_TIMEOUT', { reason: 'Execution failed due to a timeout error' });
  }
  const status = result.kind === 'rejected' ? invokeStatus[result.error] : 200;
  setIntegration(context, { status });
  if (result.kind === 'payload') return { payload: result.payload, isError: result.functionError !== undefined };
  return failure('INTEGRATION_FAILURE', { reason: rejections[result.error](called, result.message) });
};

/** Status of the Invoke call. The client gets 500 for each of them: "If the Lambda API rejects the invocation request". */
const invokeStatus = { ResourceNotFoundException: 404, AccessDeniedException: 403, TooManyRequestsException: 429 } as const;

const rejections = {
  ResourceNotFoundException: ({ functionArn }) =>
    `Execution failed due to configuration error: the function does not exist: ${functionArn.replace(/^.*:function:/, '')}`,
  AccessDeniedException: ({ functionArn, sourceArn }, message) =>
    'Execution failed due to configuration error: Invalid permissions on Lambda function: ' +
    (message ??
      `add an AWS::Lambda::Permission that allows apigateway.amazonaws.com to call lambda:InvokeFunction on ${functionArn.replace(/^.*:function:/, '')}, with a SourceArn that matches ${sourceArn}`),
  TooManyRequestsException: () => 'Lambda invocation failed with status: 429, Rate Exceeded.',
} satisfies Record<keyof typeof invokeStatus, (called: Called, message?: string) => string>;

/** Largest payload in bytes of a synchronous invocation. Its response may have 100 bytes more. */
const maxPayload = 6_291_456;

/** Returns the value of the promise, or undefined after the timeout. The function continues to run, as on AWS. */
const withTimeout = async <T>(
  promise: Promise<T>,
  startTimer: (action: () => void) => () => void,
): Promise<T | undefined> => {
  const { promise: timeout, resolve } = Promise.withResolvers<undefined>();
  const cancel = startTimer(() => resolve(undefined));
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    cancel();
  }
};
