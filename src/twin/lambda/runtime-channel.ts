import type { Duplex } from 'node:stream';
import { encodeMessage, readMessages } from '../processes/messages.ts';
import { maxResponseBytes, type RuntimeConnection, type RuntimeListener, responseTooLarge } from './runtime-api.ts';

/**
 * Speaks with the twin's own runtimes over a descriptor that only they have. To the runtime goes the event of an invocation with
 * what describes it; from it comes what kind of news it has, and a payload. What comes out of turn was written by others, and is
 * ignored.
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
  // The end of the process tells more than a broken pipe.
  stream.on('error', () => {});
  return {
    dispatch({ payload, ...description }) {
      state = 'Running';
      stream.write(encodeMessage(description, payload));
    },
    close: () => void stream.destroy(),
  };
};

/** As in bootstrap/channel.mjs and bootstrap/python_channel.py. */
interface News {
  readonly kind: 'next' | 'response' | 'error' | 'initError';
}
