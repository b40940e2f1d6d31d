// Holds what all handlers share: requests, responses, CORS and the log line.
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { idPattern, renderItem, type StoredItem } from './item.ts';
import { Problem, problemDetails } from './problem.ts';

/** What a handler is asked. */
export interface Request {
  readonly event: APIGatewayProxyEvent;
  /** API Gateway's request id, a UUID. */
  readonly requestId: string;
  /**
   * Until when the store may be tried, in milliseconds since the epoch: before the gateway and Lambda
   * give up.
   */
  readonly deadline: number;
  /** A request header by its lower-case name. */
  header(name: string): string | undefined;
}

/** What a handler answers. The body is JSON text, or empty. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

let coldStart = true;

/**
 * Makes the Lambda handler of an operation: `answer` decides; problems, CORS and the log line are the
 * same for all. Whatever `answer` throws that is not a Problem is a bare 500, its cause in the log only.
 */
export const handle =
  (operation: string, answer: (request: Request) => Promise<Answer>) =>
  async (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    const started = Date.now();
    // Lines of one name are one list (RFC 9110, 5.3).
    const names: Record<string, string | undefined> = Object.fromEntries(
      Object.entries(event.multiValueHeaders ?? {}).map(([name, values]) => [
        name.toLowerCase(),
        values?.join(', '),
      ]),
    );
    const { requestId } = event.requestContext;
    const deadline = started + Math.min(10_000, context.getRemainingTimeInMillis() - 1000);
    let error: unknown;
    let result: Answer;
    try {
      result = await answer({ event, requestId, deadline, header: (name) => names[name] });
    } catch (thrown) {
      error = thrown;
      const problem =
        thrown instanceof Problem
          ? thrown
          : new Problem('internal-error', 'Quote the request id in a report.');
      result = failure(problem, requestId);
    }
    const { status, headers, body = '' } = result;
    const entry = {
      operation,
      caller: callerOf(event),
      status,
      durationMs: Date.now() - started,
      coldStart,
      apiRequestId: requestId,
      correlationId: /^[\w.-]{1,128}$/.exec(names['x-correlation-id'] ?? '')?.[0] ?? requestId,
    };
    coldStart = false;
    if (status < 500) console.info(error instanceof Problem ? { ...entry, problem: error.slug } : entry);
    else console.error({ ...entry, error, cause: error instanceof Error ? error.cause : undefined });
    return { statusCode: status, headers: { ...corsHeaders(names.origin), ...headers }, body };
  };

/**
 * Who asks, as far as the gateway knows: an IAM principal, a user of the pool, the owner of an API key,
 * or an address.
 */
const callerOf = ({ requestContext: { identity, authorizer } }: APIGatewayProxyEvent): string =>
  identity.userArn ?? authorizer?.claims?.sub ?? identity.apiKeyId ?? identity.sourceIp;

/** An answer that carries an item. */
export const itemAnswer = (
  status: number,
  item: StoredItem,
  headers?: Record<string, string>,
): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json', ETag: entityTag(item), ...headers },
  body: JSON.stringify(renderItem(item)),
});

/** The strong entity tag of an item: its version in quotes. */
export const entityTag = ({ version }: StoredItem): string => `"${version.N}"`;

/** The id in the path. One that no item can have is not found without asking the store. */
export const pathId = ({ event }: Request): string => {
  // The gateway leaves path parameters percent-encoded. Ids are ASCII, so a code is a character.
  const raw = event.pathParameters?.id ?? '';
  const id = raw.replace(/%([0-9a-f]{2})/gi, (_code, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (idPattern.test(id)) return id;
  throw notFound(id);
};

export const notFound = (id: string): Problem =>
  new Problem('item-not-found', `There is no item with the id "${id}".`);

/**
 * The JSON text of a request body. Throws `unsupported-media-type` for any other type, and for none:
 * browsers send a body without one to other origins without asking first.
 */
export const bodyText = ({ event, header }: Request): string => {
  const type = header('content-type') ?? 'untyped';
  if (!/^application\/([\w.+-]+\+)?json *(;|$)/i.test(type)) {
    throw new Problem(
      'unsupported-media-type',
      `Send the body as application/json, not as ${type.slice(0, 100)}.`,
    );
  }
  const body = event.body ?? '';
  return event.isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
};

const failure = (problem: Problem, requestId: string): Answer => {
  const details = problemDetails(problem, requestId);
  return {
    status: details.status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(details.status === 503 && { 'Retry-After': '1' }),
    },
    body: JSON.stringify(details),
  };
};

// With a list of origins the answer depends on who asks, so caches must tell them apart even where none
// is allowed.
const corsHeaders = (origin: string | undefined): Record<string, string> => {
  const allowed = (process.env.ALLOWED_ORIGINS || '*').split(',');
  const any = allowed.includes('*');
  return {
    ...(any ? { 'Access-Control-Allow-Origin': '*' } : { Vary: 'Origin' }),
    ...(!any && origin && allowed.includes(origin) && { 'Access-Control-Allow-Origin': origin }),
    'Access-Control-Expose-Headers': 'ETag,Location,Idempotency-Replayed,Retry-After,x-amzn-RequestId',
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  };
};
