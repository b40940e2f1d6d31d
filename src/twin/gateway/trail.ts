import type { Invocation } from '../lambda/lambda.ts';
import type { ServiceCall } from '../requests/service-calls.ts';
import type { Context } from './context.ts';
import type { DeployedMethod } from './deployment.ts';
import { type Failure, isFailure, type ResponseType } from './failure.ts';
import { type HttpRequest, type HttpResponse, headerValue, mediaType } from './http.ts';
import type { Match } from './route.ts';
import type { Stage } from './stage.ts';
import { methodThrottle } from './throttling/throttle.ts';

/** A decision during a request. */
export interface Step {
  readonly name: StepName;
  /** `denied` for the step that made the request fail, `failed` for a consequence of it. */
  readonly outcome: 'passed' | 'denied' | 'failed';
  /** The decision and its basis. For a denied step, the text of the log. */
  readonly text: string;
  /** Milliseconds, if measured. */
  readonly duration?: number;
}

export type StepName =
  | 'Limits'
  | 'Route'
  | 'Authorization'
  | 'API key'
  | 'Throttling'
  | 'Validation'
  | 'Integration'
  | 'Invoke permission'
  | 'Function'
  | 'Network'
  | 'IAM'
  | 'DynamoDB'
  | 'Service'
  | 'Response';

/** Facts about a request that was served. */
export interface TrailFacts {
  readonly request: HttpRequest;
  readonly stage: Stage | undefined;
  /** True if the request exceeds API Gateway's size limits. */
  readonly isOverLimit: boolean;
  readonly match?: Match<DeployedMethod> | undefined;
  readonly outcome?: HttpResponse | Failure;
  readonly response: HttpResponse;
  readonly reason?: string | undefined;
  readonly allowedBy?: readonly string[] | undefined;
  readonly context: Context;
  readonly functionName?: string | undefined;
  readonly invocation?: Invocation | undefined;
}

/** Returns the decisions on a request, from its route to its response, or to the step that denied it. */
export const trailOf = (facts: TrailFacts): readonly Step[] => {
  const { stage, match, outcome = facts.response, reason = '' } = facts;
  if (facts.isOverLimit) return [{ name: 'Limits', outcome: 'denied', text: reason }];
  if (stage === undefined || match === undefined) return [{ name: 'Route', outcome: 'denied', text: reason }];
  const stopped = isFailure(outcome) ? stepOf(outcome.responseType, facts) : undefined;
  const steps: Step[] = [];
  for (const [name, text] of gatewaySteps(facts, stage, match.method)) {
    if (name === stopped) return [...steps, { name, outcome: 'denied', text: reason }];
    if (text !== undefined) steps.push({ name, outcome: 'passed', text });
  }
  const calls = (facts.invocation?.calls ?? []).slice(0, mostCalls).flatMap(callSteps);
  const isCallDenied = calls.some((step) => step.outcome === 'denied');
  if (!isFailure(outcome)) return [...steps, ...calls, responseStep(facts, isCallDenied ? 'failed' : 'denied')];
  // The function failed, or its output is invalid.
  const at = steps.findIndex(({ name }) => name === 'Function');
  const faulty: Step = {
    name: at === -1 ? 'Integration' : 'Function',
    outcome: isCallDenied ? 'failed' : 'denied',
    text: reason,
  };
  return [...(at === -1 ? [...steps, faulty] : steps.with(at, faulty)), ...calls, responseStep(facts, 'failed')];
};

/** Returns the gateway's steps in order, up to the function; undefined as text of a step that the method does not have. */
const gatewaySteps = (
  facts: TrailFacts,
  stage: Stage,
  method: DeployedMethod,
): readonly [StepName, string | undefined][] => [
  ['Route', `${method.httpMethod} ${method.resourcePath} of the stage ${stage.name}`],
  ['Authorization', authorizationText(facts, method)],
  ['API key', method.apiKeyRequired ? `the API key ${facts.context.identity.apiKeyId ?? ''}` : undefined],
  ['Throttling', throttlingText(stage, method)],
  ['Validation', validationText(facts.request, method)],
  ['Integration', facts.functionName === undefined ? 'MOCK: the gateway itself responds' : undefined],
  ['Invoke permission', facts.invocation?.allowedBy],
  ['Function', functionText(facts)],
];

const authorizationText = ({ context, allowedBy = [] }: TrailFacts, { authorizationType }: DeployedMethod): string => {
  const { identity, authorizer } = context;
  switch (authorizationType) {
    case 'NONE':
      return 'NONE: no authorization';
    case 'AWS_IAM':
      return `AWS_IAM: ${identity.userArn}, allowed by ${allowedBy.join(' and ')}`;
    case 'COGNITO_USER_POOLS': {
      const { claims } = (authorizer ?? {}) as { readonly claims?: Readonly<Record<string, unknown>> };
      return `COGNITO_USER_POOLS: a token of ${claims?.iss} for ${claims?.sub}`;
    }
  }
};

