import { randomUUID } from 'node:crypto';
import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { until } from '../until.ts';
import type { Fact, Site } from './fact.ts';

const accessFields = [
  'requestId',
  'extendedRequestId',
  'ip',
  'user',
  'subject',
  'apiKeyId',
  'method',
  'path',
  'status',
  'responseType',
  'latency',
  'integrationLatency',
  'error',
  'integrationError',
  'traceId',
];

const functionFields = ['operation', 'caller', 'status', 'durationMs', 'coldStart', 'apiRequestId', 'correlationId'];

/** Facts about logs in CloudWatch, which arrive late. */
export const logFacts: readonly Fact[] = [
  {
    name: 'line of the access log',
    statement: 'A line of the access log is JSON with the fields of the stage’s format.',
    source: 'docs/operations.md',
    how: 'CloudWatch Logs, after a request',
    expected: accessFields.join(', '),
    observe: async (site) => fieldsOf((await accessLine(site))?.text),
  },
  {
    name: 'value that is missing',
    statement: 'A variable of the access log without a value is “-”.',
    source: 'src/twin/gateway/access-log.ts',
    how: '`subject` in that line, as nobody has a token of a user pool',
    expected: '-',
    observe: async (site) => parsed((await accessLine(site))?.text, ({ subject }) => String(subject)),
  },
  {
    name: 'delay of the access log',
    statement: 'A line of the access log arrives within three minutes.',
    source: 'prove/arguments.ts',
    how: 'time from the response to that line',
    expected: 'at most 180 s',
    isSame: (observed) => Number.parseInt(observed, 10) <= 180,
    observe: async (site) => {
      const line = await accessLine(site);
      return line && `${Math.round(line.after / 1000)} s`;
    },
  },
  {
    name: 'line of a function',
    statement: 'A line of a function is JSON, with what the function wrote in `message`.',
    source: 'docs/operations.md',
    how: 'CloudWatch Logs, after a request',
    expected: functionFields.join(', '),
    isSame: (observed) => functionFields.every((field) => observed.split(', ').includes(field)),
    async observe(site) {
      const { correlationId } = await requested(site);
      const line = await lineWith(site, 'GetItemLogGroup', correlationId);
      return parsed(line?.text, ({ message }) => Object.keys(Object(message)).join(', '));
    },
  },
  {
    name: 'lines of Lambda',
    statement: 'Lambda writes its own lines in JSON, and reports each invocation as platform.report.',
    source: 'docs/operations.md',
    how: 'CloudWatch Logs, after a request',
    expected: 'platform.report with status success',
    async observe(site) {
      const line = await lineWith(site, 'GetItemLogGroup', 'platform.report');
      return parsed(line?.text, ({ type, record }) => `${type} with status ${Object(record).status}`);
    },
  },
];

/** A log line, and the milliseconds from the first request for it until it arrived. */
interface Line {
  readonly text: string;
  readonly after: number;
}

/** Returns the line of one request in the access log of a site. Several facts use it. */
const accessLine = (site: Site): Promise<Line | undefined> => {
  const known =
    accessLines.get(site) ?? requested(site).then(({ requestId }) => lineWith(site, 'AccessLogGroup', requestId));
  accessLines.set(site, known);
  return known;
};

const accessLines = new WeakMap<Site, Promise<Line | undefined>>();

/** Reads an item that does not exist, with ids that its log lines contain. */
const requested = async ({ send }: Site): Promise<{ requestId: string; correlationId: string }> => {
  const correlationId = randomUUID();
  const { headers } = await send({ path: '/items/missing', headers: { 'x-correlation-id': correlationId } });
  return { requestId: String(headers['x-amzn-requestid']), correlationId };
};

/** Returns the first line of a log group that contains a text; undefined if none arrives in time. */
const lineWith = async (site: Site, logicalId: string, text: string): Promise<Line | undefined> => {
  const { connection, resources, patience, signal } = site;
  const { CloudWatchLogsClient, FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
  const client = new CloudWatchLogsClient(connection.config);
  const logGroupName = resources.get(logicalId);
  if (logGroupName === undefined) return undefined;
  let found: FilteredLogEvent | undefined;
  const after = await until(
    async () => {
      const { events = [] } = await client.send(new FilterLogEventsCommand({ logGroupName, filterPattern: `"${text}"` }), {
        abortSignal: signal,
      });
      found = events.find(({ message = '' }) => message.includes(text));
      return found !== undefined;
    },
    { patience, signal },
  );
  return after === undefined ? undefined : { text: found?.message ?? '', after };
};

const fieldsOf = (line: string | undefined): string | undefined => parsed(line, (value) => Object.keys(value).join(', '));

/** Returns a part of a JSON line, or a text that says that it is not JSON; undefined without a line. */
const parsed = (line: string | undefined, part: (value: Record<string, unknown>) => string): string | undefined => {
  if (line === undefined) return undefined;
  try {
    return part(JSON.parse(line) as Record<string, unknown>);
  } catch {
    return `not JSON: ${line.slice(0, 80)}`;
  }
};
