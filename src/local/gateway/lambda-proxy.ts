import { LocalError } from '../../cloudformation/errors.ts';
import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import { whereToLook } from '../../cloudformation/where-to-look.ts';
import type { InvokeResult, Lambda } from '../lambda/lambda.ts';
import type { IntegrationConfiguration } from './configuration.ts';
import type { Context } from './context.ts';
import { type EventSource, proxyEvent } from './event.ts';
import { type Failure, failure, isFailure } from './failure.ts';
import { type HttpResponse, headerValue } from './http.ts';
import { proxyResponse } from './result.ts';

/** Prepares an AWS_PROXY integration: the request becomes an event, the function's output the response. */
export const compileLambdaProxy = (
  integration: IntegrationConfiguration,
  api: { readonly apiId: string; readonly stack: StackIdentity; readonly lambda: Lambda },
): { readonly functionName: string; readonly invoke: (source: EventSource) => Promise<HttpResponse | Failure> } => {
  if (integration.integrationHttpMethod !== 'POST') {
    throw new LocalError(
      'INVALID_PROPERTY',
      `Integration.IntegrationHttpMethod is ${integration.integrationHttpMethod ?? 'missing'}, but Lambda is invoked by POST only: write POST`,
    );
  }
  const { functionArn, functionName } = functionOfUri(integration.uri ?? '');
  const { stack, apiId, lambda } = api;
  const invoke = async (source: EventSource): Promise<HttpResponse | Failure> => {
    const { context, request } = source;
    const event = proxyEvent(source);
    if (event.length > maxPayload / 3 && Buffer.byteLength(event) > maxPayload) {
      return failure('REQUEST_TOO_LARGE', { reason: `The event is larger than the ${maxPayload} bytes that Lambda takes` });
    }
    const sourceArn = `arn:${stack.partition}:execute-api:${stack.region}:${stack.accountId}:${apiId}/${context.stage}/${request.method}${source.resource}`;
    const traceHeader = headerValue(source.forwarded, 'X-Amzn-Trace-Id');
    const start = performance.now();
    const result = await withTimeout(
      lambda.invoke(functionArn, event, {
        principal: 'apigateway.amazonaws.com',
        sourceArn,
        sourceAccount: stack.accountId,
        ...(traceHeader !== undefined && { traceHeader }),
      }),
      (action) => lambda.startTimer(functionArn, integration.timeoutInMillis, action),
    );
    context.integration = { latency: Math.round(performance.now() - start) };
    context.integrationLatency = context.integration.latency ?? 0;
    if (result?.kind === 'payload' && result.invocation) source.onInvocation?.(result.invocation);
    const called = { functionName, sourceArn };
    const response = responseOf(result, context, headerValue(request.headers, 'Accept'), source.binaryMediaTypes, called);
    if (isFailure(response) && response.reason !== undefined) {
      context.integrationErrorMessage = response.reason;
      context.integration.error = response.reason;
    }
    return response;
  };
  return { functionName, invoke };
};

/** The function in an integration URI, `arn:…:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations`. */
export const functionOfUri = (uri: string): { functionArn: string; functionName: string } => {
  const functionArn = /^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
  const functionName = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:([\w-]+)$/.exec(functionArn ?? '')?.[1];
  if (/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+:[\w$-]+$|\$\{stageVariables\./.test(functionArn ?? '')) {
    throw new LocalError(
      'UNSUPPORTED_PROPERTY',
      `Integration.Uri is ${uri}, and the local twin supports neither versions and aliases nor stage variables there; name the function by its ARN (${whereToLook})`,
    );
  }
  if (functionArn === undefined || functionName === undefined) {
    throw new LocalError(
      'INVALID_PROPERTY',
      `Integration.Uri is ${uri === '' ? 'missing' : uri}, which is not the invocation of a function of this stack: write ` +
        'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations',
    );
  }
  return { functionArn, functionName };
};

const responseOf = (
  result: InvokeResult | undefined,
  context: Context,
  accept: string | undefined,
  binaryMediaTypes: readonly string[],
  called: { readonly functionName: string; readonly sourceArn: string },
): HttpResponse | Failure => {
  if (result === undefined) {
    return failure('INTEGRATION_TIMEOUT', { reason: 'Execution failed due to a timeout error' });
  }
  if (result.kind === 'refused') {
    const status = invokeStatus[result.error];
    context.integrationStatus = status;
    context.integration = { ...context.integration, status };
    return failure('INTEGRATION_FAILURE', { reason: refusals[result.error](called) });
  }
  context.integrationStatus = 200;
  context.integration = { ...context.integration, status: 200 };
  if (result.functionError !== undefined) {
    return failure('DEFAULT_5XX', {
      reason: `Lambda execution failed with status 200 due to customer function error: ${errorMessage(result.payload)}`,
    });
  }
  const response = proxyResponse(result.payload, accept, binaryMediaTypes);
  if (!isFailure(response)) {
    context.integration = { ...context.integration, integrationStatus: response.status };
  }
  return response;
};

/** Status of the Invoke call. The client gets 500 for each: "If the Lambda API rejects the invocation request". */
const invokeStatus = { ResourceNotFoundException: 404, AccessDeniedException: 403, TooManyRequestsException: 429 } as const;

const refusals = {
  ResourceNotFoundException: ({ functionName }) =>
    `Execution failed due to configuration error: the function does not exist: ${functionName}`,
  AccessDeniedException: ({ functionName, sourceArn }) =>
    'Execution failed due to configuration error: Invalid permissions on Lambda function: ' +
    `let an AWS::Lambda::Permission allow lambda:InvokeFunction of ${functionName} to apigateway.amazonaws.com, with a SourceArn that matches ${sourceArn}`,
  TooManyRequestsException: () => 'Lambda invocation failed with status: 429, Rate Exceeded.',
} satisfies Record<keyof typeof invokeStatus, (called: { functionName: string; sourceArn: string }) => string>;

const errorMessage = (payload: string): string => {
  try {
    const error: unknown = JSON.parse(payload);
    return typeof error === 'object' && error !== null && 'errorMessage' in error ? String(error.errorMessage) : payload;
  } catch {
    return payload;
  }
};

/** Bytes that a synchronous invocation takes; its response may have 100 more. */
const maxPayload = 6_291_456;

/** The promise's value, or undefined when the time is over. The function runs on, as on AWS. */
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
