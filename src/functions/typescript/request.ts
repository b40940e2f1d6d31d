// Reads what handlers need from API Gateway's proxy event.

import type { APIGatewayProxyEvent } from 'aws-lambda';
import { idPattern, idRule } from './contract.ts';
import { collection } from './entity.ts';
import { Problem } from './problem.ts';

export interface Request {
  readonly event: APIGatewayProxyEvent;
  /**
   * The request id of API Gateway. It proves nothing: clients can choose it with the header
   * x-amzn-RequestId
   * (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html).
   */
  readonly requestId: string;
  /** Until when DynamoDB may be called, on the clock of `performance.now()`. */
  readonly deadline: number;
  /** Request headers by lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export const readRequest = (event: APIGatewayProxyEvent, deadline: number): Request => {
  // Several lines with one name are one list (RFC 9110, 5.3).
  const headers = Object.entries(event.multiValueHeaders ?? {}).map(([name, values]) => [
    name.toLowerCase(),
    values?.join(', '),
  ]);
  return {
    event,
    requestId: event.requestContext.requestId,
    deadline,
    headers: Object.fromEntries(headers),
  };
};

/**
 * Returns the path of the collection, stage included. Throws `path-not-found` for another spelling of it:
 * API Gateway accepts a slash at the end and slashes after the stage, but asks IAM about the path as it
 * is written, so that a policy for that path would not apply.
 */
export const collectionPath = ({ event }: Request): string => {
  const { path } = event.requestContext;
  if (path.endsWith(collection) && !path.includes('//')) return path;
  throw new Problem('path-not-found', `Write the path as ${collection}, without another slash.`);
};

/**
 * Returns the id in the path. Throws `item-not-found` for an id that no item can have, and for another
 * spelling of one, for the reason that `collectionPath` has: a policy for one item would not apply.
 */
export const pathId = ({ event }: Request): string => {
  // API Gateway leaves path parameters percent-encoded and cuts off a slash at the end.
  const id = event.pathParameters?.id ?? '';
  const { path } = event.requestContext;
  if (idPattern.test(id) && path.endsWith(`${collection}/${id}`) && !path.includes('//')) return id;
  // An id has ASCII characters only, so that each code stands for a character.
  const decoded = id.replace(/%([0-9a-f]{2})/gi, (_code, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  throw new Problem(
    'item-not-found',
    idPattern.test(decoded)
      ? `There is no item at this path. Write it as ${collection}/${decoded}.`
      : `There is no item with the id "${id.slice(0, 200)}". An id has ${idRule}.`,
  );
};

/**
 * Throws `invalid-parameter` for a query parameter that the operation does not have, and for one that is
 * repeated: the operation would do something else than the client wants.
 */
export const checkQuery = ({ event }: Request, known: readonly string[]): void => {
  const help = known.length
    ? `This operation has the query parameters ${known.join(', ').replace(/, ([^,]*)$/, ' and $1')}.`
    : 'This operation has no query parameters.';
  for (const [name, values] of Object.entries(event.multiValueQueryStringParameters ?? {})) {
    const shown = name.slice(0, 100);
    // X-Amz-… are the signature of a presigned URL.
    if (!known.includes(name) && !/^x-amz-/i.test(name)) {
      throw new Problem('invalid-parameter', `The query parameter "${shown}" is not known. ${help}`);
    }
    if (values?.length !== 1) {
      throw new Problem('invalid-parameter', `The query parameter "${shown}" is repeated. ${help}`);
    }
  }
};

/**
 * Returns the text of the body. Throws `unsupported-media-type` for any type but JSON, and for none:
 * browsers send a body without a type to other origins without asking them first.
 *
 * API Gateway makes UTF-8 text of a body before a function sees it (Developer Guide, "Content type
 * conversions in API Gateway"), and has been recorded to put U+FFFD in place of bytes that are not UTF-8.
 * A body in base64 is decoded in the same way; it arrives if the API has binary media types.
 */
export const bodyText = ({ event, headers }: Request): string => {
  const type = headers['content-type'] ?? 'untyped';
  if (!/^application\/([\w.+-]+\+)?json *(;|$)/i.test(type)) {
    throw new Problem(
      'unsupported-media-type',
      `Send the body as application/json, not as ${type.slice(0, 100)}.`,
    );
  }
  const body = event.body ?? '';
  return event.isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
};
