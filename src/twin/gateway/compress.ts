import { type HttpRequest, type HttpResponse, headerValue } from './http.ts';

/**
 * Returns the response of an integration, compressed if the API and the client support it: the body has the minimum size, the
 * response has no Content-Encoding, and the client prefers gzip or deflate.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-receive-response-with-compressed-payload.html
 */
export const compressed = (
  response: HttpResponse,
  request: Pick<HttpRequest, 'headers'>,
  minimumSize: number | undefined,
): HttpResponse => {
  if (minimumSize === undefined || headerValue(response.headers, 'Content-Encoding') !== undefined) return response;
  const coding = preferredCoding(headerValue(request.headers, 'Accept-Encoding') ?? '');
  const body = Buffer.from(response.body);
  if (body.length < minimumSize || (coding !== 'gzip' && coding !== 'deflate')) return response;
  // Loaded on first use: few APIs compress, and the twin starts faster without it.
  const { deflateSync, gzipSync } = process.getBuiltinModule('node:zlib');
  return {
    ...response,
    headers: [...response.headers, ['Content-Encoding', coding]],
    body: coding === 'gzip' ? gzipSync(body) : deflateSync(body),
  };
};

/** Returns the coding with the highest quality value; the first one if several are equal. */
const preferredCoding = (acceptEncoding: string): string | undefined => {
  const codings = acceptEncoding.split(',').map((part) => {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return { name, quality: quality === undefined ? 1 : Number(quality) };
  });
  const [best] = codings.toSorted((a, b) => b.quality - a.quality);
  return best && best.quality > 0 ? best.name : undefined;
};
