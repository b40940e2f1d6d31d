import { problems, problemType } from '../contract/problems.ts';
import { defaultOrigin } from './api.ts';
import { base, type Response, reasonOf, send, type Target, TargetError, withoutSecrets } from './send.ts';

const example = 'https://….execute-api.eu-central-1.amazonaws.com/v1';

/** Returns the invoke URL. Throws a TargetError if the text cannot be one. */
export const invokeUrl = (text: string): string => {
  if (text === '') throw new TargetError(`there is no URL: give the invoke URL of the stage, such as ${example}`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TargetError(`${text} is not a URL: give the invoke URL of the stage, such as ${example}`);
  }
  if (url.search || url.hash || url.username) {
    throw new TargetError(`${text} is more than an invoke URL: leave out user, query and fragment, as in ${example}`);
  }
  if (/\.execute-api\./.test(url.hostname) && url.pathname === '/') {
    throw new TargetError(`${text} has no stage: add it, as in ${example}; the stack's output ApiInvokeUrl has it`);
  }
  return base({ url: text });
};

/** Requests one item. Rejects with a TargetError unless this is the API and the target is authorized. */
export const probe = async (target: Target): Promise<void> => {
  const { origin = defaultOrigin, signal } = target;
  const url = new URL(`${base(target)}/items?limit=1`);
  let response: Response;
  try {
    response = await send(target, {
      method: 'GET',
      url,
      headers: { origin },
      body: undefined,
      ...(signal && { abandon: signal }),
    });
  } catch (error) {
    if (error instanceof TargetError || signal?.aborted) throw error;
    throw new TargetError(
      `cannot reach ${url.host}: ${reasonOf(error)}; is the URL right, is the stack deployed, and is there a network?`,
    );
  }
  const problem = problemOf(response);
  if (!problem && !isPage(response)) throw new TargetError(foreign(url, response));
  if (problem?.status === 401 || problem?.status === 403) throw new TargetError(deniedMessage(target, problem));
  if (problem?.type === problemType('quota-exceeded')) {
    throw new TargetError(`the quota of the API key is used up (${problem.detail}): wait for the next period, or raise it`);
  }
  if (problem && problem.status < 429) {
    throw new TargetError(
      `this is not the base URL of the API: GET ${url} returned ${problem.status} ${problem.detail}; leave out /items`,
    );
  }
  const allowed = response.headers.get('access-control-allow-origin');
  if (!problem && allowed !== '*' && allowed !== origin) {
    throw new TargetError(
      `the API does not let pages of ${origin} call: name one of its AllowedOrigins with --origin (and the others, too)`,
    );
  }
};

interface OwnProblem {
  readonly type: string;
  readonly status: number;
  readonly detail: string;
}

const problemOf = ({ text }: Response): OwnProblem | undefined => {
  const value = parse(text) as Partial<OwnProblem> | undefined;
  const isOurs = Object.keys(problems).some((slug) => problemType(slug as keyof typeof problems) === value?.type);
  return isOurs ? (value as OwnProblem) : undefined;
};

const isPage = ({ status, text }: Response): boolean =>
  status === 200 && Array.isArray((parse(text) as { items?: unknown } | undefined)?.items);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
};

const foreign = (url: URL, { status, headers, text }: Response): string => {
  const what = `${status} ${headers.get('content-type') ?? ''} ${text.replace(/\s+/g, ' ').slice(0, 80)}`.trim();
  // API Gateway returns 403 for a stage that does not exist.
  const advice = status === 403 || url.pathname === '/items' ? 'is the stage in the URL, and right' : 'is the URL right';
  return `this is not the Items API: GET ${url} returned ${what}; ${advice}? It looks like ${example}`;
};

const deniedMessage = ({ authorize }: Target, { status, detail }: OwnProblem): string => {
  const said = `${status} ${withoutSecrets(detail)}`;
  if (authorize === undefined) {
    return `the API requires authentication (${said}): sign with --sigv4, or give a token with --bearer, and a key with --api-key if it requires one`;
  }
  return `the API denies access (${said}): check whether it requires --sigv4, --bearer or --api-key, whether key or token are still valid and for this API, whether the principal may execute-api:Invoke on it, and whether your clock is right`;
};
