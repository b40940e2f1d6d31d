/* Runs in the browser, before Scalar's bundle, which is called once the document is complete. */

// zod, in Scalar's bundle, otherwise tries to evaluate code, and the browser reports that the page's policy has stopped it.
globalThis.__zod_globalConfig = { jitless: true };

const page = document.getElementById('page');
const { token, scalar } = JSON.parse(page.dataset.settings);

/**
 * Sends a request through the page's server, which signs it where the API asks for that. The request stands in the body of a POST:
 * browsers name the origin of a page with every POST, but not with a GET to its own server, and they add headers of their own.
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
  // Without the URL of this server, which Scalar would show in place of the API's.
  const { status, statusText, headers } = response;
  return new Response([204, 205, 304].includes(status) ? null : response.body, { status, statusText, headers });
};

document.addEventListener('DOMContentLoaded', () => {
  window.Scalar.createApiReference(page, { ...scalar, customFetch: send });
});
