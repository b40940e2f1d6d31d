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

/** Logs in CloudWatch, which come late. Each fact sends one request and looks for its line. */
export const logFacts: readonly Fact[] = [
  {
    name: 'line of the access log',
    statement: 'A line of the access log is JSON with the fields of the stage’s format.',
    source: 'docs/operations.md',
    how: 'CloudWatch Logs, after a request',
    expected: accessFields.join(', '),
    async observe(site) {
      const { requestId } = await requested(site);
      const line = await lineWith(site, 'AccessLogGroup', requestId);
      return line && Object.keys(parsed(line)).join(', ');
    },
  },
  {
    name: 'value that is missing',
    statement: 'A variable of the access log without a value is “-”.',
    source: 'src/local/gateway/access-log.ts',
    how: '`subject` in that line, as nobody has a token of a user pool',
    expected: '-',
    async observe(site) {
      const { requestId } = await requested(site);
      const line = await lineWith(site, 'AccessLogGroup', requestId);
      return line && String(parsed(line).subject);
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
      return line && Object.keys((parsed(line).message ?? {}) as object).join(', ');
    },
  },
  {
    name: 'lines of Lambda',
    statement: 'Lambda writes its own lines in JSON, and reports each invocation as platform.report.',
    source: 'docs/operations.md',
    how: 'CloudWatch Logs, after a request',
    expected: 'platform.report with status success',
    async observe(site) {
      await requested(site);
      const line = await lineWith(site, 'GetItemLogGroup', 'platform.report');
      if (line === undefined) return undefined;
      const { type, record } = parsed(line) as { type?: string; record?: { status?: string } };
      return `${type} with status ${record?.status}`;
    },
  },
];

/** Reads an item that does not exist, with ids that its log lines have. */
const requested = async ({ send }: Site): Promise<{ requestId: string; correlationId: string }> => {
  const correlationId = randomUUID();
  const { headers } = await send({ path: '/items/missing', headers: { 'x-correlation-id': correlationId } });
  return { requestId: String(headers['x-amzn-requestid']), correlationId };
};

/** The first line of a log group that has a text; undefined if none arrives in time. */
const lineWith = async (site: Site, logicalId: string, text: string): Promise<string | undefined> => {
  const { connection, resources, patience, signal } = site;
  const { CloudWatchLogsClient, FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
  const client = new CloudWatchLogsClient(connection.config);
  const logGroupName = resources.get(logicalId);
  if (logGroupName === undefined) return undefined;
  let found: FilteredLogEvent | undefined;
  await until(
    async () => {
      const { events = [] } = await client.send(new FilterLogEventsCommand({ logGroupName, filterPattern: `"${text}"` }), {
        abortSignal: signal,
      });
      found = events.find(({ message = '' }) => message.includes(text));
      return found !== undefined;
    },
    { patience, signal },
  );
  return found?.message;
};

const parsed = (line: string): Record<string, unknown> => JSON.parse(line) as Record<string, unknown>;
