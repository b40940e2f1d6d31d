import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** An endpoint of AWS that gives answers which were recorded from another one. */
export interface Endpoint {
  readonly url: string;
  /** What it was asked, in order. */
  readonly requests: readonly Request[];
  close(): Promise<void>;
}

export interface Request {
  /** Of S3: method and what is meant, such as `PUT object` or `PUT ?policy`. */
  readonly action: string;
  readonly body: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export interface RecordedResponse {
  readonly action: string;
  /** `silent`: the connection is taken, and no answer comes; `lost`: it is closed instead; `trickle`: the answer has no end. */
  readonly status: number | 'silent' | 'lost' | 'trickle';
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answers of a file in recorded/: after a line `== Action status` what was answered. */
export const recorded = (name: string): RecordedResponse[] =>
  readFileSync(join(import.meta.dirname, 'recorded', `${name}.txt`), 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((entry) => {
      const [, action = '', status = '', body = ''] = /^(\S+) (\d+)\n(.*)$/s.exec(entry) ?? [];
      return { action, status: Number(status), body: body.trim() };
    });

/** An answer of CloudFormation that says nothing but yes. */
export const accepted = (action: string): RecordedResponse => ({
  action,
  status: 200,
  body: `<${action}Response><${action}Result/></${action}Response>`,
});

/** An answer of CloudFormation that says no. */
export const rejected = (action: string, code = 'AccessDenied', status = 403): RecordedResponse => ({
  action,
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no ${action} here</Message></Error></ErrorResponse>`,
});

/** No answer. */
export const unanswered = (action: string, status: 'silent' | 'lost'): RecordedResponse => ({ action, status, body: '' });

/** Each action is answered in the recorded order, then with its last answer again; what was not recorded is not implemented. */
export const openEndpoint = async (
  answers: readonly RecordedResponse[],
  onRequest: (request: Request, requests: readonly Request[]) => void = () => {},
): Promise<Endpoint> => {
  const queues = Map.groupBy(answers, ({ action }) => action);
  const requests: Request[] = [];
  const server = createServer(async (message, response) => {
    const request = await read(message);
    requests.push(request);
    const queue = queues.get(request.action) ?? [];
    const standard = request.action === 'GetCallerIdentity' ? callerIdentity : notImplemented;
    const answer = (queue.length > 1 ? queue.shift() : queue[0]) ?? standard;
    if (answer.status === 'lost') message.socket.destroy();
    else if (answer.status === 'trickle') response.writeHead(200, { 'Content-Type': 'text/xml' }).write(answer.body);
    else if (answer.status !== 'silent') {
      response.writeHead(answer.status, {
        'Content-Type': answer.body.startsWith('{') ? 'application/x-amz-json-1.1' : 'text/xml',
        ...answer.headers,
      });
      response.end(answer.body);
    }
    onRequest(request, requests);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Whose the credentials are, unless a test says otherwise. */
const callerIdentity: Omit<RecordedResponse, 'action'> = {
  status: 200,
  body: '<R><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></R>',
};

const notImplemented: Omit<RecordedResponse, 'action'> = {
  status: 501,
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>NotImplemented</Code><Message>not here</Message></Error></ErrorResponse>',
};

const read = async (message: IncomingMessage): Promise<Request> => {
  let body = '';
  for await (const chunk of message.setEncoding('utf8')) body += chunk;
  const { method, url = '', headers } = message;
  return { action: actionOf(`${method} ${url}`, headers, body), body, url, headers };
};

const actionOf = (request: string, headers: IncomingHttpHeaders, body: string): string => {
  const [, method, object, part] = /^([A-Z]+) \/[^/?]+(?:\/(items-api\/)?)?(?:\?([\w-]*))?/.exec(request) ?? [];
  if (String(headers.authorization).includes('/s3/')) return `${method} ${object ? 'object' : bucketPart(part)}`;
  return new URLSearchParams(body).get('Action') ?? String(headers['x-amz-target'] ?? request).replace(/^.*\./, '');
};

/** `?policy` of a bucket, or `bucket` itself. */
const bucketPart = (part = ''): string => (part === '' || part.startsWith('x-') ? 'bucket' : `?${part}`);
