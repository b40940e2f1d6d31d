import type { Handler } from '../context.ts';
import { securityHeaders } from '../security-headers.ts';
import type { LiveMessage } from './messages.ts';
import type { Recorder, RecorderEvent } from './recorder.ts';
import { stackView, summaryOf } from './views.ts';

/**
 * Streams events as lines of JSON, after a snapshot. Lines are collected for about a twentieth of a second. A page that does not
 * read is disconnected; it reconnects and receives another snapshot.
 */
export const createLive =
  (recorder: Recorder): Handler =>
  async (_, response) => {
    const { stack } = recorder;
    if (stack === undefined) throw new Error('no stack has been observed');
    response.writeHead(200, {
      ...securityHeaders,
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      'Cache-Control': 'no-store',
    });
    let lines: string[] = [];
    let timer: NodeJS.Timeout | undefined;
    const flush = (): void => {
      timer = undefined;
      const text = lines.join('');
      lines = [];
      if (response.writableLength > mostWaitingBytes) response.destroy();
      else response.write(text);
    };
    const send = (message: LiveMessage): void => {
      lines.push(`${JSON.stringify(message)}\n`);
      timer ??= setTimeout(flush, interval);
    };
    send({
      type: 'snapshot',
      requests: recorder.requests().map(summaryOf),
      stack: stackView(stack),
      environments: recorder.environments(),
    });
    const stop = recorder.listen((event) => send(messageOf(event)));
    flush();
    await new Promise<void>((resolve) => response.once('close', resolve));
    clearTimeout(timer);
    stop();
  };

const messageOf = (event: RecorderEvent): LiveMessage => {
  switch (event.type) {
    case 'request':
      return { type: 'request', request: summaryOf(event.request) };
    case 'stack':
      return { type: 'stack', stack: stackView(event.stack) };
    default:
      return event;
  }
};

/** Milliseconds. */
const interval = 50;
const mostWaitingBytes = 8 * 1024 * 1024;
