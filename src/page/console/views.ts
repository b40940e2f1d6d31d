import type { StackOverview } from '../../twin/index.ts';
import { askedSchemes } from '../authorization.ts';
import { curlLine } from '../curl-line.ts';
import { sentAgain } from './again.ts';
import { bodyView } from './body-view.ts';
import { beginning } from './bounded.ts';
import { shownHeader } from './credentials.ts';
import { curlCommand } from './curl.ts';
import type { RequestDetails, RequestSummary, StackView } from './messages.ts';
import type { RecordedRequest } from './recorder.ts';

/** Returns a request as it appears in the list. */
export const summaryOf = ({ id, record, target }: RecordedRequest): RequestSummary => {
  const { time, method, status, latency, parts, functionName, reason, requestId } = record;
  return {
    id,
    time: time.toISOString(),
    method,
    target: beginning(target, mostCharacters),
    status,
    latency,
    parts,
    ...(functionName !== undefined && { functionName }),
    ...(reason !== undefined && { reason }),
    requestId,
  };
};

/** Returns all details of a request, without credentials. */
export const detailsOf = async (
  request: RecordedRequest,
  { region }: { readonly region: string },
): Promise<RequestDetails> => {
  const { record, url, trail, requestHeaders, requestBody, responseBody, responseHeaders, log } = request;
  const { method } = record;
  const [requestView, responseView] = await Promise.all([
    bodyView(requestBody, requestHeaders),
    bodyView(responseBody, responseHeaders),
  ]);
  const sent = sentAgain(request);
  return {
    ...summaryOf(request),
    url,
    requestHeaders: requestHeaders.map(shownHeader),
    requestBody: requestView,
    responseHeaders: responseHeaders.map(shownHeader),
    responseBody: responseView,
    trail,
    logs: log.lines,
    logsLeftOut: log.leftOut,
    ...(sent === undefined
      ? { whyNotAgain: 'It was not recorded completely, or cannot be sent unchanged.' }
      : { curl: curlCommand({ method, url, headers: requestHeaders, body: requestBody.bytes, region }) }),
  };
};

/** Returns a stack as it appears on the page. */
export const stackView = (stack: StackOverview): StackView => {
  const { name, region, stages, parameters, outputs, warnings, resources, functions, apiKey } = stack;
  const schemes = askedSchemes(stack);
  const curl = curlLine(withoutSecret(stack));
  return {
    name,
    region,
    stages: stages.map((stage) => ({ name: stage.name, apiName: stage.apiName, url: stage.url })),
    parameters,
    outputs,
    warnings,
    resources,
    functions,
    ...(curl !== undefined && { curl: withVariables(curl) }),
    asksForToken: schemes.includes('token'),
    ...(schemes.includes('apiKey') && apiKey !== undefined && { apiKey }),
  };
};

const withoutSecret = (stack: StackOverview): StackOverview => ({
  ...stack,
  ...(stack.credentials && {
    credentials: { ...stack.credentials, accessKeyId: accessKeyMark, secretAccessKey: secretKeyMark },
  }),
});

/** Replaces keys by shell variables. The terminal prints the keys. */
const withVariables = (line: string): string =>
  line.replace(`${accessKeyMark}:${secretKeyMark}`, '"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"');

const accessKeyMark = 'ACCESS-KEY-ID';
const secretKeyMark = 'SECRET-ACCESS-KEY';
const mostCharacters = 2000;
