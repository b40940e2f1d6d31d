import type { Protocol } from './protocol.ts';

/** Debug Adapter Protocol of debugpy. An event reports each stop and each continuation. */
export const debugAdapterProtocol: Protocol = (listener) => {
  let hasDisconnected = false;
  const readProcess = messageReader(({ type, event }) => {
    if (type !== 'event') return;
    if (event === 'stopped') listener.held(true);
    if (event === 'continued' || event === 'terminated' || event === 'exited') listener.held(false);
  });
  const readDebugger = messageReader(({ command }) => {
    if (command === 'attach') listener.attached();
    if (command === 'disconnect') hasDisconnected = true;
  });
  return {
    fromProcess: (chunk) => readProcess(chunk),
    // A web page can send an HTTP request here, which begins differently.
    fromDebugger: (chunk) => readDebugger(chunk),
    // Without this message, debugpy would wait at its breakpoint for another debugger.
    farewell: () => (hasDisconnected ? undefined : frame({ seq: 2 ** 31 - 1, type: 'request', command: 'disconnect' })),
  };
};

interface Message {
  readonly type?: string;
  readonly event?: string;
  readonly command?: string;
}

/** Reads messages from chunks. Returns false, also for all later chunks, if the data is not in the message format. */
const messageReader = (onMessage: (message: Message) => void): ((chunk: Buffer) => boolean) => {
  let pending: Buffer = Buffer.alloc(0);
  let isBroken = false;
  return (chunk) => {
    if (isBroken) return false;
    pending = Buffer.concat([pending, chunk]);
    isBroken = !read();
    return !isBroken;
  };

  function read(): boolean {
    for (;;) {
      const begin = pending.toString('latin1', 0, prefix.length);
      if (!prefix.startsWith(begin)) return false;
      const end = pending.indexOf('\r\n\r\n');
      if (end < 0) return pending.length <= mostHeaderBytes;
      const [digits = ''] = pending.toString('latin1', prefix.length, end).split('\r\n', 1);
      const length = Number(digits);
      if (!/^\d+$/.test(digits) || length > mostBytes) return false;
      if (pending.length < end + 4 + length) return true;
      const text = pending.toString('utf8', end + 4, end + 4 + length);
      pending = pending.subarray(end + 4 + length);
      const message = parseObject(text);
      if (message === undefined) return false;
      onMessage(message);
    }
  }
};

const parseObject = (text: string): Message | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

const mostHeaderBytes = 1024;
const mostBytes = 64 * 1024 * 1024;
const prefix = 'Content-Length: ';

const frame = (message: object): string => {
  const text = JSON.stringify(message);
  return `${prefix}${Buffer.byteLength(text)}\r\n\r\n${text}`;
};
