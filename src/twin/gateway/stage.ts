import type { Logs } from '../small-services/logs.ts';
import { compileAccessLog, logGroupOfArn } from './access-log.ts';
import type { StageConfiguration } from './configuration.ts';
import type { Context } from './context.ts';
import type { Deployment } from './deployment.ts';
import type { HttpRequest } from './http.ts';
import type { Variables } from './templates/substitute.ts';
import type { StageThrottle } from './throttling/throttle.ts';
import type { TokenBucket } from './throttling/token-bucket.ts';

/** A stage of an API: a deployment that is served under a name. */
export interface Stage {
  readonly name: string;
  readonly configuration: StageConfiguration;
  readonly deployment: Deployment;
  readonly variables: Readonly<Record<string, string>>;
  readonly tracingEnabled: boolean;
  /** Decides by the rules of X-Ray whether a request of this stage is sampled. */
  readonly sample: (request: HttpRequest) => boolean;
  readonly throttle: StageThrottle;
  /** Writes the access-log line of a finished request. */
  readonly logAccess: (variables: Variables) => void;
  /** Writes why a request failed. On AWS that needs execution logging; here it is always worth knowing. */
  readonly logFailure: (context: Pick<Context, 'requestId' | 'extendedRequestId'>, reason: string) => void;
}

/** Prepares a stage. Whether the account lets API Gateway write logs is outside the template: here it always may. */
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
