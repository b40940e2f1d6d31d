import type { ServerResponse } from 'node:http';
import { LocalError } from '../../cloudformation/errors.ts';
import type { Handler, PageContext } from '../context.ts';
import type { Deliver } from '../deliver.ts';
import { readBody } from '../read-body.ts';
import { reject } from '../reject.ts';
import { securityHeaders } from '../security-headers.ts';
import { sentAgain } from './again.ts';
import { createLive } from './live.ts';
import type { RecordedRequest } from './recorder.ts';
import { createTableReader } from './tables.ts';
import { detailsOf } from './views.ts';

/**
 * Returns the handlers of the console's queries, by path. Each is a POST with a JSON body, because browsers send the Origin
 * header with every POST.
 */
export const consoleRoutes = (
  { stack, recorder, invokeUrl }: PageContext,
  deliver: Deliver,
): ReadonlyMap<string, Handler> => {
  const reader = createTableReader(() => stack.dynamoDb('read'));
  const current = () => {
    if (recorder.stack === undefined) throw new Error('no stack has been observed');
    return recorder.stack;
  };
  const requestIn = (asked: Asked): RecordedRequest | undefined => recorder.request(Number(asked.id));
  return new Map([
    ['/console/live', createLive(recorder)],
    [
      '/console/request',
      responding(async (asked) => {
        const request = requestIn(asked);
        return request && detailsOf(request, current());
      }),
    ],
    [
      '/console/again',
      withAsked(async (asked, response) => {
        const request = requestIn(asked);
        if (request === undefined) return reject(response, 404, goneRequest);
        const sent = sentAgain(request);
        if (sent === undefined) return reject(response, 409, 'This request cannot be sent unchanged.');
        await deliver(sent, response);
      }),
    ],
    ['/console/tables', responding(() => reader.tables(current(), invokeUrl))],
    [
      '/console/items',
      responding(({ table, after, id }) => reader.items(text(table), { after: optional(after), id: optional(id) })),
    ],
    ['/console/item', responding(({ table, token }) => reader.item(text(table), text(token)))],
  ]);
};

type Asked = Readonly<Record<string, unknown>>;

/**
 * Creates a handler that responds with JSON. A call that DynamoDB rejects, such as one with a key of another type, results in a
 * 400 that the page shows.
 */
const responding = (respond: (asked: Asked) => Promise<unknown>): Handler =>
  withAsked(async (asked, response) => {
    try {
      const content = await respond(asked);
      if (content === undefined) return reject(response, 404, goneRequest);
      response
        .writeHead(200, {
          ...securityHeaders,
          'Content-Type': 'application/json; charset=utf-8',
          'Cache-Control': 'no-store',
        })
        .end(JSON.stringify(content));
    } catch (error) {
      if (!(error instanceof LocalError)) throw error;
      reject(response, 400, `${error.message}.`);
    }
  });

const withAsked =
  (handle: (asked: Asked, response: ServerResponse) => Promise<void>): Handler =>
  async (request, response) => {
    const posted = await readBody(request, mostAskedBytes);
    const asked = parse(posted);
    if (asked === undefined) return reject(response, 400, 'The request is malformed.');
    await handle(asked, response);
  };

const parse = (posted: Buffer | undefined): Asked | undefined => {
  try {
    const asked: unknown = JSON.parse(posted?.toString() ?? '');
    return typeof asked === 'object' && asked !== null ? (asked as Asked) : undefined;
  } catch {
    return undefined;
  }
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const optional = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const goneRequest = 'This request is no longer kept: there are 1,000 newer ones.';
const mostAskedBytes = 65_536;
