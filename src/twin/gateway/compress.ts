import { type HttpRequest, type HttpResponse, headerValue } from './http.ts';

/**
 * The response of an integration, compressed if the API and the client want that: it has the minimum size and no Content-Encoding,
 * and the coding that the client prefers is gzip or deflate.
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
  // Few APIs compress, and none needs it to start.
  const { deflateSync, gzipSync } = process.getBuiltinModule('node:zlib');
  return {
    ...response,
    headers: [...response.headers, ['Content-Encoding', coding]],
    body: coding === 'gzip' ? gzipSync(body) : deflateSync(body),
  };
};

/** The coding of the highest quality, the first of those that are equal. */
const preferredCoding = (acceptEncoding: string): string | undefined => {
  const codings = acceptEncoding.split(',').map((part) => {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return { name, quality: quality === undefined ? 1 : Number(quality) };
  });
  const [best] = codings.toSorted((a, b) => b.quality - a.quality);
  return best && best.quality > 0 ? best.name : undefined;
};
