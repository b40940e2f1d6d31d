import type { InitResult, InvocationResult } from './environment.ts';
import type { InvokeResult } from './lambda.ts';
import type { Outcome } from './platform-log.ts';

/** Converts the result of an invocation for the caller. `timeout` is in seconds. */
export const invokeResult = (result: InvocationResult, requestId: string, timeout: number): Payload => {
  const failed = (errorType: string, error: string): Payload => ({
    kind: 'payload',
    payload: JSON.stringify({ errorType, errorMessage: `RequestId: ${requestId} Error: ${error}` }),
    functionError: 'Unhandled',
  });
  switch (result.kind) {
    case 'response':
      return { kind: 'payload', payload: result.payload };
    case 'error':
      return { kind: 'payload', payload: result.payload, functionError: 'Unhandled' };
    case 'exit':
      return failed(result.errorType, result.reason);
    case 'timeout':
      return failed('Sandbox.Timedout', `Task timed out after ${timeout.toFixed(2)} seconds`);
  }
};

type Payload = InvokeResult & { readonly kind: 'payload' };

/** Returns the outcome of an invocation or INIT, as in Lambda's log lines. */
export const outcomeOf = (result: InvocationResult | InitResult): Outcome => {
  if (result.kind === 'response' || result.kind === 'ready') return { status: 'success' };
  if (result.kind === 'timeout') return { status: 'timeout' };
  return { status: 'error', errorType: result.kind === 'exit' ? result.errorType : errorTypeOf(result.payload) };
};

const errorTypeOf = (payload: string): string => {
  try {
    const { errorType }: { errorType?: unknown } = JSON.parse(payload) ?? {};
    return typeof errorType === 'string' ? errorType : 'Runtime.Unknown';
  } catch {
    return 'Runtime.Unknown';
  }
};
