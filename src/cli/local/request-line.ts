import { styleText } from 'node:util';
import type { LatencyParts, RequestRecord } from '../../twin/gateway/record.ts';
import { printable } from './printable.ts';

/**
 * Returns one line per request: `12:00:00.000 201 POST /v1/items 12 ms (gateway 2, function 6, DynamoDB 4)
 * items-dev-create-item`. For a 4xx or 5xx, the reason follows after a colon. Colours depend on the terminal and NO_COLOR.
 */
export const requestLine = (record: RequestRecord, { withId = false } = {}): string => {
  const { time, status, method, path, latency, parts, functionName, requestId, reason } = record;
  const style = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { stream: process.stdout });
  const words = [
    style('dim', time.toISOString().slice(11, 23)),
    style(colorOf(status), String(status)),
    method,
    target(path),
    style('dim', `${latency} ms${partsText(parts)}`),
    ...(functionName === undefined ? [] : [functionName]),
    ...(withId ? [style('dim', requestId)] : []),
  ];
  return `${words.join(' ')}${reason === undefined ? '' : `: ${style(colorOf(status), printable(reason).replaceAll('\n', '\\n'))}`}`;
};

const colorOf = (status: number): 'green' | 'cyan' | 'yellow' | 'red' => {
  if (status >= 500) return 'red';
  if (status >= 400) return 'yellow';
  return status >= 300 ? 'cyan' : 'green';
};

/** Returns an empty string if the request reached neither a function nor DynamoDB: the gateway then took all of the time. */
const partsText = ({ gateway, function: own, coldStart, dynamoDb }: LatencyParts): string => {
  if (own === undefined) return dynamoDb === undefined ? '' : ` (gateway ${gateway}, DynamoDB ${dynamoDb})`;
  const cold = coldStart === undefined ? '' : ` with a cold start of ${coldStart}`;
  return ` (gateway ${gateway}, function ${own}${cold}${dynamoDb === undefined ? '' : `, DynamoDB ${dynamoDb}`})`;
};

/** Encodes bytes that Node.js accepts in a request target and that could change the state of a terminal. */
const target = (path: string): string => path.replace(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character));
