import type { ServiceCall } from '../requests/service-calls.ts';
import type { Environment } from './environment.ts';
import type { EnvironmentRecord, FunctionConfiguration } from './lambda.ts';

/** The life of an execution environment so far. `onState` is told of each change of its state. */
export interface History {
  readonly id: number;
  /** Of the invocation under way, or of the last one. */
  readonly requestId: string | undefined;
  /** The calls of services in that invocation. */
  readonly calls: ServiceCall[];
  /** Its process runs. */
  started(environment: Environment): void;
  /** An invocation begins. */
  invoked(requestId: string): void;
  /** An invocation is over. */
  finished(maxMemoryUsed: number | undefined): void;
}

export const createHistory = ({
  id,
  configuration: { functionName, memorySize },
  onState,
}: {
  readonly id: number;
  readonly configuration: FunctionConfiguration;
  readonly onState: (environment: EnvironmentRecord) => void;
}): History => {
  const calls: ServiceCall[] = [];
  let record: EnvironmentRecord = { id, functionName, pid: 0, state: 'starting', requests: 0, memorySize };
  let requestId: string | undefined;
  const change = (changes: Partial<EnvironmentRecord>): void => {
    // An environment that ends in an invocation stays ended: the end of the invocation is reported afterwards.
    if (record.state === 'ended') return;
    record = { ...record, ...changes };
    onState(record);
  };
  const measured = (maxMemoryUsed: number | undefined) => (maxMemoryUsed === undefined ? {} : { maxMemoryUsed });
  return {
    id,
    get requestId() {
      return requestId;
    },
    calls,
    started(environment) {
      change({ pid: environment.pid });
      void environment.initialized.then(({ kind }) => {
        if (kind === 'ready' && record.requests === 0) change({ state: 'frozen', ...measured(environment.maxMemoryUsed()) });
      });
      void environment.exited.then(() => change({ state: 'ended' }));
    },
    invoked(invocation) {
      requestId = invocation;
      calls.length = 0;
      change({ state: 'running', requests: record.requests + 1 });
    },
    finished: (maxMemoryUsed) => change({ state: 'frozen', ...measured(maxMemoryUsed) }),
  };
};
