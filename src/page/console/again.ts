import { isSentMethod, type SentRequest } from '../sent-request.ts';
import { isOfSignature, isSignature } from './credentials.ts';
import { isWhole } from './kept-body.ts';
import type { RecordedRequest } from './recorder.ts';

/**
 * A recorded request to be sent again, with the credentials that it had. A signature is left out, as it counts for 5 minutes only:
 * whoever sends it makes another. Undefined if it cannot be sent as it was.
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

/** Headers of a connection (RFC 9110, 7.6.1), those that the sender sets itself, and the id of the first time. */
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
