import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { maxResponseBytes } from '../../../src/twin/lambda/runtime-api.ts';
import { openRuntimeChannel } from '../../../src/twin/lambda/runtime-channel.ts';
import { encodeMessage, readMessages } from '../../../src/twin/processes/messages.ts';

const invocation = {
  requestId: '11111111-1111-1111-1111-111111111111',
  functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
  payload: '{"n":"é"}',
  traceId: 'Root=1-0-0;Parent=0;Sampled=0',
  deadline: 1_800_000_000_000,
};

const sockets: Socket[] = [];
afterEach(() => sockets.splice(0).forEach((socket) => void socket.destroy()));

/** Both ends of a channel, and what its listener is told. */
const open = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const runtime = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [twin] = (await once(server, 'connection')) as [Socket];
  server.close();
  sockets.push(runtime, twin);
  const told: string[] = [];
  const channel = openRuntimeChannel(twin, {
    onNext: () => told.push('next'),
    onResponse: (payload) => told.push(`response ${payload}`),
    onError: (payload) => told.push(`error ${payload.slice(0, 100)}`),
    onInitError: (payload) => told.push(`init error ${payload}`),
  });
  /** Sends what a runtime may, and waits until the twin has read it. */
  const send = async (...news: readonly (readonly [kind: string, payload: string])[]): Promise<string[]> => {
    const read = twin.bytesRead;
    const bytes = Buffer.concat(news.map(([kind, payload]) => encodeMessage({ kind }, payload)));
    runtime.write(bytes);
    while (twin.bytesRead < read + bytes.length) await once(twin, 'data');
    return told.splice(0);
  };
  return { channel, runtime, twin, send };
};

describe('the channel to a runtime', () => {
  it('hands out an invocation with what describes it, and takes its response', async () => {
    const { channel, runtime, send } = await open();
    expect(await send(['next', ''])).toEqual(['next']);
    const got = new Promise((resolve) => {
      readMessages<object>(runtime, Number.POSITIVE_INFINITY, (head, body) => resolve([head, body?.toString()]));
    });
    channel.dispatch(invocation);
    const { payload, ...description } = invocation;
    expect(await got).toEqual([description, payload]);
    expect(await send(['response', '"é"'], ['next', ''])).toEqual(['response "é"', 'next']);
  });

  it('ignores what is out of turn', async () => {
    const { channel, send } = await open();
    expect(await send(['response', '1'], ['error', '{}'], ['other', ''])).toEqual([]);
    expect(await send(['next', ''], ['next', ''], ['initError', '{}'], ['response', '1'])).toEqual(['next']);
    channel.dispatch(invocation);
    expect(await send(['response', '1'], ['response', '2'], ['error', '{}'])).toEqual(['response 1']);
  });

  it('takes an error of INIT before the first invocation only', async () => {
    const { send } = await open();
    expect(await send(['initError', '{}'])).toEqual(['init error {}']);
  });

  it('takes a response that is too large for an error, and goes on', async () => {
    const { channel, send } = await open();
    await send(['next', '']);
    channel.dispatch(invocation);
    const told = await send(['response', 'x'.repeat(maxResponseBytes + 1)], ['next', '']);
    expect(told).toEqual([expect.stringMatching(/^error .*Function\.ResponseSizeTooLarge/), 'next']);
  });

  it('ends with a message that is none', async () => {
    const { runtime, twin } = await open();
    const closed = once(twin, 'close');
    runtime.write('GET / HTTP/1.1\r\n\r\n');
    await closed;
  });
});
