import type { Protocol } from './protocol.ts';

/**
 * Protocol of V8's inspector: messages over a WebSocket, and HTTP requests that list debugging targets. In V8's messages, the
 * method comes first. Node.js neither masks nor compresses frames. V8 continues by itself when the only debugger disconnects.
 */
export const inspectorProtocol: Protocol = (listener) => {
  let pending: Buffer = Buffer.alloc(0);
  let isWebSocket = false;
  /** Bytes to skip. */
  let skipped = 0;

  /** Reads a frame or an HTTP response at the beginning of `bytes`. Returns its size, or undefined if more bytes are needed. */
  const read = (bytes: Buffer): number | undefined => {
    if (isWebSocket) return readFrame(bytes);
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const head = bytes.toString('latin1', 0, end);
    isWebSocket = / 101 /.test(head.split('\r\n', 1)[0] ?? '');
    if (isWebSocket) listener.attached();
    return end + 4 + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  };
  const readFrame = (bytes: Buffer): number | undefined => {
    const short = (bytes[1] ?? 0) & 0x7f;
    const header = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (bytes.length < header) return undefined;
    const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
    if (bytes.length < header + Math.min(length, beginning)) return undefined;
    const begin = bytes.toString('latin1', header, header + Math.min(length, beginning));
    if (begin.startsWith('{"method":"Debugger.paused"')) listener.held(true);
    if (begin.startsWith('{"method":"Debugger.resumed"')) listener.held(false);
    return header + length;
  };

  return {
    fromProcess(chunk) {
      let rest = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
      for (;;) {
        const passed = Math.min(skipped, rest.length);
        rest = rest.subarray(passed);
        skipped -= passed;
        const size = rest.length > 0 ? read(rest) : undefined;
        if (size === undefined) break;
        skipped = size;
      }
      pending = rest;
      return true;
    },
    // Node.js itself rejects requests from web pages, by their Host header.
    fromDebugger: () => true,
    farewell: () => undefined,
  };
};

/** Bytes of a message that contain its method. */
const beginning = 32;