const throttlingText = (stage: Stage, method: DeployedMethod): string => {
  const { limits } = methodThrottle(stage.throttle, method);
  return limits === undefined
    ? 'within the limits of the account'
    : `within ${limits.rateLimit} requests per second, burst ${limits.burstLimit}`;
};

const validationText = (request: HttpRequest, { validation: { parameters, body } }: DeployedMethod): string => {
  const models = body?.models;
  const type = mediaType(headerValue(request.headers, 'Content-Type') ?? 'application/json');
  const model = models?.[type] ?? models?.$default;
  const parts = [
    ...(parameters.length > 0 ? [`it has ${parameters.map(({ name }) => name).join(', ')}`] : []),
    ...(model === undefined ? [] : [`the model ${model} accepts the body`]),
  ];
  if (parts.length > 0) return parts.join('; ');
  return models === undefined || Object.keys(models).length === 0
    ? 'no validation configured'
    : `no model for ${type}: the body is not validated`;
};

const functionText = ({ functionName, invocation, outcome }: TrailFacts): string | undefined => {
  if (functionName === undefined) return undefined;
  const { environment, initDuration } = invocation ?? {};
  const where = environment === undefined ? '' : ` in environment ${environment}`;
  const cold = initDuration === undefined ? '' : `, after a cold start of ${Math.round(initDuration)} ms`;
  const status = outcome && !isFailure(outcome) ? ` responds with ${outcome.status}` : '';
  return `${functionName}${status}${where}${cold}`;
};

/** Returns the steps of a service call: its network path, the statements that allow it, and its result. */
const callSteps = ({ service, action = 'a call', time, error, cause, facts }: ServiceCall): readonly Step[] => {
  const result = [action, ...(facts?.table === undefined ? [] : [`on ${facts.table}`])].join(' ');
  if (service !== undefined)
    return [{ name: 'Service', outcome: 'denied', text: `${service} ${action}: ${error}${cause ? `: ${cause}` : ''}` }];
  if (time === undefined) return [{ name: 'Network', outcome: 'denied', text: cause ?? `${result}: ${error}` }];
  const { via = [], allowedBy = [], condition, stored } = facts ?? {};
  const network: Step = {
    name: 'Network',
    outcome: 'passed',
    text: via.length === 0 ? 'not in a VPC' : `over ${via.join(' and ')}`,
  };
  if (error === 'AccessDeniedException') return [network, { name: 'IAM', outcome: 'denied', text: cause ?? error }];
  const failure = error === undefined ? '' : `: ${error}${cause === undefined ? '' : `: ${cause}`}`;
  const conditionFailed = error?.startsWith('Conditional') === true;
  return [
    network,
    ...(allowedBy.length > 0
      ? [{ name: 'IAM', outcome: 'passed', text: `allowed by ${allowedBy.join(' and ')}` } satisfies Step]
      : []),
    {
      name: 'DynamoDB',
      outcome: error === undefined ? 'passed' : 'denied',
      text: [
        `${result}${failure}`,
        ...(condition === undefined || (error !== undefined && !conditionFailed)
          ? []
          : [`the condition ${condition} is ${!conditionFailed}`]),
        ...(stored ? [`the item has ${stored}`] : []),
      ].join('; '),
      duration: time.ended - time.begun,
    },
  ];
};

/**
 * Returns the last step. `onFailure` is the outcome of a 4xx or 5xx: `denied` for the first fault, `failed` for a consequence of
 * one.
 */
const responseStep = ({ outcome, response, reason }: TrailFacts, onFailure: 'denied' | 'failed'): Step => {
  const { status } = response;
  if (outcome && isFailure(outcome))
    return { name: 'Response', outcome: onFailure, text: `${status}, the gateway response ${outcome.responseType}` };
  if (status < 400) return { name: 'Response', outcome: 'passed', text: String(status) };
  return { name: 'Response', outcome: onFailure, text: reason === undefined ? String(status) : `${status}: ${reason}` };
};

/** Returns the step at which a gateway failure occurred; undefined for failures of the function or its output. */
const stepOf = (type: ResponseType, { context, functionName }: TrailFacts): StepName | undefined => {
  switch (type) {
    case 'ACCESS_DENIED':
    case 'AUTHORIZER_CONFIGURATION_ERROR':
    case 'AUTHORIZER_FAILURE':
    case 'EXPIRED_TOKEN':
    case 'INVALID_SIGNATURE':
    case 'MISSING_AUTHENTICATION_TOKEN':
    case 'UNAUTHORIZED':
      return 'Authorization';
    case 'INVALID_API_KEY':
      return 'API key';
    case 'THROTTLED':
    case 'QUOTA_EXCEEDED':
      return 'Throttling';
    case 'BAD_REQUEST_BODY':
    case 'BAD_REQUEST_PARAMETERS':
    case 'UNSUPPORTED_MEDIA_TYPE':
      return 'Validation';
    case 'INTEGRATION_FAILURE':
      return context.integrationStatus === 403 ? 'Invoke permission' : 'Function';
    case 'DEFAULT_4XX':
      // Only for a path that is too long to compare with policies.
      return 'Authorization';
    default:
      return functionName === undefined ? 'Integration' : undefined;
  }
};

const mostCalls = 50;
