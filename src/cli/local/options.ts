import { dirname } from 'node:path';
import type { StartOptions } from '../../twin/index.ts';

/** The options of `items local` from the command line. */
export interface Options {
  readonly template: string;
  readonly port: number;
  readonly parameter?: Readonly<Record<string, string>>;
  readonly data: string;
  readonly memory?: true;
  readonly dynamodbEndpoint?: string;
  readonly jwks?: string;
  readonly python?: string;
  readonly nodeModules?: string;
  readonly code?: Readonly<Record<string, string>>;
  readonly allowHost?: readonly string[];
  readonly allowInert?: true;
  readonly repair?: true;
  readonly seed?: string;
  readonly exposeDynamodb?: true;
  readonly region: string;
  readonly verbose?: true;
  readonly log: 'text' | 'json';
  readonly watch?: true;
  readonly inspect?: number;
}

/** Returns the options of a start, except those of the output and of debuggers. */
export const startOptions = (options: Options): StartOptions => ({
  parameters: options.parameter ?? {},
  port: options.port,
  region: options.region,
  ...(keepsData(options) && { data: options.data }),
  ...(options.dynamodbEndpoint !== undefined && { dynamoDbEndpoint: options.dynamodbEndpoint }),
  ...(options.allowHost && { allowedHosts: options.allowHost }),
  ...(options.allowInert && { allowInert: true }),
  ...(options.repair && { repair: true }),
  ...(options.jwks !== undefined && { jwks: options.jwks }),
  ...(options.python !== undefined && { python: options.python }),
  ...(options.nodeModules !== undefined && { nodeModules: options.nodeModules }),
  ...(options.code && { code: options.code }),
  templateFolder: dirname(options.template),
});

/** Returns false if the tables are in memory, or in a database of the user. */
export const keepsData = ({ memory, dynamodbEndpoint }: Options): boolean => !memory && dynamodbEndpoint === undefined;

/** Returns the place of the tables as text for the user. */
export const dataText = ({ memory, dynamodbEndpoint, data }: Options): string => {
  if (dynamodbEndpoint !== undefined) return dynamodbEndpoint;
  return memory ? 'in memory, until it stops' : `${data}, for the next start as well`;
};
