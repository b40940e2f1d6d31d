import type { Contender } from './contenders.ts';
import { eventOf, type OperationName } from './events.ts';
import type { Sample } from './interleave.ts';
import { startEnvironment } from './runtime/environment.ts';

/** Durations of an environment from its start to its first response. */
export interface ColdPath {
  /** From the start of the process to the response, measured outside the process. */
  readonly wallMs: number;
  /** From the event to the response. */
  readonly responseMs: number;
  /** CPU time of the process during `responseMs`. */
  readonly responseCpuMs: number;
  /** Duration of loading the handler, plus that from the event to the response, without the start of the runtime. */
  readonly loadAndResponseMs: number;
  /** Total CPU time of the process. */
  readonly cpuMs: number;
  readonly peakMemoryMb: number;
}

/** Starts an environment and sends it one event. `beforeEvent` is called with the process id once the handler is loaded. */
export const measureColdPath = async (
  contender: Contender,
  operation: OperationName,
  beforeEvent: (pid: number) => void = () => {},
): Promise<ColdPath & Sample> => {
  const environment = startEnvironment(contender.start(operation));
  try {
    const loadMs = await environment.loadMs;
    beforeEvent(environment.pid);
    const { result, responseMs, ...figures } = await environment.invoke(eventFor(contender, operation));
    const wallMs = performance.now() - environment.startedAt;
    if (result.statusCode >= 300) throw new Error(`${contender.name} answered ${operation} with ${JSON.stringify(result)}`);
    return { ...figures, wallMs, responseMs, loadAndResponseMs: loadMs + responseMs };
  } finally {
    await environment.stop();
  }
};

/** Creates, for each contender, the item that it reads, in its own format. Call it once for each ground. */
export const createItems = async (contenders: readonly Contender[]): Promise<void> => {
  for (const { name, itemId, start } of contenders) {
    const environment = startEnvironment(start('CreateItem'));
    try {
      const { result } = await environment.invoke(eventOf('CreateItem', itemId));
      if (result.statusCode !== 201) throw new Error(`${name} created no item: ${JSON.stringify(result)}`);
    } finally {
      await environment.stop();
    }
  }
};

/** Returns an event for the contender: it creates new items, and reads an item that it has created. */
export const eventFor = ({ itemId }: Contender, operation: OperationName): object =>
  operation === 'CreateItem' ? eventOf(operation) : eventOf(operation, itemId);
