// @ts-check
/*
 * The Node.js runtime inside an execution environment: loads the handler and runs it for each invocation.
 * Plain JavaScript with types in comments, because it runs at every cold start and stripping types would double that.
 * Messages and exit codes are those of AWS's own client, aws-lambda-ric: 3 for Node.js 22 and before, 4 since. test/ric compares.
 */
import { next, send } from './channel.mjs';
import { logError, patchConsole } from './console.mjs';

const { readFileSync, statSync } = process.getBuiltinModule('node:fs');
const { createRequire, registerHooks } = process.getBuiltinModule('node:module');
const { basename, delimiter, dirname, join } = process.getBuiltinModule('node:path');
const { pathToFileURL } = process.getBuiltinModule('node:url');

/** @typedef {(event: unknown, context: object, callback?: (error: unknown, result?: unknown) => void) => unknown} Handler */

const env = process.env;
/** Since Node.js 24: without callbacks. */
const isVersion4 = Number(/nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV ?? '')?.[1]) >= 24;

/** @type {string | undefined} */
let requestId;
/** Called when the event loop is empty, as Lambda looks for handlers that can never finish. */
let whenLoopIsEmpty = () => {};

// Libraries look for this global too; without it they would fail with a ReferenceError that tells nothing.
Object.assign(globalThis, { awslambda: { streamifyResponse } });
patchConsole(() => requestId);
process.on('beforeExit', () => whenLoopIsEmpty());
process.on('uncaughtException', (error) => fatal('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) =>
  fatal('Unhandled Promise Rejection', runtimeError('UnhandledPromiseRejection', String(reason), { reason }), 128),
);

/** @type {Handler} */
let handler;
// Not awaited: while a module waits for a promise, Node.js does not tell that the event loop is empty.
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
      // Not resolved with the promise itself: an empty event loop must still be able to reject.
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

/** The twin's API Gateway takes responses in one piece only. */
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
 * @param {string} taskRoot
 * @param {string} name
 * @returns {Promise<Handler>}
 */
async function loadHandler(taskRoot, name) {
  if (name.includes('..')) {
    throw runtimeError(
      'MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const [, path, exported] = /^((?:.*\/)?[^./]+)\.(.+)$/.exec(name) ?? [];
  if (path === undefined || exported === undefined) throw runtimeError('MalformedHandlerName', 'Bad handler');
  let module;
  try {
    // Awaited, as by AWS's client: a module that exports `then` is loaded when that says so.
    module = await loadModule(join(taskRoot, path), createRequire(join(taskRoot, '/')));
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError('UserCodeSyntaxError', String(error), { stack: error.stack });
    const { code, stack } = /** @type {{ code?: unknown, stack?: string }} */ (error ?? {});
    if (code === 'MODULE_NOT_FOUND') throw runtimeError('ImportModuleError', String(error), { stack });
    throw error;
  }
  const keys = exported.split('.');
  const [found] = [module, isVersion4 ? module?.default : undefined].flatMap(
    (from) => keys.reduce((nested, key) => nested?.[key], from) ?? [],
  );
  if (found === undefined || found === null) throw runtimeError('HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof found !== 'function') throw runtimeError('HandlerNotFound', `${name} is not a function`);
  if (isVersion4 && found.length >= 3) {
    throw runtimeError(
      'CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return found;
}

/**
 * The handler's module, from the file that AWS's client takes: without extension, .js, .mjs or .cjs, in this order.
 * @param {string} path
 * @param {NodeJS.Require} require
 * @returns {unknown}
 */
function loadModule(path, require) {
  importFromNodePath();
  const extension = ['', '.js', '.mjs', '.cjs'].find((one) => isFile(path + one));
  const file = extension === undefined ? require.resolve(path) : path + extension;
  const isModule = extension === '.mjs' || (extension === '.js' && isInModulePackage(dirname(file)));
  return isVersion4 || isModule ? import(pathToFileURL(file).href) : require(file);
}

/** @param {string} path */
function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * True if the next package.json on the way up says that .js files are ES modules.
 * @param {string} folder
 * @returns {boolean}
 */
function isInModulePackage(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))?.type === 'module';
  } catch {
    return dirname(folder) !== folder && basename(folder) !== 'node_modules' && isInModulePackage(dirname(folder));
  }
}

/** Node.js looks into the folders of NODE_PATH for `require` only; in Lambda's runtimes since nodejs18.x `import` does as well. */
function importFromNodePath() {
  const folders = (env.NODE_PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  // Versions of Node.js that have no such hooks import from the function's own folder only.
  if (folders.length === 0 || registerHooks === undefined) return;
  registerHooks({
    resolve(specifier, context, next) {
      let failure;
      try {
        return next(specifier, context);
      } catch (error) {
        if (/^(?:\.|\/|\w+:)/.test(specifier) || !context.conditions.includes('import')) throw error;
        failure = error;
      }
      for (const folder of folders) {
        try {
          return next(specifier, { ...context, parentURL: pathToFileURL(join(dirname(folder), 'function.mjs')).href });
        } catch {
          // The next folder may have it.
        }
      }
      throw failure;
    },
  });
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
  // A function or a symbol has no JSON text.
  if (text === undefined) throw new TypeError('Wrong arguments');
  return text;
}

/** @param {unknown} error */
function errorResponse(error) {
  if (!(error instanceof Error) && (isVersion4 || !isErrorLike(error))) {
    return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
  }
  const [errorType, errorMessage, stack] = [error.name, error.message, error.stack].map((text) =>
    String(text).replaceAll('\x7f', '%7F'),
  );
  return JSON.stringify({ errorType, errorMessage, trace: stack?.split('\n') });
}

/**
 * @param {unknown} value
 * @returns {value is Error}
 */
function isErrorLike(value) {
  const { name, message, stack } = /** @type {Record<string, unknown>} */ (value ?? {});
  return [name, message, stack].every((part) => typeof part === 'string' && part !== '');
}

/**
 * @param {unknown} value
 * @returns {value is Promise<unknown>}
 */
function isThenable(value) {
  return typeof (/** @type {{ then?: unknown } | undefined} */ (value ?? undefined)?.then) === 'function';
}

/**
 * @param {string} type
 * @param {string} message
 * @param {object} [more]
 */
function runtimeError(type, message, more) {
  const error = new Error(message);
  error.name = `Runtime.${type}`;
  error.stack = `${error.name}: ${message}\n${error.stack?.split('\n').slice(1).join('\n')}`;
  return Object.assign(error, more);
}
