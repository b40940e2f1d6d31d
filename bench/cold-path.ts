import type { Contender } from './contenders.ts';
import { eventOf, type OperationName } from './events.ts';
import type { Sample } from './interleave.ts';
import { startEnvironment } from './runtime/environment.ts';

/** The way of an environment from its start to its first answer. */
export interface ColdPath {
  /** From the start of the process to the answer, as seen from outside. */
  readonly wallMs: number;
  /** From the event to the answer. */
  readonly responseMs: number;
  /** Computed by the process in that time. */
  readonly responseCpuMs: number;
  /** Loading the handler, and from the event to the answer; not the start of the runtime. */
  readonly loadAndResponseMs: number;
  /** Computed by the process in all. */
  readonly cpuMs: number;
  readonly peakMemoryMb: number;
}

/** Starts an environment and sends it one event. `beforeEvent` gets the process once its handler is loaded. */
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

/** Has each contender create the item that it reads in its own shape. To be called once on a ground. */
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

/** Each creates new items, and reads one that it has created. */
export const eventFor = ({ itemId }: Contender, operation: OperationName): object =>
  operation === 'CreateItem' ? eventOf(operation) : eventOf(operation, itemId);
