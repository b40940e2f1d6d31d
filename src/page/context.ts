import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Description } from '../local/index.ts';

/** The stack of the page, and the port of its server. */
export interface PageContext {
  readonly stack: Description;
  /** URL of the stage. */
  readonly invokeUrl: string;
  /** Path of Scalar's bundle. */
  readonly bundle: string;
  /** Port of the page's own server. */
  readonly port: number;
}

/** Handles requests to the page's server. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
