/** Receives the events in a connection between a debugger and a process. */
export interface ProtocolListener {
  /** A debugger has attached. Before, it may only have listed the debugging targets. */
  attached(): void;
  /** The process has stopped or continued. */
  held(isHeld: boolean): void;
}

/** Reads the traffic of one connection. */
export interface ProtocolReader {
  /** Returns false if the data does not follow the protocol. The same applies to `fromDebugger`. */
  fromProcess(chunk: Buffer): boolean;
  fromDebugger(chunk: Buffer): boolean;
  /** Returns the message that makes the process continue after the debugger has disconnected; undefined if none is needed. */
  farewell(): string | undefined;
}

export type Protocol = (listener: ProtocolListener) => ProtocolReader;
