// @ts-check
/* Patches the console as Lambda's Node.js runtime does, in the function's log format. */
const { writeSync } = process.getBuiltinModule('node:fs');
const { format } = process.getBuiltinModule('node:util');

const env = process.env;

/**
 * Patches the console methods. Each call writes one frame to the descriptor in Lambda's environment variable, so that a message
 * of several lines is one event: 4 bytes of type and level, 4 of length, 8 of microseconds since the epoch, then the message,
 * big-endian.
 * @param {() => string | undefined} currentRequestId
 */
export function patchConsole(currentRequestId) {
  const descriptor = Number(env._LAMBDA_TELEMETRY_LOG_FD);
  delete env._LAMBDA_TELEMETRY_LOG_FD;
  const json = env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
  const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
  const least = Math.max(levels.indexOf(env.AWS_LAMBDA_LOG_LEVEL ?? 'TRACE'), 0);
  const methods = { trace: 0, debug: 1, info: 2, log: 2, warn: 3, error: 4, fatal: 5 };
  for (const [method, level] of Object.entries(methods)) {
    const name = levels[level] ?? 'INFO';
    const write = (/** @type {unknown[]} */ ...parameters) => {
      const now = Date.now();
      const requestId = currentRequestId();
      const timestamp = new Date(now).toISOString();
      const line = json
        ? jsonLine({ timestamp, level: name, requestId }, parameters)
        : `${timestamp}\t${requestId}\t${name}\t${format(...parameters)}`;
      const frame = Buffer.allocUnsafe(16 + Buffer.byteLength(line));
      frame.writeUInt32BE(((json ? 0xa55a0002 : 0xa55a0003) | ((level + 1) << 2)) >>> 0, 0);
      frame.writeUInt32BE(frame.length - 16, 4);
      frame.writeBigUInt64BE(BigInt(now) * 1000n, 8);
      frame.write(line, 16);
      try {
        for (let at = 0; at < frame.length; ) at += writeSync(descriptor, frame, at);
      } catch {
        // The twin has ended, and the environment ends, too. Throwing here would log the error, which fails again, and so on.
        process.exit(1);
      }
    };
    Object.assign(console, { [method]: level >= least ? write : () => {} });
  }
}

/**
 * Logs an error that ends an invocation or INIT.
 * @param {string} label
 * @param {unknown} error
 */
export function logError(label, error) {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (env.AWS_LAMBDA_LOG_FORMAT === 'JSON') console.error(cause);
  else {
    const { name: errorType, message: errorMessage, stack } = cause;
    console.error(label, `\t${JSON.stringify({ errorType, errorMessage, ...cause, stack: stack?.split('\n') })}`);
  }
}

/**
 * @param {Record<string, unknown>} line
 * @param {unknown[]} parameters
 */
function jsonLine(line, parameters) {
  if (parameters.length === 1) {
    try {
      return JSON.stringify({ ...line, message: parameters[0] }, (_key, value) =>
        value instanceof Error ? { ...describe(value), ...value } : value,
      );
    } catch {
      return JSON.stringify({ ...line, message: format(parameters[0]) });
    }
  }
  const error = parameters.find((parameter) => parameter instanceof Error);
  return JSON.stringify({ ...line, message: format(...parameters), ...(error instanceof Error && describe(error)) });
}

/** @param {Error} error */
function describe(error) {
  const errorType = error.constructor?.name ?? 'UnknownError';
  return { errorType, errorMessage: error.message, stackTrace: String(error.stack).split('\n') };
}
