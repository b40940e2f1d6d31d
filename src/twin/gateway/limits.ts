import type { HttpRequest, HttpResponse } from './http.ts';

/**
 * Returns the response to a request that exceeds API Gateway's size limits; undefined for every other request. AWS responds
 * before the request reaches the API: plain text, no request id, no gateway response and no access log, as has been recorded for
 * 413 (https://github.com/koki-develop/lgtm-generator/issues/10, https://github.com/reapit/foundations/issues/4338).
 */
export const checkLimits = (request: HttpRequest): (HttpResponse & { readonly body: string }) | undefined => {
  const { method, path, query, protocol, headers } = request;
  const target = query === '' ? path : `${path}?${query}`;
  if (target.length > maxUrlLength) {
    return response(414, 'Request URI too long');
  }
  const requestLine = method.length + target.length + protocol.length + '  '.length;
  const total = headers.reduce((sum, [, value]) => sum + value.length, requestLine);
  if (total > maxHeaderBytes) {
    // The text has been recorded
    // (https://ntsblog.homedev.com.au/index.php/2021/03/09/aws-api-gateway-http-header-is-larger-than-10240-bytes/). The status
    // has been recorded only through a CDN. 431 is also the status in RFC 6585.
    return response(431, `HTTP header is larger than ${maxHeaderBytes} bytes.`);
  }
  return request.body === undefined ? response(413, `HTTP content length exceeded ${maxBodyBytes} bytes.`) : undefined;
};

/** Maximum size of a request body in bytes. */
export const maxBodyBytes = 10_485_760;

/** "Total combined size of request line and header values", a quota that cannot be raised. Node.js has one character per byte. */
const maxHeaderBytes = 10_240;

/** Maximum URL length in characters of a regional API. For an edge-optimized API it is 8,192, which the twin does not enforce. */
const maxUrlLength = 10_240;

const response = (status: number, text: string): HttpResponse & { readonly body: string } => ({
  status,
  headers: [['Content-Type', 'text; charset=utf-8']],
  body: text,
});
