import { randomUUID } from 'node:crypto';
import { randomHex } from '../requests/random-hex.ts';
import type { Environment, InitResult, InvocationResult } from './environment.ts';
import type { History } from './environment-history.ts';
import { invokeResult, outcomeOf } from './invoke-result.ts';
import type { Clock, FunctionConfiguration, InvokeResult } from './lambda.ts';
import type { PlatformLog } from './platform-log.ts';
import type { Pool } from './pool.ts';

/** Invocation of a function: the ARN in the call, and the statement that allows it. */
export interface InvokeCall {
  readonly functionArn: string;
  readonly traceHeader: string | undefined;
  readonly allowedBy: string;
}

/** Runs an invocation. Returns undefined if the function was deleted before it ran. */
export type Invoke = (payload: string, call: InvokeCall) => Promise<InvokeResult | undefined>;

/** Parts of a function that its invocations use. */
export interface InvokeParts {
  readonly configuration: FunctionConfiguration;
  readonly pool: Pool;
  readonly platform: PlatformLog;
  readonly clock: Clock;
  readonly histories: WeakMap<Environment, History>;
  /** Milliseconds beyond the timeout that the runtime sees as remaining time. */
  readonly allowance: () => number;
  readonly isDeleted: () => boolean;
  /** Called after an environment has become free. */
  readonly onReleased: () => void;
}

export const createInvoke = (parts: InvokeParts): Invoke => {
  const { configuration, pool, platform, clock, histories, allowance, isDeleted, onReleased } = parts;
  const timeout = configuration.timeout * 1000;
  return async (payload, { functionArn, traceHeader, allowedBy }) => {
    const acquired = await pool.acquire();
    if (acquired === undefined) return undefined;
    let { environment, init } = acquired;
    const requestId = randomUUID();
    const startedAt = clock.now();
    const deadline = Date.now() + timeout + allowance();

    const end = (result: InvocationResult, initDuration?: number): void => {
      const duration = result.kind === 'timeout' ? timeout : clock.now() - startedAt;
      const maxMemoryUsed = environment.maxMemoryUsed();
      if (result.kind === 'timeout') platform.timedOut(requestId);
      if (result.kind === 'exit') platform.exited(requestId, result);
      platform.report({
        requestId,
        duration,
        ...(initDuration !== undefined && { initDuration }),
        ...(maxMemoryUsed !== undefined && { maxMemoryUsed }),
        ...outcomeOf(result),
      });
      histories.get(environment)?.finished(maxMemoryUsed);
      pool.release(environment);
      onReleased();
    };

    const reportInit = (result: InitResult, phase: 'init' | 'invoke'): void => {
      const { id: number = 0 } = histories.get(environment) ?? {};
      platform.initReport({ environment: number, duration: result.duration, phase, outcome: outcomeOf(result) });
    };

    if (init !== undefined) reportInit(init, 'init');
    if (init !== undefined && init.kind !== 'ready') {
      // INIT failed: Lambda repeats it once, as part of the invocation and within its timeout.
      environment = await pool.replace(timeout);
      init = await environment.initialized;
      reportInit(init, 'invoke');
      if (init.kind !== 'ready') {
        platform.start(requestId);
        const result: InvocationResult = init;
        // The runtime may still be ending. No other invocation must use it.
        await environment.stop();
        end(result);
        return invokeResult(result, requestId, configuration.timeout);
      }
      init = undefined;
    }

    const traceId = traceHeaderFor(traceHeader, configuration.tracing);
    const invocation = { requestId, functionArn, payload, traceId, deadline };
    const history = histories.get(environment) as History;
    history.calls.length = 0;
    const { result, finished } = environment.invoke(invocation, startedAt + timeout - clock.now());
    // Recorded while the process wakes up: none of its output has been read yet.
    history.invoked(requestId);
    platform.start(requestId);
    const initDuration = init?.duration;
    // If a function is deleted right after its response, with all its environments, the invocation has not failed.
    void finished.then(async (ended) => end(isDeleted() ? await result : (ended ?? (await result)), initDuration));
    const known = await result;
    pool.responded(environment);
    const seen = {
      requestId,
      environment: history.id,
      allowedBy,
      calls: [...history.calls],
      ...(initDuration !== undefined && { initDuration }),
    };
    return { ...invokeResult(known, requestId, configuration.timeout), invocation: seen };
  };
};

/** Returns the caller's trace with a new segment. With active tracing, Lambda samples the trace unless the caller decided. */
const traceHeaderFor = (header: string | undefined, tracing: FunctionConfiguration['tracing']): string => {
  const root = /Root=[^;]+/.exec(header ?? '')?.[0] ?? newTraceRoot();
  const sampled = /Sampled=([01])/.exec(header ?? '')?.[1] ?? (tracing === 'Active' ? '1' : '0');
  return `${root};Parent=${randomHex(16)};Sampled=${sampled}`;
};

const newTraceRoot = (): string => {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomHex(24)}`;
};
