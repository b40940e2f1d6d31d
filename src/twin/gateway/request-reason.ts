import type { Invocation } from '../lambda/lambda.ts';
import type { ServiceCall } from '../requests/service-calls.ts';
import type { DeployedMethod, Deployment } from './deployment.ts';
import { type Failure, isFailure } from './failure.ts';
import type { HttpResponse } from './http.ts';
import type { Stage } from './stage.ts';

/**
 * Returns the reason of a 4xx or 5xx for the user of the twin: the reason of the gateway, the one in the response of the
 * function, and the errors of AWS service calls that failed because of the stack. Returns undefined for other statuses, and if no
 * reason is known.
 */
export const explain = (
  outcome: HttpResponse | Failure,
  response: HttpResponse,
  invocation: Invocation | undefined,
): string | undefined => {
  if (response.status < 400) return undefined;
  const calls = new Set((invocation?.calls ?? []).filter(({ cause }) => cause !== undefined).map(callText));
  if (!isFailure(outcome)) {
    // If a call failed, the 5xx response of the function contains less than the error of that call. Other errors have their own
    // reason.
    const said = responseText(outcome);
    const known = response.status >= 500 && calls.size > 0 ? [...calls].join('; ') : said;
    return known && shortened(known);
  }
  return shortened([failureText(outcome), ...calls].join('; '));
};

/** Returns the reason why no method of a stage matches a request, with the methods of its path or the paths of the API. */
export const explainNoRoute = ({ route, methods }: Deployment, httpMethod: string, path: string): string => {
  const found = [...new Set(methods.map((method) => method.httpMethod))].flatMap((name) => {
    const match = route(name, path);
    return match === undefined ? [] : [{ name, method: match.method }];
  });
  const [first] = found;
  if (first === undefined) {
    const paths = [...new Set(methods.map(({ resourcePath }) => resourcePath))];
    return `no resource ${path === '' ? '/' : path}; the API has ${paths.join(', ')}`;
  }
  const at = (one: DeployedMethod): boolean => one.resourcePath === first.method.resourcePath;
  const names = found.filter(({ method }) => at(method)).map(({ name }) => name);
  return `no method ${httpMethod} on ${first.method.resourcePath}, which has ${names.join(', ')}`;
};

/** Returns the reason why a path matches no stage. */
export const explainNoStage = (stageName: string, stages: ReadonlyMap<string, Stage>): string => {
  if (stages.size === 0) return 'the API has no stage';
  const known = `the first part of a path is a stage, here ${[...stages.keys()].join(', ')}`;
  return stageName === '' ? `no stage in the path: ${known}` : `no stage ${stageName}: ${known}`;
};

const failureText = ({ explanation, reason, validationErrorString, message }: Failure): string =>
  explanation ?? reason ?? (validationErrorString === undefined ? message : `${message}: ${validationErrorString}`);

/** Returns the detail of a problem (RFC 9457), or the message or error that most functions return. */
const responseText = ({ status, body }: HttpResponse): string | undefined => {
  if (typeof body !== 'string' || !body.startsWith('{') || body.length > mostBodyCharacters) return undefined;
  try {
    const content = JSON.parse(body) as Readonly<Record<string, unknown>>;
    // The detail of a 5xx is written for the client.
    const names = [...(status < 500 ? ['detail'] : []), 'title', 'message', 'Message', 'errorMessage', 'error'];
    const texts = names.map((name) => content[name]);
    return texts.find((text) => typeof text === 'string' && text !== '') as string | undefined;
  } catch {
    return undefined;
  }
};

/** Limits a reason to a length that fits into one line of a terminal or a log. */
const shortened = (text: string): string => (text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}…`);

const mostCharacters = 1000;
const mostBodyCharacters = 100_000;

const callText = ({ service = 'DynamoDB', action = 'a call', error, cause }: ServiceCall): string =>
  `${service} ${action}: ${error}: ${cause}`;
