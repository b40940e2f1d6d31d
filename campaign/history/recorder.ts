import { type Client, json, type Request, type Response } from '../ground/client.ts';
import { withBody } from '../operations.ts';
import { itemIn } from '../oracle.ts';
import type { ItemOperation } from './item-model.ts';

/** An operation to perform, optionally on condition of a version that the client has seen. */
export type Step = { readonly onlyIf?: Version | undefined } & (
  | { readonly kind: 'create' | 'update'; readonly content: string }
  | { readonly kind: 'read' | 'delete' }
);

/** A version of an item, from a response. */
export interface Version {
  readonly tag: string;
  readonly content: string;
}

/** Records the operations of all clients on one item. */
export interface Recorder {
  readonly operations: readonly ItemOperation[];
  /** Duration of the slowest response in milliseconds. */
  readonly slowest: number;
  /** Sends the request for a step on behalf of a client. */
  perform(client: string, through: Client, step: Step, request: Request): Promise<Response>;
}

/** Creates a recorder for an item that does not exist yet. */
export const createRecorder = (): Recorder => {
  const operations: ItemOperation[] = [];
  let clock = 0;
  let slowest = 0;
  return {
    operations,
    get slowest() {
      return slowest;
    },
    async perform(client, through, { onlyIf, ...step }, request) {
      const invoked = ++clock;
      const response = await through.send(request);
      slowest = Math.max(slowest, response.ms);
      const { status = 0 } = response;
      // Other responses contain as little information about the outcome as a missing response.
      const isKnown = status >= 200 && status < 500;
      const item = isKnown ? itemIn(response) : undefined;
      operations.push({
        client,
        ...step,
        ...(onlyIf && { ifMatch: onlyIf.content }),
        status: isKnown ? status : undefined,
        ...(item && { returnedItem: { content: item.content, version: item.version } }),
        invoked,
        returned: isKnown ? ++clock : undefined,
      });
      return response;
    },
  };
};

/** Returns the version of the item in a response. */
export const versionIn = (response: Response): Version | undefined => {
  const { content } = json(response);
  const { etag: tag } = response.headers;
  return typeof content === 'string' && tag !== undefined ? { content, tag } : undefined;
};

export const requestFor = (id: string, step: Step): Request => {
  const path = `/items/${id}`;
  const headers: Record<string, string> = step.onlyIf ? { 'If-Match': step.onlyIf.tag } : {};
  switch (step.kind) {
    case 'create':
      return withBody('POST', '/items', { id, content: step.content });
    case 'update':
      return withBody('PUT', path, { content: step.content }, headers);
    case 'read':
      return { method: 'GET', path, headers };
    case 'delete':
      return { method: 'DELETE', path, headers };
  }
};
