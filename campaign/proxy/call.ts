import type { Socket } from 'node:net';
import type { Upstream } from '../../src/twin/dynamodb/upstream.ts';
import type { DynamoDbResponse, Message } from './message.ts';

/** A DynamoDB action that a function uses. */
export type Action = 'PutItem' | 'GetItem' | 'UpdateItem' | 'DeleteItem' | 'Scan';

/** One call of a function, as the proxy recorded it. */
export interface Attempt {
  readonly action: string;
  /** Id of the item that is read or written. */
  readonly id: string | undefined;
  /** DynamoDB's real result; absent if the call did not reach DynamoDB. */
  readonly result?: Result;
}

export interface Result {
  readonly status: number;
  /** True if the call changed the table. */
  readonly wrote: boolean;
  /** Ids of the items of a Scan. */
  readonly ids: readonly string[];
  /** True if a Scan has more pages. */
  readonly more: boolean;
}

/** A call in progress, as faults use it. */
export interface Call extends Pick<Attempt, 'action' | 'id'> {
  readonly socket: Socket;
  /** Resolves when the connection has ended, whichever side ended it. */
  readonly gone: Promise<void>;
  /** Sends the call to DynamoDB and returns the response. */
  forward(): Promise<DynamoDbResponse>;
}

/** Creates the call for a request, and its record, which is complete after `forward`. */
export const createCall = (
  message: Message,
  { socket, gone }: Pick<Call, 'socket' | 'gone'>,
  upstream: Upstream,
): { readonly call: Call; readonly attempt: Attempt } => {
  const target = message.headers.get('x-amz-target') ?? '';
  const action = target.replace(/.*\./, '');
  const input = parse(message.body);
  const id = (input.Key ?? input.Item)?.id?.S;
  const attempt: { -readonly [Name in keyof Attempt]: Attempt[Name] } = { action, id };
  const forward = async (): Promise<DynamoDbResponse> => {
    const contentType = message.headers.get('content-type') ?? '';
    const { status, headers, body } = await upstream.post({ target, contentType, body: message.body });
    const output = parse(body);
    attempt.result = {
      status,
      wrote: status === 200 && writes.includes(action),
      ids: (output.Items ?? []).map((item) => item.id.S),
      more: output.LastEvaluatedKey !== undefined,
    };
    return { status, headers: passedOn(headers), body };
  };
  return { call: { action, id, socket, gone, forward }, attempt };
};

interface Document {
  readonly Key?: { readonly id?: { readonly S?: string } };
  readonly Item?: { readonly id?: { readonly S?: string } };
  readonly Items?: readonly { readonly id: { readonly S: string } }[];
  readonly LastEvaluatedKey?: object;
}

const parse = (body: Buffer): Document => {
  try {
    return JSON.parse(body.toString()) ?? {};
  } catch {
    return {};
  }
};

const writes: readonly string[] = ['PutItem', 'UpdateItem', 'DeleteItem'] satisfies Action[];

const passedOn = (headers: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    ['x-amzn-requestid', 'x-amz-crc32', 'content-type'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
