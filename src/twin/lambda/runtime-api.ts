import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// Importing from node:http by name would load all its exports, fetch included, which adds 50 ms to each start.
const { createServer } = process.getBuiltinModule('node:http');

/** Maximum size in bytes of a response from a runtime. */
export const maxResponseBytes = 6_291_556;

/** Connection through which an execution environment receives invocations. */
export interface RuntimeConnection {
  /** Sends an invocation to the waiting runtime. Must be called once after each `onNext`. */
  dispatch(invocation: Invocation): void;
  close(): void;
}

/** The Runtime API of one execution environment, on its own port, as `AWS_LAMBDA_RUNTIME_API` requires. */
export interface RuntimeApi extends RuntimeConnection {
  readonly port: number;
}

/** Invocation data for the runtime. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: string;
  readonly traceId: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** Receives messages of the runtime. */
export interface RuntimeListener {
  /** The runtime waits for an invocation: INIT or the previous invocation has finished. */
  onNext(): void;
  onResponse(payload: string): void;
  onError(payload: string): void;
  onInitError(payload: string): void;
}

/**
 * Starts the Runtime API for custom runtimes and AWS's runtime clients, with the states and error bodies of
 * aws/aws-lambda-runtime-interface-emulator.
 */
export const startRuntimeApi = async (listener: RuntimeListener): Promise<RuntimeApi> => {
  let state: State = 'Started';
  let current: Invocation | undefined;
  let pending: ServerResponse | undefined;

  const transition = (response: ServerResponse, from: readonly State[], to: string): boolean => {
    if (from.includes(state)) return true;
    const errorMessage = `State transition from ${state} to ${to} failed for runtime. Error: State transition is not allowed`;
    send(response, 403, { errorMessage, errorType: 'InvalidStateTransition' });
    return false;
  };

  const next = (response: ServerResponse): void => {
    if (!transition(response, ['Started', 'Ready', 'Running', 'RuntimeResponseSentState'], 'Ready')) return;
    if (state === 'Running' && current !== undefined) {
      sendInvocation(response, current);
      return;
    }
    // A runtime that requests twice gets one response, on its newest connection.
    pending?.destroy();
    pending = response;
    if (state === 'Ready') return;
    state = 'Ready';
    current = undefined;
    listener.onNext();
  };

  const initError = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!transition(response, ['Started'], 'InitError')) return;
    state = 'InitError';
    const { body } = await read(request);
    send(response, 202, accepted);
    listener.onInitError(body);
  };

  const outcome = async (request: IncomingMessage, response: ServerResponse, id: string, kind: string): Promise<void> => {
    if (current === undefined || id !== current.requestId) {
      send(response, 400, { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' });
      return;
    }
    const isError = kind === 'error';
    if (!transition(response, ['Running'], isError ? 'InvocationErrorResponse' : 'InvocationResponse')) return;
    state = isError ? 'InvocationErrorResponse' : 'InvocationResponse';
    const { body, size } = await read(request);
    state = 'RuntimeResponseSentState';
    if (size > maxResponseBytes) {
      const errorMessage = `Exceeded maximum allowed payload size (${maxResponseBytes} bytes).`;
      send(response, 413, { errorMessage, errorType: 'RequestEntityTooLarge' });
      listener.onError(responseTooLarge(size));
      return;
    }
    send(response, 202, accepted);
    if (isError) listener.onError(body);
    else listener.onResponse(body);
  };

  const server = createServer((request, response) => {
    const [, version, scope, area, first = '', second = ''] = (request.url ?? '').split('/');
    if (version !== '2018-06-01' || scope !== 'runtime') response.writeHead(404).end();
    else if (request.method === 'GET' && area === 'invocation' && first === 'next') next(response);
    else if (request.method === 'POST' && area === 'init' && first === 'error') void initError(request, response);
    else if (request.method === 'POST' && area === 'invocation' && (second === 'response' || second === 'error')) {
      void outcome(request, response, first, second);
    } else response.writeHead(404).end();
  });
  // `next` waits for the next invocation without a time limit.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    dispatch(invocation) {
      state = 'Running';
      current = invocation;
      if (pending !== undefined) sendInvocation(pending, invocation);
      pending = undefined;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
};

type State =
  | 'Started'
  | 'InitError'
  | 'Ready'
  | 'Running'
  | 'InvocationResponse'
  | 'InvocationErrorResponse'
  | 'RuntimeResponseSentState';

const accepted = { status: 'OK' };

/** Returns the error of an invocation whose response is too large. */
export const responseTooLarge = (size: number): string =>
  JSON.stringify({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size (${size} bytes) exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
  });

const send = (response: ServerResponse, status: number, body: object): void => {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }).end(text);
};

const sendInvocation = (response: ServerResponse, invocation: Invocation): void => {
  response
    .writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(invocation.payload),
      'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
      'Lambda-Runtime-Deadline-Ms': invocation.deadline,
      'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
      'Lambda-Runtime-Trace-Id': invocation.traceId,
    })
    .end(invocation.payload);
};

/** Reads a body. Over the limit, only its size is counted, so that the runtime gets a response instead of a broken pipe. */
const read = (request: IncomingMessage): Promise<{ body: string; size: number }> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxResponseBytes) chunks.push(chunk);
    });
    request.on('end', () => resolve({ body: size > maxResponseBytes ? '' : Buffer.concat(chunks).toString(), size }));
  });
