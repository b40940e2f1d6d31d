import { headOf } from '../proxy/message.ts';
import type { Fault } from './fault.ts';
import { errorBody, html, page, respond, send } from './respond.ts';

/** Responses of the 5xx class, from DynamoDB or from a load balancer in front of it. */
const serverErrors: readonly { readonly status: number; readonly name: string; readonly body: string }[] = [
  { status: 500, name: '500 InternalServerError', body: errorBody('InternalServerError') },
  { status: 500, name: '500 ThrottlingException', body: errorBody('ThrottlingException') },
  { status: 502, name: '502 in HTML', body: page },
  { status: 503, name: '503 ServiceUnavailable', body: errorBody('ServiceUnavailable') },
  { status: 504, name: '504 without a body', body: '' },
];

/** Statuses other than DynamoDB's 200 and 400. */
export const statusFaults: readonly Fault[] = [
  ...serverErrors.flatMap(({ status, name, body }): Fault[] => {
    const headers = body === page ? html : undefined;
    return [
      { name: `not applied, ${name}`, uncertain: true, notApplied: async (call) => respond(call, status, body, headers) },
      { name: `applied, ${name}`, uncertain: true, applied: async (call) => respond(call, status, body, headers) },
    ];
  }),
  ...[301, 307].map(
    (status): Fault => ({
      name: `not applied, redirect ${status}`,
      ours: true,
      notApplied: async (call) => respond(call, status, page, { ...html, Location: 'http://127.0.0.1:9/' }),
    }),
  ),
  { name: 'not applied, 400 in HTML', ours: true, notApplied: async (call) => respond(call, 400, page, html) },
  {
    name: 'applied, 204 instead of 200',
    uncertain: true,
    applied: async ({ socket }) => void socket.write(headOf({ status: 204, headers: {} })),
  },
  {
    name: 'applied, 100 Continue before the response',
    async applied(call, response) {
      call.socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      send(call, response);
    },
  },
  {
    name: 'applied, 103 Early Hints before the response',
    uncertain: true,
    async applied(call, response) {
      call.socket.write('HTTP/1.1 103 Early Hints\r\nLink: </>; rel=preload\r\n\r\n');
      send(call, response);
    },
  },
];
