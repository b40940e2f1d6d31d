import type { LogOrigin } from '../small-services/logs.ts';
import type { FunctionConfiguration } from './lambda.ts';

/** Outcome of an invocation or INIT. */
export interface Outcome {
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType?: string;
}

/** Metrics of an invocation, in milliseconds and MB. */
export interface Report extends Outcome {
  readonly requestId: string;
  readonly duration: number;
  /** Duration of the INIT that this invocation waited for. */
  readonly initDuration?: number;
  readonly maxMemoryUsed?: number;
}

/** Result of the INIT of an environment; `duration` in milliseconds. */
export interface InitReport {
  readonly environment: number;
  readonly duration: number;
  readonly phase: 'init' | 'invoke';
  readonly outcome: Outcome;
}

/** Writes Lambda's own lines to the log group of a function. */
export interface PlatformLog {
  /** Reports the start of the environment with this number. */
  initStart(environment: number): void;
  initReport(init: InitReport): void;
  start(requestId: string): void;
  timedOut(requestId: string): void;
  exited(requestId: string, end: { readonly errorType: string; readonly reason: string }): void;
  /** Writes END and REPORT. */
  report(report: Report): void;
}

/** Creates the platform log in the function's log format: plain text, or JSON records of the Telemetry API's schema. */
export const createPlatformLog = (
  configuration: FunctionConfiguration,
  runtimeVersion: string,
  log: WriteLine,
): PlatformLog =>
  configuration.logFormat === 'JSON'
    ? jsonLog(configuration, runtimeVersion, log)
    : textLog(configuration, runtimeVersion, log);

type WriteLine = (message: string, origin: LogOrigin) => void;

/** Returns the billed milliseconds. Since August 2025 they include the INIT that an invocation waited for. */
export const billedDuration = ({ duration, initDuration = 0 }: Report): number => Math.ceil(duration + initDuration);

type Level = NonNullable<FunctionConfiguration['systemLogLevel']>;

const levels: readonly Level[] = ['DEBUG', 'INFO', 'WARN'];

const jsonLog = (
  { functionName, memorySize, systemLogLevel = 'INFO' }: FunctionConfiguration,
  runtimeVersion: string,
  log: WriteLine,
): PlatformLog => {
  // Levels according to "System log level event mapping" in the developer guide.
  const put = (type: string, record: object, origin: LogOrigin, level: Level = 'INFO'): void => {
    if (levels.indexOf(level) >= levels.indexOf(systemLogLevel)) {
      log(JSON.stringify({ time: new Date().toISOString(), type: `platform.${type}`, record }), origin);
    }
  };
  return {
    initStart(environment) {
      const phase = { initializationType: 'on-demand', phase: 'init' };
      put('initStart', { ...phase, runtimeVersion, functionName, functionVersion: '$LATEST' }, { environment });
    },
    initReport({ environment, duration, phase, outcome: { status, errorType } }) {
      const record = { initializationType: 'on-demand', phase, status, errorType };
      const level = status === 'success' ? 'DEBUG' : 'WARN';
      put('initRuntimeDone', record, { environment }, level);
      put('initReport', { ...record, metrics: { durationMs: milliseconds(duration) } }, { environment }, level);
    },
    start: (requestId) => put('start', { requestId, version: '$LATEST' }, { requestId }),
    timedOut() {},
    exited() {},
    report(report) {
      const { requestId, duration, initDuration, maxMemoryUsed, status, errorType } = report;
      const metrics = {
        durationMs: milliseconds(duration),
        billedDurationMs: billedDuration(report),
        memorySizeMB: memorySize,
        maxMemoryUsedMB: maxMemoryUsed,
        initDurationMs: initDuration === undefined ? undefined : milliseconds(initDuration),
      };
      const done = { requestId, status, errorType, metrics: { durationMs: metrics.durationMs } };
      put('runtimeDone', done, { requestId }, status === 'success' ? 'DEBUG' : 'WARN');
      put('report', { requestId, metrics, status, errorType }, { requestId }, status === 'success' ? 'INFO' : 'WARN');
    },
  };
};

const textLog = ({ memorySize, timeout }: FunctionConfiguration, runtimeVersion: string, log: WriteLine): PlatformLog => ({
  initStart: (environment) => log(`INIT_START Runtime Version: ${runtimeVersion}`, { environment }),
  initReport({ environment, duration, phase, outcome: { status, errorType } }) {
    // A successful INIT is reported in the first REPORT.
    if (status === 'success') return;
    const error = errorType === undefined ? '' : `\tError Type: ${errorType}`;
    log(`INIT_REPORT Init Duration: ${duration.toFixed(2)} ms\tPhase: ${phase}\tStatus: ${status}${error}`, {
      environment,
    });
  },
  start: (requestId) => log(`START RequestId: ${requestId} Version: $LATEST`, { requestId }),
  timedOut: (requestId) =>
    log(`${new Date().toISOString()} ${requestId} Task timed out after ${timeout.toFixed(2)} seconds`, { requestId }),
  exited: (requestId, { errorType, reason }) => log(`RequestId: ${requestId} Error: ${reason}\n${errorType}`, { requestId }),
  report(report) {
    const { requestId, duration, initDuration, maxMemoryUsed, status, errorType } = report;
    log(`END RequestId: ${requestId}`, { requestId });
    const parts = [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${duration.toFixed(2)} ms`,
      `Billed Duration: ${billedDuration(report)} ms`,
      `Memory Size: ${memorySize} MB`,
    ];
    if (maxMemoryUsed !== undefined) parts.push(`Max Memory Used: ${maxMemoryUsed} MB`);
    if (initDuration !== undefined) parts.push(`Init Duration: ${initDuration.toFixed(2)} ms`);
    if (status !== 'success') parts.push(`Status: ${status}`);
    if (errorType !== undefined) parts.push(`Error Type: ${errorType}`);
    log(parts.join('\t'), { requestId });
  },
});

const milliseconds = (duration: number): number => Number(duration.toFixed(3));
