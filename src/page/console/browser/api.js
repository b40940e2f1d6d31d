/** @typedef {import('../messages.ts').LiveMessage} LiveMessage */

const root = /** @type {HTMLElement} */ (document.getElementById('console'));
const { token, hasDocs } = /** @type {{ token: string, hasDocs: boolean }} */ (JSON.parse(root.dataset.settings ?? '{}'));

export { hasDocs, root };

/**
 * Sends a request to the page's server. Browsers send the Origin header with every POST. The token is valid for this start of the
 * server.
 * @param {string} path
 * @param {BodyInit} body
 * @param {AbortSignal} [signal]
 */
const post = (path, body, signal) =>
  fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', 'X-Page-Token': token },
    body,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
    ...(signal && { signal }),
  });

/**
 * Returns the response to a query. Rejects with the server's message if it reports an error.
 * @param {string} path
 * @param {object} [asked]
 * @returns {Promise<any>}
 */
export const ask = async (path, asked = {}) => {
  const response = await post(path, JSON.stringify(asked));
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.json();
};

/**
 * Sends a recorded request again.
 * @param {number} id
 */
export const sendAgain = (id) => post('/console/again', JSON.stringify({ id }));

/**
 * Sends a request to the API through the page's server, which signs it if methods require a signature.
 * @param {{ method: string, url: string, headers?: [string, string][], body?: string }} request
 */
export const send = ({ method, url, headers = [], body = '' }) =>
  post('/send', new Blob([JSON.stringify({ method, url, headers }), '\n', body]));

/**
 * Receives the events of the stack while the page is visible. Reconnects whenever the connection ends.
 * @param {(message: LiveMessage) => void} onMessage
 * @param {(state: 'live' | 'waiting') => void} onState
 */
export const follow = (onMessage, onState) => {
  /** @type {AbortController | undefined} */
  let current;
  const connect = async () => {
    if (document.hidden || current) return;
    const connection = new AbortController();
    current = connection;
    try {
      await readLines(connection.signal, onMessage, onState);
    } catch {
      // The server has stopped, or the page has been hidden.
    }
    current = undefined;
    if (document.hidden) return;
    onState('waiting');
    setTimeout(connect, retryInterval);
  };
  // Browsers limit the connections to a server. A hidden page closes its connection, so that other pages can connect.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) current?.abort();
    else connect();
  });
  connect();
};

/**
 * @param {AbortSignal} signal
 * @param {(message: LiveMessage) => void} onMessage
 * @param {(state: 'live' | 'waiting') => void} onState
 */
const readLines = async (signal, onMessage, onState) => {
  const response = await post('/console/live', '{}', signal);
  // The server has restarted with another token. Reloading the page loads that token.
  if (response.status === 403) location.reload();
  if (!response.ok || response.body === null) return;
  onState('live');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (pending + value).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) onMessage(JSON.parse(line));
  }
};

/** Milliseconds. */
const retryInterval = 1500;
