import type { Contender } from './contenders.ts';
import { eventOf, type OperationName } from './events.ts';
import { startEnvironment } from './runtime/environment.ts';

/** The way of an environment from its start to its first answer. */
export interface ColdPath {
  /** From the start of the process to the answer, as seen from outside. */
  readonly wallMs: number;
  /** From the event to the answer. */
  readonly responseMs: number;
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
): Promise<ColdPath> => {
  const environment = startEnvironment(contender.start(operation));
  try {
    const loadMs = await environment.loadMs;
    beforeEvent(environment.pid);
    const { result, responseMs, cpuMs, peakMemoryMb } = await environment.invoke(eventFor(contender, operation));
    const wallMs = performance.now() - environment.startedAt;
    if (result.statusCode >= 300) throw new Error(`${contender.name} answered ${operation} with ${JSON.stringify(result)}`);
    return { wallMs, responseMs, loadAndResponseMs: loadMs + responseMs, cpuMs, peakMemoryMb };
  } finally {
    await environment.stop();
  }
};

/** Has each contender create the item that it reads in its own shape. */
export const createItems = async (contenders: readonly Contender[]): Promise<void> => {
  for (const contender of contenders) {
    const environment = startEnvironment(contender.start('CreateItem'));
    await environment.invoke(eventOf('CreateItem', idOf(contender)));
    await environment.stop();
  }
};

/** Each creates new items, and reads one that it has created. */
export const eventFor = (contender: Contender, operation: OperationName): object =>
  operation === 'CreateItem' ? eventOf(operation) : eventOf(operation, idOf(contender));

const idOf = ({ name }: Contender): string => name.replaceAll(/[^\w]+/g, '-');
