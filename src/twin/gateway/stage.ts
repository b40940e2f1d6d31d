import type { Logs } from '../small-services/logs.ts';
import { compileAccessLog, logGroupOfArn } from './access-log.ts';
import type { StageConfiguration } from './configuration.ts';
import type { Context } from './context.ts';
import type { Deployment } from './deployment.ts';
import type { HttpRequest } from './http.ts';
import type { Variables } from './templates/substitute.ts';
import type { StageThrottle } from './throttling/throttle.ts';
import type { TokenBucket } from './throttling/token-bucket.ts';

/** A stage of an API: a deployment served under a name. */
export interface Stage {
  readonly name: string;
  readonly configuration: StageConfiguration;
  readonly deployment: Deployment;
  readonly variables: Readonly<Record<string, string>>;
  readonly tracingEnabled: boolean;
  /** Returns true if X-Ray's sampling rules select a request of this stage. */
  readonly sample: (request: HttpRequest) => boolean;
  readonly throttle: StageThrottle;
  /** Writes the access-log line of a finished request. */
  readonly logAccess: (variables: Variables) => void;
  /** Logs why a request failed. AWS needs execution logging for that; the twin always logs it. */
  readonly logFailure: (context: Pick<Context, 'requestId' | 'extendedRequestId'>, reason: string) => void;
}

/**
 * Creates a stage. The account setting that allows API Gateway to write logs is outside the template; the twin always writes
 * them.
 */
export const createStage = (
  apiId: string,
  configuration: StageConfiguration,
  deployment: Deployment,
  { logs, account, sample }: { readonly logs: Logs; readonly account: TokenBucket; readonly sample: Stage['sample'] },
): Stage => {
  const executionLog = `API-Gateway-Execution-Logs_${apiId}/${configuration.stageName}`;
  return {
    name: configuration.stageName,
    configuration,
    deployment,
    variables: configuration.variables,
    tracingEnabled: configuration.tracingEnabled,
    sample,
    throttle: { settings: configuration.methodSettings, account, methods: new Map() },
    logAccess: accessLogger(configuration, logs),
    logFailure: ({ requestId, extendedRequestId }, reason) =>
      logs.put(
        { group: executionLog, source: 'execution', message: `(${requestId}) ${reason}` },
        { requestId: extendedRequestId },
      ),
  };
};

const accessLogger = ({ accessLogSetting }: StageConfiguration, logs: Logs): ((variables: Variables) => void) => {
  if (accessLogSetting === undefined) {
    return () => {};
  }
  const group = logGroupOfArn(accessLogSetting.destinationArn);
  const line = compileAccessLog(accessLogSetting.format);
  return (variables) =>
    logs.put({ group, source: 'access', message: line(variables) }, { requestId: variables.context.extendedRequestId });
};
