// @ts-check
/*
 * The Node.js runtime in an execution environment: loads the handler and runs it for each invocation.
 * It is plain JavaScript with types in comments, because stripping types would double the time of every cold start.
 * Messages and exit codes are those of AWS's client, aws-lambda-ric: version 3 for Node.js up to 22, version 4 since. test/ric
 * compares them.
 */
import { next, send } from './channel.mjs';
import { logError, patchConsole } from './console.mjs';
import { errorResponse, isVersion4, runtimeError } from './errors.mjs';
import { loadHandler } from './handler.mjs';

const env = process.env;

/** @type {string | undefined} */
let requestId;
/** Called when the event loop is empty. Lambda detects handlers that can never finish. */
let whenLoopIsEmpty = () => {};

// Libraries use this global, too. Without it they would fail with a ReferenceError that does not name the cause.
Object.assign(globalThis, { awslambda: { streamifyResponse } });
patchConsole(() => requestId);
process.on('beforeExit', () => whenLoopIsEmpty());
process.on('uncaughtException', (error) => fatal('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) =>
  fatal('Unhandled Promise Rejection', runtimeError('UnhandledPromiseRejection', String(reason), { reason }), 128),
);

/** @type {import('./handler.mjs').Handler} */
let handler;
// Not awaited: while a module waits for a promise, Node.js does not emit `beforeExit`.
void main();

async function main() {
  try {
    handler = await loadHandler(env.LAMBDA_TASK_ROOT ?? '', env._HANDLER ?? '');
  } catch (error) {
    logError('Init Error', error);
    send('initError', errorResponse(error));
    process.exit(1);
  }
  for (;;) await serveOne();
}

async function serveOne() {
  const { description, event } = await next();
  requestId = description.requestId;
  env._X_AMZN_TRACE_ID = description.traceId;
  let response;
  try {
    const result = await run(JSON.parse(event), contextOf(description));
    response = serialize(result);
  } catch (error) {
    logError('Invoke Error', error);
    send('error', errorResponse(error));
    return;
  }
  send('response', response);
}

/**
 * Runs the handler until its promise, its callback or an empty event loop ends the invocation.
 * @param {unknown} event
 * @param {Record<string, unknown>} context
 */
function run(event, context) {
  return new Promise((resolve, reject) => {
    whenLoopIsEmpty = () => reject(runtimeError('NodeJsExit', neverSettled));
    if (isVersion4) {
      // Not resolved with the promise itself: an empty event loop must still be able to reject it.
      Promise.resolve(handler(event, context)).then(resolve, reject);
      return;
    }
    const isAsync = handler.constructor.name === 'AsyncFunction';
    if (!isAsync) whenLoopIsEmpty = () => resolve(null);
    const done = (/** @type {unknown} */ error, /** @type {unknown} */ result) =>
      error === undefined || error === null ? resolve(result) : reject(error);
    context.callbackWaitsForEmptyEventLoop = true;
    context.done = done;
    context.succeed = (/** @type {unknown} */ result) => done(null, result);
    context.fail = (/** @type {unknown} */ error) => done(error ?? 'handled', null);
    const callback = (/** @type {unknown} */ error, /** @type {unknown} */ result) => {
      if (error === undefined || error === null) {
        if (context.callbackWaitsForEmptyEventLoop) whenLoopIsEmpty = () => resolve(result);
        else resolve(result);
      } else reject(error);
    };
    const returned = handler(event, context, callback);
    if (isThenable(returned)) returned.then(resolve, reject);
  }).finally(() => {
    whenLoopIsEmpty = () => {};
  });
}

const neverSettled =
  'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes';

/** Rejects streaming: the twin's API Gateway accepts whole responses only. */
function streamifyResponse() {
  const message =
    'The local twin does not support response streaming (awslambda.streamifyResponse). Return the whole response.';
  throw runtimeError('StreamingNotSupported', message);
}

/** @param {import('./channel.mjs').Description} description */
function contextOf({ functionArn, traceId, deadline }) {
  return {
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: functionArn,
    awsRequestId: requestId,
    tenantId: undefined,
    ...(isVersion4 && { xRayTraceId: traceId }),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/**
 * @param {string} label
 * @param {unknown} error
 * @param {number} exitCode
 */
function fatal(label, error, exitCode) {
  logError(label, error);
  send(requestId === undefined ? 'initError' : 'error', errorResponse(error));
  process.exit(exitCode);
}

/** @param {unknown} result */
function serialize(result) {
  let text;
  try {
    text = JSON.stringify(result === undefined ? null : result);
  } catch {
    const message = 'Unable to stringify response body';
    throw isVersion4 ? runtimeError('JSONStringifyError', message) : new Error(message);
  }
  // Functions and symbols have no JSON text.
  if (text === undefined) throw new TypeError('Wrong arguments');
  return text;
}

/**
 * @param {unknown} value
 * @returns {value is Promise<unknown>}
 */
function isThenable(value) {
  return typeof (/** @type {{ then?: unknown } | undefined} */ (value ?? undefined)?.then) === 'function';
}
