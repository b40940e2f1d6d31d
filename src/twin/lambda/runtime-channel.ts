import type { Duplex } from 'node:stream';
import { encodeMessage, readMessages } from '../processes/messages.ts';
import { maxResponseBytes, type RuntimeConnection, type RuntimeListener, responseTooLarge } from './runtime-api.ts';

/**
 * Opens the connection to one of the twin's own runtimes, over a file descriptor. The runtime receives invocations: a description
 * and the event. It sends messages with a kind and a payload. A message that is invalid in the current state does not come from
 * the runtime and is ignored.
 */
export const openRuntimeChannel = (stream: Duplex, listener: RuntimeListener): RuntimeConnection => {
  let state: 'Started' | 'Ready' | 'Running' | 'Responded' = 'Started';
  readMessages<News>(stream, maxResponseBytes, ({ kind }, payload, length) => {
    if (kind === 'next' && state !== 'Ready') {
      state = 'Ready';
      listener.onNext();
    } else if (kind === 'initError' && state === 'Started') {
      listener.onInitError(String(payload ?? ''));
    } else if ((kind === 'response' || kind === 'error') && state === 'Running') {
      state = 'Responded';
      if (payload === undefined) listener.onError(responseTooLarge(length));
      else if (kind === 'error') listener.onError(payload.toString());
      else listener.onResponse(payload.toString());
    }
  });
  // The end of the process is more informative than a broken pipe.
  stream.on('error', () => {});
  return {
    dispatch({ payload, ...description }) {
      state = 'Running';
      stream.write(encodeMessage(description, payload));
    },
    close: () => void stream.destroy(),
  };
};

/** The same messages as in bootstrap/channel.mjs and bootstrap/python_channel.py. */
interface News {
  readonly kind: 'next' | 'response' | 'error' | 'initError';
}
