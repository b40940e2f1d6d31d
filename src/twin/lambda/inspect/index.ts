import { fileURLToPath } from 'node:url';
import { LocalError } from '../../../cloudformation/errors.ts';
import type { Clock } from '../lambda.ts';
import type { Runtime } from '../runtimes.ts';
import { createHoldableClock } from './clock.ts';
import { debugAdapterProtocol } from './debug-adapter-protocol.ts';
import { findDebugpy } from './debugpy.ts';
import { inspectorProtocol } from './inspector-protocol.ts';
import { type Connected, type Relay, startRelay } from './relay.ts';
import { javascriptWithMap, pythonWithMap, type SourceMap } from './source-map.ts';

/** Options of opening functions to debuggers. */
export interface InspectOptions {
  /** The debugger port of the first function; each further function has the next one. With 0 each has a free one. */
  readonly port: number;
  /** The source map of a function's code, if there is one of exactly this code. */
  sourceMapOf?(code: string): SourceMap | undefined;
}

/** The debugger ports of a stack's functions. */
export interface Inspectors {
  /** Opens a port for each function that has none, in this order. A taken one is PORT_TAKEN. */
  open(logicalIds: readonly string[]): Promise<void>;
  /** The ports that are open, in the order of the functions. */
  readonly opened: readonly OpenInspector[];
  /** The debugger of a function whose port is open, in a new version; throws a LocalError if its runtime lacks one. */
  of(logicalId: string, runtime: Runtime, code: string): Inspector | undefined;
  stop(): Promise<void>;
}

/** A debugger port on 127.0.0.1. */
export interface OpenInspector {
  readonly logicalId: string;
  readonly port: number;
  /** A debugger shows the sources of the function. Else it shows its code. */
  readonly hasSourceMap: boolean;
}

/** The debugger of one function. */
export interface Inspector {
  /** Stands still while a debugger holds the function. */
  readonly clock: Clock;
  /** Milliseconds that the runtime is told to have left beyond the timeout: it measures time by clocks that do not stand still. */
  readonly allowance: number;
  /** The command that runs the runtime under its debugger. */
  command(command: Command): Command;
  /** The function's code, and where its lines come from if that is known. */
  readonly code: string;
  /** Follows an environment that starts. */
  watch(): InspectedEnvironment;
}

/** An environment while it runs. */
export interface InspectedEnvironment {
  /** Takes lines of the debugger out of the error output. Returns false for any other line. */
  takes(line: string): boolean;
  ended(): void;
}

type Command = readonly [program: string, ...parameters: string[]];

/** Opens functions to debuggers. */
export const createInspectors = ({ port, sourceMapOf }: InspectOptions): Inspectors => {
  const functions = new Map<string, Port>();
  return {
    async open(logicalIds) {
      for (const logicalId of logicalIds) {
        if (functions.has(logicalId)) continue;
        functions.set(logicalId, await openPort(logicalId, port === 0 ? 0 : port + functions.size));
      }
    },
    get opened() {
      return [...functions].map(([logicalId, { relay, hasSourceMap }]) => ({ logicalId, port: relay.port, hasSourceMap }));
    },
    of(logicalId, runtime, code) {
      const opened = functions.get(logicalId);
      // Of a custom runtime nothing is known that a debugger could attach to.
      if (opened === undefined || runtime.codeFile === undefined) return undefined;
      const map = sourceMapOf?.(code);
      // First, as it throws if the runtime lacks a debugger: the former version goes on then, with its debuggers.
      const inspector = inspectorOf(opened, runtime, code, map);
      opened.hasSourceMap = map !== undefined;
      opened.relay.awaitNext();
      return inspector;
    },
    async stop() {
      await Promise.all([...functions.values()].map(({ relay }) => relay.stop()));
    },
  };
};

interface Port {
  readonly relay: Relay;
  readonly clock: Clock;
  isAttached(): boolean;
  hasSourceMap: boolean;
}

const openPort = async (logicalId: string, port: number): Promise<Port> => {
  const clock = createHoldableClock();
  let attached = 0;
  try {
    const relay = await startRelay(port, {
      held: (isHeld) => (isHeld ? clock.hold() : clock.release()),
      attached: (count) => {
        attached = count;
      },
    });
    return { relay, clock, isAttached: () => attached > 0, hasSourceMap: false };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isTaken = code === 'EADDRINUSE';
    const problem = isTaken ? 'is taken' : `cannot be opened: ${message.replace(/\.$/, '')}`;
    throw new LocalError(
      isTaken ? 'PORT_TAKEN' : 'INVALID_PARAMETER',
      `port ${port}, for the debugger of ${logicalId}, ${problem}; choose another first port with --inspect=PORT`,
      { cause: error },
    );
  }
};

const inspectorOf = (
  { relay, clock, isAttached }: Port,
  { codeFile, command: [executable] }: Runtime,
  code: string,
  map: SourceMap | undefined,
): Inspector => {
  const isPython = codeFile === 'index.py';
  const withMap = isPython ? pythonWithMap : javascriptWithMap;
  const debugpy = isPython ? findDebugpy(executable) : '';
  return {
    clock,
    get allowance() {
      return isAttached() ? aDay : 0;
    },
    command: isPython ? (command) => pythonCommand(command, debugpy) : nodeCommand,
    code: map === undefined ? code : withMap(code, map),
    watch() {
      let connected: Connected | undefined;
      return {
        takes(line) {
          const port = /^Debugger listening on (?:ws:\/\/)?127\.0\.0\.1:(\d+)/.exec(line)?.[1];
          if (port !== undefined) {
            // Processes that a function starts may have debuggers of their own.
            connected ??= relay.connectTo(Number(port), isPython ? debugAdapterProtocol : inspectorProtocol);
            return true;
          }
          // Node.js does not end before debuggers have gone.
          if (line === 'Waiting for the debugger to disconnect...') connected?.end();
          return isOfDebugger.test(line);
        },
        ended: () => connected?.end(),
      };
    },
  };
};

const nodeCommand = ([program, ...parameters]: Command): Command => [program, '--inspect=127.0.0.1:0', ...parameters];

/** The bootstrap for debugging takes the place of the other one, which it runs. */
const pythonCommand = ([program, ...parameters]: Command, debugpy: string): Command => [
  program,
  ...parameters.slice(0, -1),
  // Without it debugpy warns that it may miss breakpoints in modules of the interpreter.
  '-X',
  'frozen_modules=off',
  fileURLToPath(new URL('../bootstrap/python_debug.py', import.meta.url)),
  ...parameters.slice(-1),
  debugpy,
];

/** Lines that Node.js itself writes about its inspector. */
const isOfDebugger =
  /^(?:Debugger (?:attached\.|ending on ws:.*)|For help, see: https:\/\/nodejs\.org\/\S*|Waiting for the debugger to disconnect\.\.\.)$/;

const aDay = 86_400_000;
