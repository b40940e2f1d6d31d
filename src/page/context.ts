import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Description, Stack } from '../twin/index.ts';
import type { Recorder } from './console/recorder.ts';

/** The members of a stack that the page uses. */
export type PageStack = Description & Pick<Stack, 'observe' | 'dynamoDb'>;

/** The stack of the page, and the settings of its server. */
export interface PageContext {
  readonly stack: PageStack;
  /** URL of the stage that has every operation of the contract. Undefined if there is none. */
  readonly invokeUrl: string | undefined;
  /** Path of Scalar's bundle. Without it, or without such a stage, there is no page that documents the API. */
  readonly bundle: string | undefined;
  readonly recorder: Recorder;
  /** Port of the page's own server. */
  readonly port: number;
}

/** Handles requests to the page's server. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
