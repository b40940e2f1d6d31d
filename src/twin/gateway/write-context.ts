import type { Context, ErrorVariables, Identity, IntegrationVariables } from './context.ts';

/*
 * The only code that writes `$context`: each step of a request sets its variables here. All other code reads a Context, which is
 * readonly. The one exception is a mapping template, which sets `requestOverride` and `responseOverride` itself.
 */

/** Sets the deployment that serves the request, and the root of its trace if the stage has tracing. */
export const setDeployment = (context: Context, deploymentId: string, xrayTraceId: string | undefined): void => {
  writable(context).deploymentId = deploymentId;
  if (xrayTraceId !== undefined) writable(context).xrayTraceId = xrayTraceId;
};

/** Sets the method that matches the request. */
export const setMethod = (
  context: Context,
  { resourceId, resourcePath, operationName }: Pick<Context, 'operationName'> & Method,
): void => {
  const variables = writable(context);
  variables.resourceId = resourceId;
  variables.resourcePath = resourcePath;
  if (operationName !== undefined) variables.operationName = operationName;
};

/** Sets attributes of the caller: the user or role with AWS_IAM, the key with an API key. */
export const setIdentity = (context: Context, known: Partial<Identity>): void => {
  Object.assign(context.identity, known);
};

/** Sets the claims of a verified token. */
export const setClaims = (context: Context, claims: Readonly<Record<string, string>>): void => {
  writable(context).authorizer = { claims };
};

/** Adds attributes of the integration. Status, latency and error have a second name each. */
export const setIntegration = (context: Context, known: IntegrationVariables): void => {
  const variables = writable(context);
  variables.integration = { ...context.integration, ...known };
  if (known.latency !== undefined) variables.integrationLatency = known.latency;
  if (known.status !== undefined) variables.integrationStatus = known.status;
  if (known.error !== undefined) variables.integrationErrorMessage = known.error;
};

/** Sets the failure for which a gateway response is made. */
export const setError = (context: Context, error: ErrorVariables): void => {
  writable(context).error = error;
};

/** Sets attributes of the response: status, milliseconds since the request was received, and bytes of the body. */
export const setResponse = (
  context: Context,
  response: Required<Pick<Context, 'status' | 'responseLatency' | 'responseLength'>>,
): void => {
  Object.assign(context, response);
};

type Method = Required<Pick<Context, 'resourceId' | 'resourcePath'>>;

const writable = (context: Context): { -readonly [Name in keyof Context]: Context[Name] } => context;
