/** @typedef {import('../messages.ts').LiveMessage} LiveMessage */

const root = /** @type {HTMLElement} */ (document.getElementById('console'));
const { token, hasDocs } = /** @type {{ token: string, hasDocs: boolean }} */ (JSON.parse(root.dataset.settings ?? '{}'));

export { hasDocs, root };

/**
 * Asks the server of the page. Browsers name the origin of a page with every POST, and the token is for this start of the server.
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
 * Sends a request to the API, which the server of the page signs where methods ask for that.
 * @param {{ method: string, url: string, headers?: [string, string][], body?: string }} request
 */
export const send = ({ method, url, headers = [], body = '' }) =>
  post('/send', new Blob([JSON.stringify({ method, url, headers }), '\n', body]));

/**
 * Follows what happens in the stack while the page is visible, and connects again after each end.
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
      // The server has ended, or the page was hidden.
    }
    current = undefined;
    if (document.hidden) return;
    onState('waiting');
    setTimeout(connect, retryInterval);
  };
  // Browsers allow few connections to a server: a hidden page closes its own, so that other pages can connect.
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
  // The server has started again, with another token. The page has that token after it is loaded again.
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
