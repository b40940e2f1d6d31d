/** Events that a reader finds in a connection between a debugger and a process. */
export interface ProtocolListener {
  /** A debugger has attached itself: before, it may only have asked what there is to debug. */
  attached(): void;
  /** The process stands still, or goes on. */
  held(isHeld: boolean): void;
}

/** Reads one connection as it is passed on. */
export interface ProtocolReader {
  /** Both return false if that is not the protocol. */
  fromProcess(chunk: Buffer): boolean;
  fromDebugger(chunk: Buffer): boolean;
  /** Returns the message that the process still needs when the debugger has hung up, so that it goes on. */
  farewell(): string | undefined;
}

export type Protocol = (listener: ProtocolListener) => ProtocolReader;
