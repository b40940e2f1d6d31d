import { isSentMethod, type SentRequest } from '../sent-request.ts';
import { isOfSignature, isSignature } from './credentials.ts';
import { isWhole } from './kept-body.ts';
import type { RecordedRequest } from './recorder.ts';

/**
 * Returns a recorded request in the form to send it again, with its credentials. A signature is removed, because it is valid for
 * only 5 minutes; the sender signs again. Returns undefined if the request cannot be sent unchanged.
 */
export const sentAgain = (request: RecordedRequest): SentRequest | undefined => {
  const { record, url, requestHeaders: headers, requestBody } = request;
  const { method } = record;
  if (!request.isWhole || !isWhole(requestBody) || !isSentMethod(method) || !URL.canParse(url)) return undefined;
  const isSigned = headers.some(([name, value]) => name.toLowerCase() === 'authorization' && isSignature(value));
  return {
    method,
    url: new URL(url),
    headers: headers.filter(
      ([name]) =>
        !ofConnection.has(name.toLowerCase()) &&
        !(isSigned && (name.toLowerCase() === 'authorization' || isOfSignature(name))),
    ),
    body: requestBody.bytes,
  };
};

/** Headers of a connection (RFC 9110, 7.6.1), headers that the sender sets itself, and the id of the first request. */
const ofConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-amzn-requestid',
]);
