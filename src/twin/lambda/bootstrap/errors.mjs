// @ts-check
/* Errors in the format of AWS's runtime client, aws-lambda-ric. */

/** True for version 4 of the client, used since Node.js 24, which has no callbacks. */
export const isVersion4 = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '')?.[1]) >= 24;

/** @param {unknown} error */
export function errorResponse(error) {
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
 * @param {string} type
 * @param {string} message
 * @param {object} [more]
 */
export function runtimeError(type, message, more) {
  const error = new Error(message);
  error.name = `Runtime.${type}`;
  error.stack = `${error.name}: ${message}\n${error.stack?.split('\n').slice(1).join('\n')}`;
  return Object.assign(error, more);
}
