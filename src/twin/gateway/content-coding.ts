import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { type Failure, failure } from './failure.ts';
import { type HttpRequest, headerValue } from './http.ts';
import { maxBodyBytes } from './limits.ts';

/**
 * Returns the request with its body decoded (Developer Guide, "Call an API method with a compressed payload"). API Gateway
 * decodes gzip and deflate for every API, before validation. Returns 415 for an unsupported coding and for a body that is not in
 * its coding, and 413 for a decoded body over the size limit.
 */
export const decoded = async (request: HttpRequest, codings: readonly string[]): Promise<HttpRequest | Failure> => {
  let { body = Buffer.alloc(0) } = request;
  // The last coding listed was applied last (RFC 9110, 8.4).
  for (const coding of codings.toReversed()) {
    const decode = decoders.get(coding);
    if (decode === undefined)
      return failure('UNSUPPORTED_MEDIA_TYPE', {
        explanation: `the content coding ${coding} is not gzip, deflate or identity`,
      });
    try {
      body = await decode(body, { maxOutputLength: maxBodyBytes });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ERR_BUFFER_TOO_LARGE') return failure('REQUEST_TOO_LARGE');
      return failure('UNSUPPORTED_MEDIA_TYPE', { explanation: `the body is not coded as ${coding}` });
    }
  }
  return { ...request, body };
};

/** Returns the content codings of a request with a body, in the order in which they were applied. */
export const contentCodings = ({ headers, body }: HttpRequest): readonly string[] => {
  const value = headerValue(headers, 'Content-Encoding');
  if (value === undefined || body === undefined || body.length === 0) return [];
  return value
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
};

const decoders: ReadonlyMap<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = new Map([
  ['gzip', promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)],
  ['x-gzip', promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)],
  ['deflate', promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate)],
]);
