import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import type { Invocation } from '../lambda/lambda.ts';
import { timeOf } from '../requests/service-calls.ts';
import { authorizeMethod } from './authorization/authorize-method.ts';
import { compressed } from './compress.ts';
import { contentCodings, decoded } from './content-coding.ts';
import { type Context, createContext, loggedRequestId } from './context.ts';
import type { DeployedMethod } from './deployment.ts';
import { type Failure, failure, isFailure } from './failure.ts';
import { noSuchStage } from './gateway-response.ts';
import { type Headers, type HttpRequest, type HttpResponse, headerValue, pathInStage } from './http.ts';
import { respondByIntegration } from './integration.ts';
import { checkLimits } from './limits.ts';
import type { Observer } from './observed.ts';
import type { LatencyParts, RequestRecord } from './record.ts';
import { explain, explainNoRoute, explainNoStage } from './request-reason.ts';
import type { EventSource } from './request-to-event.ts';
import type { Match } from './route.ts';
import type { Stage } from './stage.ts';
import { throttleRequest } from './throttling/throttle.ts';
import { type Trace, traceOf } from './trace.ts';
import { type TrailFacts, trailOf } from './trail.ts';
import { validateRequest } from './validate.ts';
import { setDeployment, setMethod, setResponse } from './write-context.ts';

/** Services and settings with which the requests of one API are served. */
export interface ServedApi {
  readonly apiId: string;
  readonly stack: StackIdentity;
  readonly stages: ReadonlyMap<string, Stage>;
  readonly onRequest: (record: RequestRecord) => void;
  readonly observer: Observer;
  /** `http://127.0.0.1:PORT`. */
  readonly baseUrl: () => string;
  /** Called with an unexpected error, which is a bug of the twin. */
  readonly onError: (error: unknown) => void;
}

/** Handles a request: route, authorize, throttle, validate, integrate, respond, log. */
export const handle = async (request: HttpRequest, api: ServedApi): Promise<HttpResponse> => {
  const start = performance.now();
  const stageName = request.path.split('/', 2)[1] ?? '';
  const context = createContext(request, { apiId: api.apiId, stage: stageName, stack: api.stack });
  const stage = api.stages.get(stageName);
  const trace = traceOf(request, stage?.tracingEnabled ?? false, () => stage?.sample(request) ?? true);
  const overLimit = checkLimits(request);
  const served: Served =
    overLimit !== undefined || stage === undefined
      ? { response: overLimit ?? noSuchStage, reason: overLimit?.body ?? explainNoStage(stageName, api.stages) }
      : await serve(request, { api, stage, context, trace });
  const { response, functionName, reason, invocation } = served;
  const latency = Math.round(performance.now() - start);
  const record: RequestRecord = {
    time: request.receivedAt,
    method: request.method,
    path: request.path,
    status: response.status,
    latency,
    parts: partsOf(latency, context, functionName, invocation),
    ...(reason !== undefined && { reason }),
    ...(functionName !== undefined && { functionName }),
    requestId: context.requestId,
    ...(context.identity.userAgent !== null && { userAgent: context.identity.userAgent }),
  };
  // As recorded: only the response of a function has the trace header; responses of MOCK integrations and of the gateway do not.
  const traceHeader: Headers = functionName === undefined ? [] : [['X-Amzn-Trace-Id', trace.toClient]];
  const headers = overLimit === undefined ? [...response.headers, ...ownHeaders(context), ...traceHeader] : response.headers;
  const sent = { ...response, headers };
  const facts = { request, stage, context, isOverLimit: overLimit !== undefined, ...served };
  // Runs after the response is written, so that the response does not wait for the log, and before the client can read it.
  process.nextTick(() => {
    try {
      report(record, sent, facts, api);
    } catch (error) {
      api.onError(error);
    }
  });
  return sent;
};

/** Reports a finished request to the access log, the terminal and the observers. */
const report = (record: RequestRecord, response: HttpResponse, facts: TrailFacts, api: ServedApi): void => {
  const { request, stage, context, invocation, isOverLimit } = facts;
  if (stage !== undefined && !isOverLimit) {
    const { status, latency: responseLatency } = record;
    setResponse(context, { status, responseLatency, responseLength: Buffer.byteLength(response.body) });
    const logged = { ...context, requestId: loggedRequestId(request, context) };
    stage.logAccess({ context: logged, stageVariables: stage.variables });
  }
  api.onRequest(record);
  if (!api.observer.isObserved) return;
  const { path, query, headers, body } = request;
  api.observer.request({
    ...record,
    query,
    url: `${api.baseUrl()}${path}${query === '' ? '' : `?${query}`}`,
    headers,
    body,
    response: { headers: response.headers, body: response.body },
    trail: trailOf(facts),
    extendedRequestId: context.extendedRequestId,
    ...(invocation && { invocation }),
  });
};

interface Exchange {
  readonly api: ServedApi;
  readonly stage: Stage;
  readonly context: Context;
  readonly trace: Trace;
}

