import type { ServiceCall } from '../requests/service-calls.ts';
import type { Environment } from './environment.ts';
import type { EnvironmentRecord, FunctionConfiguration } from './lambda.ts';

/** History of an execution environment. Calls `onState` on each change of its state. */
export interface History {
  readonly id: number;
  /** Request id of the current invocation, or of the last one. */
  readonly requestId: string | undefined;
  /** Calls of services in that invocation. */
  readonly calls: ServiceCall[];
  /** Records that the process runs. */
  started(environment: Environment): void;
  /** Records the start of an invocation. */
  invoked(requestId: string): void;
  /** Records the end of an invocation. */
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
    // An environment that ended during an invocation remains ended: the end of the invocation is reported later.
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
