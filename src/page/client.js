/* Runs in the browser, before Scalar's bundle, which is called once the document is complete. */

// Scalar's bundle brings zod, which otherwise tries whether it may evaluate code, and the page's policy reports that it may not.
globalThis.__zod_globalConfig = { jitless: true };

const page = document.getElementById('page');
const { token, scalar } = JSON.parse(page.dataset.settings);

/**
 * Has the page's server send a request, which signs it where the API asks for that. Always a POST: browsers name the origin of the page
 * with every POST, but not with a GET to its own server, and they add no header of their own to what stands in the body.
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
