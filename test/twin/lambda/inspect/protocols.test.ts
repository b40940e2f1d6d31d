import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { debugAdapterProtocol } from '../../../../src/twin/lambda/inspect/debug-adapter-protocol.ts';
import { inspectorProtocol } from '../../../../src/twin/lambda/inspect/inspector-protocol.ts';
import type { Protocol } from '../../../../src/twin/lambda/inspect/protocol.ts';

/** All that a reader tells of a stream of bytes that comes in pieces. */
const told = (protocol: Protocol, stream: Buffer, cuts: readonly number[], side: 'fromProcess' | 'fromDebugger') => {
  const events: string[] = [];
  const reader = protocol({
    attached: () => events.push('attached'),
    held: (isHeld) => events.push(isHeld ? 'held' : 'goes on'),
  });
  const ends = [...cuts.map((cut) => cut % stream.length), stream.length].sort((a, b) => a - b);
  const results = ends.map((end, index) => reader[side](stream.subarray(ends[index - 1] ?? 0, end)));
  return { events, farewell: reader.farewell(), isProtocol: !results.includes(false) };
};

const pieces = fc.array(fc.nat(200_000), { maxLength: 12 });

describe('the protocol of V8', () => {
  const frame = (text: string): Buffer => {
    const { length } = Buffer.from(text);
    const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
    head.writeUInt16BE(0x8100 + (length < 126 ? length : length < 65_536 ? 126 : 127));
    if (head.length === 4) head.writeUInt16BE(length, 2);
    if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
    return Buffer.concat([head, Buffer.from(text)]);
  };
  const list = 'HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n{"method":"Debugger.paused"}{"method":"Debugger.paused"}     ';
  const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n';
  const stream = Buffer.concat([
    Buffer.from(list.slice(0, list.indexOf('{') + 60)),
    Buffer.from(upgrade),
    frame('{"id":1,"result":{}}'),
    frame(`{"method":"Debugger.paused","params":{"text":"${'x'.repeat(70_000)}"}}`),
    frame('{"method":"Debugger.scriptParsed","params":{"a":"{\\"method\\":\\"Debugger.paused\\""}}'),
    frame('{"method":"Debugger.resumed","params":{}}'),
    frame(`{"method":"Debugger.paused","params":{"text":"${'x'.repeat(300)}"}}`),
  ]);

  it('tells each stop, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(pieces, (cuts) => {
        const { events, farewell } = told(inspectorProtocol, stream, cuts, 'fromProcess');
        expect(events).toEqual(['attached', 'held', 'goes on', 'held']);
        expect(farewell).toBeUndefined();
      }),
    );
  });
});

describe('the Debug Adapter Protocol', () => {
  const message = (value: object): string => {
    const text = JSON.stringify(value);
    return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  };
  const event = (name: string, body = {}) => message({ seq: 1, type: 'event', event: name, body });

  it('tells each stop, in whatever pieces it comes', () => {
    const stream = Buffer.from(
      event('stopped') + message({ type: 'response', command: 'next' }) + event('continued') + event('stopped', { t: 'ü' }),
    );
    fc.assert(
      fc.property(pieces, (cuts) => {
        const { events } = told(debugAdapterProtocol, stream, cuts, 'fromProcess');
        expect(events).toEqual(['held', 'goes on', 'held']);
      }),
    );
  });

  it('tells who attaches, and disconnects a debugger that has not done so', () => {
    const attach = message({ seq: 1, type: 'request', command: 'attach' });
    const disconnect = message({ seq: 2, type: 'request', command: 'disconnect' });
    expect(told(debugAdapterProtocol, Buffer.from(attach), [5], 'fromDebugger')).toEqual({
      events: ['attached'],
      farewell: expect.stringContaining('"disconnect"'),
      isProtocol: true,
    });
    expect(told(debugAdapterProtocol, Buffer.from(attach + disconnect), [], 'fromDebugger').farewell).toBeUndefined();
  });

  it('rejects a request of a web page', () => {
    const request = Buffer.from('POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}');
    expect(told(debugAdapterProtocol, request, [], 'fromDebugger').isProtocol).toBe(false);
  });

  it.each([
    ['an HTTP request', 'POST / HTTP/1.1\r\n\r\n'],
    ['no JSON', 'Content-Length: 3\r\n\r\nfoo'],
    ['no object', 'Content-Length: 4\r\n\r\nnull'],
    ['no length', 'Content-Length: x\r\n\r\n{}'],
    ['an endless head', `Content-Length: ${'1'.repeat(5000)}`],
    ['more than anybody sends', `Content-Length: ${10 ** 12}\r\n\r\n`],
  ])('knows that %s is none, from either side', (_what, text) => {
    for (const side of ['fromProcess', 'fromDebugger'] as const) {
      const reader = debugAdapterProtocol({ attached() {}, held() {} });
      expect(reader[side](Buffer.from(text))).toBe(false);
      expect(reader[side](Buffer.from(message({ type: 'event', event: 'stopped' })))).toBe(false);
    }
  });
});
