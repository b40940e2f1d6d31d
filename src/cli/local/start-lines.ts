import { curlLine } from '../../page/curl-line.ts';
import type { Description, DynamoDbAccess } from '../../twin/index.ts';
import { outputLines } from '../output-lines.ts';
import { dynamoDbLine } from './dynamodb-line.ts';

/** Facts of a start besides the stack. */
export interface Surroundings {
  /** URL of the page that documents the API. */
  readonly page?: string | undefined;
  /** URL of the page that shows requests, tables and the stack. */
  readonly console?: string | undefined;
  /** Place of the tables, such as `.items/data`. */
  readonly data: string;
  /** Access of other programs to the tables. Undefined unless requested. */
  readonly dynamoDb?: DynamoDbAccess | undefined;
}

/**
 * Returns the information needed to use a stack: its stages and routes, the keys and credentials that methods require, page,
 * data, and an example request.
 */
export const startLines = (
  stack: Description,
  { page, console, data, dynamoDb }: Surroundings,
  withOutputs = false,
): string[] => {
  const { stages, apiKeys, credentials, outputs, inspectors = [] } = stack;
  const facts: [string, string][] = [
    ...apiKeys.map(({ logicalId, value, enabled }): [string, string] => [
      'API key',
      `${value} (${logicalId}${enabled ? '' : ', not enabled'})`,
    ]),
    ...(credentials
      ? [
          ['Access key', credentials.accessKeyId] satisfies [string, string],
          ['Secret key', `${credentials.secretAccessKey} (region ${credentials.region})`] satisfies [string, string],
        ]
      : []),
    ...(page === undefined ? [] : [['Docs', page] satisfies [string, string]]),
    ...(console === undefined ? [] : [['Console', console] satisfies [string, string]]),
    ['Data', data],
    ...inspectors.map(({ logicalId, port, hasSourceMap }): [string, string] => [
      'Debugger',
      `127.0.0.1:${port} (${logicalId}${hasSourceMap ? '' : ', without source map'})`,
    ]),
  ];
  const curl = curlLine(stack);
  return [
    ...stages.flatMap(stageLines),
    '',
    ...columns(facts),
    ...(withOutputs && outputs.length > 0 ? ['', ...outputLines(outputs)] : []),
    ...(dynamoDb === undefined ? [] : ['', dynamoDbLine(dynamoDb)]),
    ...(curl === undefined ? [] : ['', curl]),
  ];
};

const stageLines = ({ url, name, apiName, methods }: Description['stages'][number]): string[] => {
  const byPath = Map.groupBy(methods, ({ resourcePath }) => resourcePath);
  const routes = [...byPath].map(([path, ofPath]): [string, string] => {
    const byDemand = Map.groupBy(ofPath.toSorted(optionsLast), demandOf);
    return [
      path,
      [...byDemand].map(([demand, some]) => `${some.map(({ httpMethod }) => httpMethod).join(' ')}${demand}`).join(', '),
    ];
  });
  return ['', `${url}  stage ${name} of ${apiName}`, ...columns(routes)];
};

/** Puts OPTIONS, which only browsers send, after the other methods. */
const optionsLast = (one: { httpMethod: string }, other: { httpMethod: string }): number =>
  Number(one.httpMethod === 'OPTIONS') - Number(other.httpMethod === 'OPTIONS');

/** Returns what a method requires of its callers, in parentheses. */
const demandOf = ({ authorizationType, apiKeyRequired }: Description['methods'][number]): string => {
  const demands = [...(authorizationType === 'NONE' ? [] : [authorizationType]), ...(apiKeyRequired ? ['API key'] : [])];
  return demands.length === 0 ? '' : ` (${demands.join(', ')})`;
};

const columns = (rows: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(0, ...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
};
