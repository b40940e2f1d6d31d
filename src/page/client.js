/* Runs in the browser before Scalar's bundle, and calls it when the document is complete. */

// Without this, zod in Scalar's bundle tries to evaluate code, and the browser reports a violation of the
// Content-Security-Policy.
globalThis.__zod_globalConfig = { jitless: true };

const page = document.getElementById('page');
const { token, scalar } = JSON.parse(page.dataset.settings);

/**
 * Sends a request through the page's server, which signs it if the API requires a signature. The request is in the body of a
 * POST: browsers send the Origin header with every POST, but not with a GET to the same origin, and they add headers to requests.
 */
const send = async (input, init) => {
  const request = new Request(input, init);
  if (new URL(request.url).origin === location.origin) return fetch(request);
  const head = JSON.stringify({ method: request.method, url: request.url, headers: [...request.headers] });
  const response = await fetch('/send', {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', 'X-Page-Token': token },
    body: new Blob([head, '\n', await request.arrayBuffer()]),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
    signal: request.signal,
  });
  // A new Response has no URL. Otherwise Scalar would show the URL of this server instead of the API's.
  const { status, statusText, headers } = response;
  return new Response([204, 205, 304].includes(status) ? null : response.body, { status, statusText, headers });
};

document.addEventListener('DOMContentLoaded', () => {
  window.Scalar.createApiReference(page, { ...scalar, customFetch: send });
});
