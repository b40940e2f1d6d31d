import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Description, Stack } from '../twin/index.ts';
import type { Recorder } from './console/recorder.ts';

/** A stack as the page uses it. */
export type PageStack = Description & Pick<Stack, 'observe' | 'dynamoDb'>;

/** The stack of the page, and the port of its server. */
export interface PageContext {
  readonly stack: PageStack;
  /** URL of the stage that serves every operation of the contract, if one does. */
  readonly invokeUrl: string | undefined;
  /** Path of Scalar's bundle; without it, or without such a stage, the API is not documented. */
  readonly bundle: string | undefined;
  readonly recorder: Recorder;
  /** Port of the page's own server. */
  readonly port: number;
}

/** Handles requests to the page's server. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
