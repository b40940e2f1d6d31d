/**
 * @typedef {import('../messages.ts').RequestSummary} RequestSummary
 * @typedef {object} Filter
 * @property {string} text Part of method, path, status or reason, or the beginning of an id. All of several words must match.
 * @property {string} status Such as `4xx`; empty for all.
 * @property {string} functionName Empty for all; `-` for requests that reached no function.
 */

/** @type {Filter} */
export const noFilter = { text: '', status: '', functionName: '' };

/**
 * Returns true if a request matches a filter.
 * @param {RequestSummary} request
 * @param {Filter} filter
 */
export const matches = (request, { text, status, functionName }) => {
  if (status !== '' && !String(request.status).startsWith(status.slice(0, 1))) return false;
  if (functionName !== '' && (request.functionName ?? '-') !== functionName) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { method, target, reason = '', requestId } = request;
  const content = `${method} ${target} ${request.status} ${reason}`.toLowerCase();
  // A short word would match too many ids.
  return words.every((word) => content.includes(word) || (word.length >= 8 && requestId.startsWith(word)));
};
