import { SourceMap } from 'node:module';

/** A debugger that speaks to V8's inspector. */
export interface InspectorClient {
  /** Sends a command and waits for its result. */
  ask<Result>(method: string, parameters?: object): Promise<Result>;
  /** Waits for an event, past or to come, that nobody has taken yet. */
  event<Parameters>(method: string, accepts?: (parameters: Parameters) => boolean): Promise<Parameters>;
  /** Settles when the connection has ended. */
  readonly closed: Promise<void>;
  close(): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Attaches to the process behind a port, as debuggers do. */
export const attach = async (port: number): Promise<InspectorClient> => {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  const { promise: closed, resolve: onClose } = Promise.withResolvers<void>();
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  const events: Message[] = [];
  const waiting = new Set<() => void>();
  socket.addEventListener('message', ({ data }) => {
    const message: Message = JSON.parse(data);
    if (message.id === undefined) {
      events.push(message);
      for (const wake of waiting) wake();
    } else if (message.error) asked.get(message.id)?.reject(new Error(message.error.message));
    else asked.get(message.id)?.resolve(message.result);
  });
  socket.addEventListener('close', () => {
    for (const { reject } of asked.values()) reject(new Error('the connection has ended'));
    onClose();
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  let last = 0;
  const ask = <Result>(method: string, params: object = {}): Promise<Result> => {
    if (socket.readyState !== WebSocket.OPEN) throw new Error('the connection has ended');
    const answer = Promise.withResolvers<unknown>();
    asked.set(++last, answer);
    socket.send(JSON.stringify({ id: last, method, params }));
    return answer.promise as Promise<Result>;
  };
  const event = <Parameters>(method: string, accepts = (_: Parameters) => true): Promise<Parameters> =>
    new Promise((resolve) => {
      const look = (): void => {
        const index = events.findIndex((one) => one.method === method && accepts(one.params as Parameters));
        const [found] = index < 0 ? [] : events.splice(index, 1);
        if (!found) return;
        waiting.delete(look);
        resolve(found.params as Parameters);
      };
      waiting.add(look);
      look();
    });
  await ask('Runtime.enable');
  await ask('Debugger.enable');
  return { ask, event, closed, close: () => socket.close() };
};

/** A script that the process has loaded. */
export interface Script {
  readonly scriptId: string;
  readonly url: string;
  readonly sourceMapURL: string;
}

/** A place in a script, from 0. */
export interface Location {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** The function's own script. */
export const functionScript = ({ event }: InspectorClient): Promise<Script> =>
  event('Debugger.scriptParsed', ({ url }: Script) => url.endsWith('/index.js'));

/** The source map that a script names. */
export const sourceMapOf = ({ sourceMapURL }: Script): SourceMap => {
  const [, data = ''] = /^data:application\/json;base64,(.*)$/.exec(sourceMapURL) ?? [];
  return new SourceMap(JSON.parse(Buffer.from(data, 'base64').toString()));
};

/** Sets a breakpoint in a line of a source file, from 0. */
export const setBreakpoint = async ({ ask }: InspectorClient, script: Script, url: string, line: number): Promise<void> => {
  const map = sourceMapOf(script);
  const { scriptSource } = await ask<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId: script.scriptId });
  const lineNumber = scriptSource.split('\n').findIndex((text, index) => {
    const entry = map.findEntry(index, Math.max(text.search(/\S/), 0));
    return 'originalSource' in entry && entry.originalSource === url && entry.originalLine === line;
  });
  await ask('Debugger.setBreakpointByUrl', { url: script.url, lineNumber, columnNumber: 0 });
};

/** Waits until the process stands still, and tells where. */
export const paused = async ({ event }: InspectorClient): Promise<Location> => {
  const { callFrames } = await event<{ callFrames: { location: Location }[] }>('Debugger.paused');
  return callFrames[0]?.location ?? { scriptId: '', lineNumber: -1, columnNumber: -1 };
};