interface Served {
  readonly response: HttpResponse;
  readonly match?: Match<DeployedMethod> | undefined;
  /** Outcome of the method: its response or its failure. */
  readonly outcome?: HttpResponse | Failure;
  /** Policy statements that allow the caller to call the method. */
  readonly allowedBy?: readonly string[] | undefined;
  readonly functionName?: string | undefined;
  readonly reason?: string | undefined;
  readonly invocation?: Invocation | undefined;
}

const serve = async (request: HttpRequest, exchange: Exchange): Promise<Served> => {
  const { stage, context, api } = exchange;
  setDeployment(context, stage.deployment.id, stage.tracingEnabled ? exchange.trace.root : undefined);
  const match = stage.deployment.route(request.method, pathInStage(request.path, stage.name));
  let outcome: HttpResponse | Failure;
  let invocation: Invocation | undefined;
  let functionName: string | undefined;
  let allowedBy: readonly string[] | undefined;
  try {
    outcome = await run(request, match, exchange, {
      onAllowed: (statements) => {
        allowedBy = statements;
      },
      onFunction: (name) => {
        functionName = name;
      },
      onInvocation: (seen) => {
        invocation = seen;
      },
    });
  } catch (error) {
    api.onError(error);
    outcome = failure('DEFAULT_5XX', { status: 500 });
  }
  if (isFailure(outcome) && outcome.reason !== undefined) {
    stage.logFailure(context, outcome.reason);
  }
  const response = isFailure(outcome)
    ? stage.deployment.respondToFailure(outcome, {
        request,
        context,
        stageVariables: stage.variables,
        pathParameters: match?.pathParameters ?? {},
      })
    : compressed(outcome, request, stage.deployment.minimumCompressionSize);
  const reason = explain(outcome, response, invocation);
  return { response, match, outcome, allowedBy, functionName, reason, invocation };
};

const run = async (
  request: HttpRequest,
  match: Match<DeployedMethod> | undefined,
  { stage, context, trace }: Exchange,
  {
    onAllowed,
    ...observers
  }: Pick<EventSource, 'onFunction' | 'onInvocation'> & {
    readonly onAllowed: (statements: readonly string[]) => void;
  },
): Promise<HttpResponse | Failure> => {
  if (match === undefined) {
    const explanation = explainNoRoute(stage.deployment, request.method, pathInStage(request.path, stage.name));
    return failure('MISSING_AUTHENTICATION_TOKEN', { explanation });
  }
  const { method, pathParameters } = match;
  setMethod(context, method);
  const denial =
    (await authorizeMethod(method.authorization, request, context, onAllowed)) ?? throttleRequest(stage.throttle, method);
  if (denial !== undefined) return denial;
  const codings = contentCodings(request);
  const plain = codings.length === 0 ? request : await decoded(request, codings);
  if (isFailure(plain)) return plain;
  return (
    validateRequest(method.validation, plain, pathParameters) ??
    (await respondByIntegration(method.integration, {
      request: plain,
      context,
      resource: method.resourcePath,
      pathParameters,
      stageVariables: stage.variables,
      binaryMediaTypes: stage.deployment.binaryMediaTypes,
      forwarded: forwardedHeaders(request, trace),
      ...observers,
    }))
  );
};

/** Returns the headers that API Gateway adds to a request: the trace and the X-Forwarded headers. */
const forwardedHeaders = (request: HttpRequest, trace: Trace): Headers => {
  const before = headerValue(request.headers, 'X-Forwarded-For');
  const port = /:(\d+)$/.exec(headerValue(request.headers, 'Host') ?? '')?.[1] ?? '80';
  return [
    ['X-Amzn-Trace-Id', trace.toIntegration],
    ['X-Forwarded-For', before === undefined ? request.sourceIp : `${before}, ${request.sourceIp}`],
    ['X-Forwarded-Port', port],
    ['X-Forwarded-Proto', 'http'],
  ];
};

const partsOf = (
  latency: number,
  { integration }: Context,
  functionName: string | undefined,
  invocation: Invocation | undefined,
): LatencyParts => {
  if (integration?.latency === undefined) return { gateway: latency };
  const whole = Math.min(latency, integration.latency);
  const { initDuration, calls = [] } = invocation ?? {};
  const hasArrived = calls.some(({ time }) => time !== undefined);
  const dynamoDb = Math.min(whole, Math.round(timeOf(calls)));
  // An integration with DynamoDB has no function: the remaining time is the gateway's.
  if (functionName === undefined) return { gateway: latency - dynamoDb, ...(hasArrived && { dynamoDb }) };
  return {
    gateway: latency - whole,
    function: whole - dynamoDb,
    ...(initDuration !== undefined && { coldStart: Math.round(initDuration) }),
    ...(hasArrived && { dynamoDb }),
  };
};

const ownHeaders = (context: Context): Headers => [
  ['x-amzn-RequestId', context.requestId],
  ['x-amz-apigw-id', context.extendedRequestId],
];
