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

/** Options for debugger ports. */
export interface InspectOptions {
  /** Debugger port of the first function; each further function has the next port. With 0, each function gets a free port. */
  readonly port: number;
  /** Returns the source map of a function's code, if one exists for exactly this code. */
  sourceMapOf?(code: string): SourceMap | undefined;
}

/** Debugger ports of the functions of a stack. */
export interface Inspectors {
  /** Opens a port for each function without one, in this order. Throws a LocalError PORT_TAKEN if a port is taken. */
  open(logicalIds: readonly string[]): Promise<void>;
  /** Open ports, in the order of the functions. */
  readonly opened: readonly OpenInspector[];
  /**
   * Returns the debugger of a new version of a function with an open port. Throws a LocalError if its runtime has no debugger.
   */
  of(logicalId: string, runtime: Runtime, code: string): Inspector | undefined;
  stop(): Promise<void>;
}

/** A debugger port on 127.0.0.1. */
export interface OpenInspector {
  readonly logicalId: string;
  readonly port: number;
  /** True if a debugger shows the sources of the function, false if it shows the deployed code. */
  readonly hasSourceMap: boolean;
}

/** The debugger of one function. */
export interface Inspector {
  /** Stops while a debugger has paused the function. */
  readonly clock: Clock;
  /** Milliseconds that are added to the remaining time which the runtime sees: it uses clocks that do not stop. */
  readonly allowance: number;
  /** Returns the command that runs the runtime under its debugger. */
  command(command: Command): Command;
  /** Code of the function, with the source positions of its lines if they are available. */
  readonly code: string;
  /** Creates the debugger state of an environment that starts. */
  watch(): InspectedEnvironment;
}

/** Debugger state of a running environment. */
export interface InspectedEnvironment {
  /** Returns true for a line of the debugger in the error output, which is then not logged. Returns false for any other line. */
  takes(line: string): boolean;
  ended(): void;
}

type Command = readonly [program: string, ...parameters: string[]];

/** Creates the debugger ports of a stack. */
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
      // The twin supports no debugger for a custom runtime.
      if (opened === undefined || runtime.codeFile === undefined) return undefined;
      const map = sourceMapOf?.(code);
      // Called first, because it throws if the runtime has no debugger. The former version and its debuggers then remain in use.
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
            // Processes that a function starts can have their own debuggers.
            connected ??= relay.connectTo(Number(port), isPython ? debugAdapterProtocol : inspectorProtocol);
            return true;
          }
          // Node.js does not exit before debuggers have disconnected.
          if (line === 'Waiting for the debugger to disconnect...') connected?.end();
          return isOfDebugger.test(line);
        },
        ended: () => connected?.end(),
      };
    },
  };
};

const nodeCommand = ([program, ...parameters]: Command): Command => [program, '--inspect=127.0.0.1:0', ...parameters];

/** Replaces the bootstrap by the one for debugging, which runs the original. */
const pythonCommand = ([program, ...parameters]: Command, debugpy: string): Command => [
  program,
  ...parameters.slice(0, -1),
  // Without this option, debugpy warns that it may miss breakpoints in modules of the interpreter.
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
