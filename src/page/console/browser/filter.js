/**
 * @typedef {import('../messages.ts').RequestSummary} RequestSummary
 * @typedef {object} Filter
 * @property {string} text Part of method, path, reason or id; several words must all be found.
 * @property {string} status Such as `4xx`; empty for all.
 * @property {string} functionName Empty for all, `-` for requests that reached none.
 */

/** @type {Filter} */
export const noFilter = { text: '', status: '', functionName: '' };

/**
 * True of a request that a filter lets through.
 * @param {RequestSummary} request
 * @param {Filter} filter
 */
export const matches = (request, { text, status, functionName }) => {
  if (status !== '' && !String(request.status).startsWith(status.slice(0, 1))) return false;
  if (functionName !== '' && (request.functionName ?? '-') !== functionName) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { method, target, reason = '', requestId } = request;
  const content = `${method} ${target} ${request.status} ${reason} ${requestId}`.toLowerCase();
  return words.every((word) => content.includes(word));
};
