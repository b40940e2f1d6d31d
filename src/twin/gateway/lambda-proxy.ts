import type { IntegrationConfiguration } from './configuration.ts';
import { type Failure, failure, isFailure } from './failure.ts';
import {
  compileInvocation,
  type InvocationServices,
  type InvokeFunction,
  withIntegrationError,
} from './function-invocation.ts';
import { type HttpResponse, headerValue } from './http.ts';
import { type EventSource, proxyEvent } from './request-to-event.ts';
import { proxyResponse } from './result-to-response.ts';
import { setIntegration } from './write-context.ts';

/** An AWS_PROXY integration: the request becomes an event, and the function's output becomes the response. */
export interface LambdaProxy {
  readonly type: 'AWS_PROXY';
  readonly invoke: InvokeFunction;
}

/** Compiles an AWS_PROXY integration. */
export const compileLambdaProxy = (integration: IntegrationConfiguration, services: InvocationServices): LambdaProxy => ({
  type: 'AWS_PROXY',
  invoke: compileInvocation(integration, services),
});

/** Invokes the function of an AWS_PROXY integration and returns its response. */
export const respondByProxy = async ({ invoke }: LambdaProxy, source: EventSource): Promise<HttpResponse | Failure> => {
  const { context, request, binaryMediaTypes } = source;
  const output = await invoke(source, proxyEvent(source));
  if (isFailure(output)) return output;
  if (output.isError) {
    const reason = `Lambda execution failed with status 200 due to customer function error: ${errorMessage(output.payload)}`;
    return withIntegrationError(failure('DEFAULT_5XX', { reason }), context);
  }
  const response = proxyResponse(output.payload, headerValue(request.headers, 'Accept'), binaryMediaTypes);
  if (isFailure(response)) return withIntegrationError(response, context);
  setIntegration(context, { integrationStatus: response.status });
  return response;
};

/** Returns the `errorMessage` in the payload of a function's error, or the whole payload if it has none. */
export const errorMessage = (payload: string): string => {
  try {
    const error: unknown = JSON.parse(payload);
    return typeof error === 'object' && error !== null && 'errorMessage' in error ? String(error.errorMessage) : payload;
  } catch {
    return payload;
  }
};
